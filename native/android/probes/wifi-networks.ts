import type { PhoneProbe } from '../../probe.ts';
import { unavailable } from '../../unavailable.ts';
import { readLines } from '../dump.ts';

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
  gives: { network: ['meteredOverride'] },
  command: () => ['cmd', 'netpolicy', 'list', 'wifi-networks'],
  parse(text) {
    const marks: string[] = [];
    const unknownLines = readLines(text, (line) => {
      const mark = /;(true|false|none)$/.exec(line.trimEnd())?.[1];
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
    const known = agree && (first === 'true' || first === 'false');
    return {
      values: { network: { meteredOverride: known ? first === 'true' : unavailable('missing', why) } },
      unknownLines,
    };
  },
};
