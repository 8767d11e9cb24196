import type { Parsed, PhoneProbe } from '../../../probe.ts';
import { unavailable } from '../../../unavailable.ts';

const levelLine = /^\s+level=([A-Z]+)\b/;
/** Lines that say more about a volume, or about the service. */
const otherLines = /^(?:Known volumes:|\s+(?:lowBytes|path|uuid)=|\s*mSeq=|\s*\S[^=]*:\s*$)/;

function parse(text: string): Parsed {
  let volume = '';
  let level: string | null = null;
  let forced = false;
  let unknownLines = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const found = levelLine.exec(line)?.[1];
    // `Default:` is the internal storage; memory cards are listed by their uuid.
    if (found !== undefined && volume === 'Default') level ??= found;
    else if (found === undefined && !otherLines.test(line)) unknownLines += 1;
    const header = /^ {2}(\S[^=]{0,80}):\s*$/.exec(line)?.[1];
    if (header !== undefined) volume = header;
    const force = /\bmForceState=(\w+)/.exec(line)?.[1];
    if (force !== undefined) forced = force !== 'UNKNOWN';
  }
  const low =
    level === 'NORMAL' || level === 'LOW' || level === 'FULL'
      ? level !== 'NORMAL'
      : unavailable('unparsed', 'The answer does not name the level of the internal storage.');
  const known = forced ? unavailable('missing', 'A test command has set the storage level by force.') : low;
  return { values: { storage: { low: known } }, unknownLines };
}

/**
 * Whether the phone itself says that storage is low: `    level=NORMAL lastUsableBytes=…` (AOSP storage/DeviceStorageMonitorService
 * dumpImpl, 26..34, real dumps of 8.1, 9 and 13).
 */
export const storageMonitor: PhoneProbe = {
  id: 'storage-monitor',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: { storage: ['low'] },
  command: () => ['dumpsys', 'devicestoragemonitor'],
  parse,
};
