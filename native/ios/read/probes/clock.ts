import { unavailable } from '../../../unavailable.ts';
import type { PhoneProbe } from '../../../probe.ts';
import { plistOf } from '../plist-fields.ts';

/**
 * The phone's clock against this computer's. lockdownd is asked for one value, so half the duration of the answer is how far
 * off the result may be.
 */
export const clock: PhoneProbe = {
  id: 'clock',
  platform: 'ios',
  per: 'phone',
  asked: 'scan',
  gives: { system: ['clockSkewMs'] },
  command: () => ['lockdown', 'get', 'global', 'TimeIntervalSince1970'],
  parse(_text, _so, answer) {
    const seconds = plistOf(answer);
    const clockSkewMs =
      typeof seconds === 'number'
        ? Math.round(seconds * 1000 - (Date.parse(answer.startedAt) + answer.durationMs / 2))
        : unavailable('unparsed', 'The iPhone tells no time.');
    return { values: { system: { clockSkewMs } }, unknownLines: 0 };
  },
};
