import { commandText } from '../../native/command.ts';
import type { ListedPhone, Remedy } from '../../native/phone.ts';
import type { Application } from '../app/application.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { plain, print, printJson, tell } from './output.ts';

/** What to do about a phone. Where this program has the iPhone ask, its command stands between unlocking it and tapping Trust. */
export function stepsWithCommand(phoneId: string, { steps, action }: Remedy): string[] {
  if (action === undefined) return [...steps];
  const [first = [], ...rest] = steps;
  return [first, `Run: ${commandText(['phone-health', 'pair', phoneId])}`, ...rest].flat();
}

/** What to do about a phone, numbered. */
export const remedyLines = (phoneId: string, remedy: Remedy): string[] =>
  [`${phoneId}: ${remedy.title}`, ...stepsWithCommand(phoneId, remedy).map((step, at) => `  ${at + 1}. ${step}`)].map(
    plain,
  );

/** Has an iPhone ask for trust, and says what its owner has to do until that is decided. */
export async function pair(
  app: Application,
  phoneId: string,
  options: { json?: boolean },
  signal: AbortSignal,
): Promise<ExitCode> {
  let told = '';
  const tellRemedy = ({ remedy }: ListedPhone): void => {
    if (remedy === null || remedy.title === told) return;
    told = remedy.title;
    tell(plain(remedy.title), ...remedy.steps.map((step, at) => `  ${at + 1}. ${step}`));
  };
  const phone = await app.pairing.pair(phoneId, { signal, onChange: tellRemedy });
  const { sample: _sample, ...shown } = phone;
  if (options.json) printJson(shown);
  if (phone.state === 'ready' || (phone.state === 'locked' && phone.remedy?.action === undefined)) {
    if (!options.json) print('The iPhone trusts this computer.');
    return exitCode.ok;
  }
  tellRemedy(phone);
  return exitCode.unreadable;
}
