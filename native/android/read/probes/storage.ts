import type { Answer } from '../../../capture.ts';
import type { Parsed, PhoneProbe } from '../../../probe.ts';
import type { Reading, ReadingValues } from '../../../reading.ts';
import { unavailable } from '../../../unavailable.ts';

const kib = 1024;
/** `/dev/block/dm-7  54563696 411164 54005076   1% /data`; a long device name stands on a line of its own. */
const row = /^\S*\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+\d{1,3}%\s+(\/\S*)$/;
/** `df -h`: `52G`, `412M`, `1.5T`; rounded by the phone. */
const rounded = /^\S*\s+([\d.]{1,8}[KMGT])\s+([\d.]{1,8}[KMGT]?)\s+([\d.]{1,8}[KMGT]?)\s+\d{1,3}%\s+(\/\S*)$/;
const units = 'KMGT';

function sizeOf(text: string): number {
  const unit = units.indexOf(text.at(-1) ?? '');
  return Math.round(Number.parseFloat(text) * kib ** (unit + 1));
}

/** Where the data of the owner is, in the order in which the mounts are believed. */
const dataMounts = ['/data', '/data/user/0', '/data/media', '/storage/emulated'];

function parse(text: string, _so: Reading, { exitCode }: Answer): Parsed {
  const rows = new Map<string, { totalBytes: number; freeBytes: number }>();
  let unknownLines = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '' || /^Filesystem\b/.test(line)) continue;
    const [, total, , free, mount] = row.exec(line.trimEnd()) ?? [];
    const [, size, , available, place] = rounded.exec(line.trimEnd()) ?? [];
    if (size !== undefined && available !== undefined && place !== undefined) {
      rows.set(place, { totalBytes: sizeOf(size), freeBytes: sizeOf(available) });
      continue;
    }
    if (mount === undefined) {
      // The device name of a row that goes on in the next line.
      if (!/^\/\S+$/.test(line.trim())) unknownLines += 1;
      continue;
    }
    rows.set(mount, { totalBytes: Number(total) * kib, freeBytes: Number(free) * kib });
  }
  const found =
    dataMounts.map((mount) => rows.get(mount)).find((one) => one !== undefined) ??
    (exitCode === 0 ? onlyRow(rows) : undefined);
  const why = unavailable('unparsed', 'The answer has no line about /data.');
  const storage: ReadingValues['storage'] = found ?? { totalBytes: why, freeBytes: why };
  return { values: { storage }, unknownLines };
}

/**
 * `df /data` may name a mount of the maker's; asked about one path, its only row is the answer. A saved answer may be `df /`, or a row
 * that somebody picked out, and the system's own partition is full on every phone.
 */
const onlyRow = <T>(rows: ReadonlyMap<string, T>): T | undefined =>
  rows.size === 1 ? [...rows.values()][0] : undefined;

/** Size and free room of the data partition: `df -k /data` (toybox, 26..36; columns in KiB). */
export const storage: PhoneProbe = {
  id: 'storage',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: { storage: ['totalBytes', 'freeBytes'] },
  command: () => ['df', '-k', '/data'],
  parse,
};
