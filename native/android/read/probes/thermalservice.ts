import type { PhoneProbe } from '../../../probe.ts';
import { unavailable } from '../../../unavailable.ts';
import { readLines, wholeNumber } from '../dump.ts';

/** The rest of AOSP's dump: temperatures and cooling devices by name, which say nothing that the status does not. */
const otherLines =
  /^(?:IsStatusOverride:|Thermal\w*Listeners:|HAL |Cached temperatures:|Current |Temperature |\t+(?:callbacks|killed|broadcasts|Temperature|CoolingDevice|ThermalHAL|\{)|Headroom)/;

/**
 * How hot the phone says it is: 0 none, 1 light, 2 moderate, 3 severe, 4 critical, 5 emergency, 6 shutdown; from 3 on jobs are
 * held back. Read from AOSP power/ThermalManagerService.dumpInternal, 10..14; Android 8 and 9 answer nothing at all.
 */
export const thermalservice: PhoneProbe = {
  id: 'thermalservice',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: { battery: ['thermalStatus'] },
  command: () => ['dumpsys', 'thermalservice'],
  parse(text) {
    let status: number | null = null;
    const unknownLines = readLines(text, (line) => {
      const match = /^\s*Thermal Status: (\d)$/.exec(line.trimEnd());
      const number = wholeNumber(match?.[1]);
      if (number !== null && number <= 6) {
        status ??= number;
        return true;
      }
      return otherLines.test(line);
    });
    const why =
      text.trim() === ''
        ? unavailable('missing', 'The phone says nothing about heat (Android 9 and earlier do not).')
        : unavailable('unparsed', 'The answer holds no thermal status.');
    return { values: { battery: { thermalStatus: status ?? why } }, unknownLines };
  },
};
