import { unavailable, type Unavailable } from '../../../unavailable.ts';
import type { PlistFields } from '../plist-fields.ts';
import { plistProbe } from '../probe-of.ts';

/** Registry entries of the battery: the first since the iPhone 8, the second up to the iPhone 7. */
const entries = ['AppleSmartBattery', 'AppleARMPMUCharger'];

/** A number that older systems keep in the entry itself and newer ones in its BatteryData. */
function number(entry: PlistFields, key: string): number | Unavailable {
  const inner = entry.inner('BatteryData');
  return inner.has(key) ? inner.int(key) : entry.int(key);
}

const firstKnown = (...values: (number | Unavailable)[]): number | Unavailable =>
  values.find((value) => typeof value === 'number') ?? values[0] ?? unavailable('missing', 'Not told.');

/** The figure that Settings shows where the phone tells it, else full charge over design, which comes close to it. */
function capacityOf(entry: PlistFields): number | Unavailable {
  const shown = number(entry, 'MaximumCapacityPercent');
  if (typeof shown === 'number') return plausible(shown);
  const full = firstKnown(number(entry, 'NominalChargeCapacity'), number(entry, 'AppleRawMaxCapacity'));
  const design = number(entry, 'DesignCapacity');
  if (typeof full !== 'number') return full;
  if (typeof design !== 'number') return design;
  return plausible(Math.round((full * 100) / design));
}

const plausible = (percent: number): number | Unavailable =>
  percent > 0 && percent <= 150 ? percent : unavailable('unparsed', `A capacity of ${percent} % cannot be.`);

const celsius = (hundredths: number | Unavailable): number | Unavailable =>
  typeof hundredths === 'number' ? hundredths / 100 : hundredths;

/**
 * The battery in the IORegistry, iOS 12 to 26: capacities in mAh, either in the entry or in its BatteryData; temperature in
 * 1/100 °C, which phones with iOS 26 no longer tell.
 */
export const batteryHealth = plistProbe({
  id: 'battery-health',
  asked: 'scan',
  gives: { battery: ['capacityPercent', 'cycles', 'temperature', 'voltage'] },
  command: () => ['diagnostics', 'ioregistry', ...entries],
  read(fields) {
    const entry = fields.has('IORegistry') ? fields.inner('IORegistry') : fields;
    return {
      battery: {
        capacityPercent: capacityOf(entry),
        cycles: number(entry, 'CycleCount'),
        temperature: celsius(entry.int('Temperature')),
        voltage: entry.int('Voltage'),
      },
    };
  },
});
