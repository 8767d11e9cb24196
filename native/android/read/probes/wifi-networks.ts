import type { PhoneProbe } from '../../../probe.ts';
import { unavailable } from '../../../unavailable.ts';
import { readLines } from '../dump.ts';

type Mark = 'true' | 'false' | 'none';

/**
 * How the owner marked the known Wi-Fi networks: `SSID;true|false|none`. Read from AOSP
 * net/NetworkPolicyManagerShellCommand.listWifiNetworks, 8..14 (no capture known). The list does not tell which network is in
 * use, and names are not kept in readings, so only a list that says the same of every network is an answer.
 */
export const wifiNetworks: PhoneProbe = {
  id: 'wifi-networks',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: { network: ['meteredOverride', 'meteredMark'] },
  command: () => ['cmd', 'netpolicy', 'list', 'wifi-networks'],
  parse(text) {
    const marks: Mark[] = [];
    const unknownLines = readLines(text, (line) => {
      const mark = /;(true|false|none)$/.exec(line.trimEnd())?.[1] as Mark | undefined;
      if (mark !== undefined) marks.push(mark);
      return mark !== undefined;
    });
    const first = marks[0];
    const agree = marks.every((mark) => mark === first);
    const why =
      first === undefined
        ? 'The phone knows no Wi-Fi network.'
        : agree
          ? 'The owner marked this Wi-Fi network neither way.'
          : 'Some known Wi-Fi networks are marked; the list does not tell which one is in use.';
    const meteredMark = agree && first !== undefined ? first : unavailable('missing', why);
    const meteredOverride =
      meteredMark === 'true' || meteredMark === 'false' ? meteredMark === 'true' : unavailable('missing', why);
    return {
      values: { network: { meteredOverride, meteredMark } },
      unknownLines,
    };
  },
};
