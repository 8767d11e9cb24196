import type { PhoneProbe } from '../../../probe.ts';
import { unavailable } from '../../../unavailable.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** ` 15:08:56 up 2 days,  3:01,  0 users, …`, `up 3 min` (toybox uptime, 26..36). */
const hoursAndMinutes = /^\s*(\d{1,2}):(\d\d)\s*$/;
const minutesOnly = /^\s*(\d{1,2}) min\s*$/;
const days = /^\s*(\d{1,5}) days?\s*$/;

/** The words between ` up ` and the number of users. */
function uptimeMs(line: string): number | null {
  const at = line.indexOf(' up ');
  if (at < 0) return null;
  let total: number | null = null;
  for (const part of line.slice(at + ' up '.length).split(',')) {
    const [, h, m] = hoursAndMinutes.exec(part) ?? [];
    const min = minutesOnly.exec(part)?.[1];
    const d = days.exec(part)?.[1];
    if (h !== undefined) total = (total ?? 0) + Number(h) * hour + Number(m) * minute;
    else if (min !== undefined) total = (total ?? 0) + Number(min) * minute;
    else if (d !== undefined) total = (total ?? 0) + Number(d) * day;
    else break;
  }
  return total;
}

/** Time since the phone was started, to the minute. `/proc/uptime` is not open to the shell on every phone; `uptime` is. */
export const uptime: PhoneProbe = {
  id: 'uptime',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: { system: ['bootedAgoMs'] },
  command: () => ['uptime'],
  parse(text) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const known = lines.map(uptimeMs).find((ms) => ms !== null) ?? null;
    return {
      values: {
        system: { bootedAgoMs: known ?? unavailable('unparsed', 'The answer names no time since the start.') },
      },
      unknownLines: known === null ? lines.length : lines.length - 1,
    };
  },
};
