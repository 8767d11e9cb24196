import type { Finding } from '../../diagnosis/finding.ts';
import { pasteable } from './pasteable.ts';

/** What a person types to carry a correction out. */
export function fixCommand(phoneId: string, finding: Finding, correction: string): string {
  const app = finding.app === null ? [] : ['--app', finding.app];
  const automatic = finding.corrections.filter(({ kind }) => kind === 'automatic');
  const which = automatic[0]?.id === correction ? [] : ['--correction', correction];
  return pasteable('fix', [phoneId, finding.cause], [...app, ...which]);
}

/** What a person types to see whether a photo leaves. */
export const watchCommand = (phoneId: string, app: string): string =>
  pasteable('watch-upload', [phoneId], ['--app', app]);
