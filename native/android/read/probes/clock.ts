import type { PhoneProbe } from '../../../probe.ts';
import { unavailable } from '../../../unavailable.ts';

/**
 * The phone's clock against this computer's: `date +%s`, whole seconds since 1970 (toybox, 26..36). The phone's second is
 * compared, at its middle, with the middle of the time that the question took, so the result is good to about a second.
 */
export const clock: PhoneProbe = {
  id: 'clock',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: { system: ['clockSkewMs'] },
  command: () => ['date', '+%s'],
  parse(text, _so, answer) {
    const word = text.trim();
    const startedAt = Date.parse(answer.startedAt);
    if (!/^-?\d{1,12}$/.test(word) || Number.isNaN(startedAt)) {
      return {
        values: { system: { clockSkewMs: unavailable('unparsed', 'The answer is not a number of seconds.') } },
        unknownLines: 1,
      };
    }
    const skew = Number(word) * 1000 + 500 - (startedAt + answer.durationMs / 2);
    return { values: { system: { clockSkewMs: Math.round(skew) } }, unknownLines: 0 };
  },
};
