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

/** The first value that there is; else the first that is there and cannot be. */
const firstKnown = (...values: (number | Unavailable)[]): number | Unavailable =>
  values.find((value) => typeof value === 'number') ??
  values.find((value) => typeof value !== 'number' && value.reason === 'unparsed') ??
  values[0] ??
  unavailable('missing', 'Not told.');

/** No battery of a phone that runs holds less, and none of an iPhone more, in mAh. */
const leastMah = 100;
const mostMah = 20_000;

/** A capacity in mAh; some systems write a share of 100 under the same name. */
function capacity(entry: PlistFields, key: string): number | Unavailable {
  const value = number(entry, key);
  if (typeof value !== 'number' || (value >= leastMah && value <= mostMah && value !== 100)) return value;
  return unavailable('unparsed', `${key} is ${value}, which is no capacity.`);
}

const fullOf = (entry: PlistFields): number | Unavailable =>
  firstKnown(capacity(entry, 'NominalChargeCapacity'), capacity(entry, 'AppleRawMaxCapacity'));

/** The figure that Settings shows where the phone tells it, else full charge over design, which comes close to it. */
function percentOf(entry: PlistFields): number | Unavailable {
  const shown = number(entry, 'MaximumCapacityPercent');
  if (typeof shown === 'number' && isPlausible(shown)) return asShown(shown);
  const full = fullOf(entry);
  const design = capacity(entry, 'DesignCapacity');
  if (typeof full !== 'number') return full;
  if (typeof design !== 'number') return design;
  const percent = Math.round((full * 100) / design);
  return isPlausible(percent) ? asShown(percent) : unavailable('unparsed', `A capacity of ${percent} % cannot be.`);
}

/** A phone whose battery holds less does not start, and no battery is made to hold half as much again. */
const isPlausible = (percent: number): boolean => percent >= 20 && percent <= 150;

/** Settings shows 100 % where a new battery holds more than it was made to. */
const asShown = (percent: number): number => Math.min(percent, 100);

const celsius = (hundredths: number | Unavailable): number | Unavailable =>
  typeof hundredths === 'number' ? hundredths / 100 : hundredths;

/**
 * The battery in the IORegistry, iOS 12 to 26: capacities in mAh, either in the entry or in its BatteryData; temperature in
 * 1/100 °C, which phones with iOS 26 no longer tell.
 */
export const batteryHealth = plistProbe({
  id: 'battery-health',
  asked: 'scan',
  gives: { battery: ['capacityPercent', 'fullMah', 'designMah', 'cycles', 'temperature', 'voltage'] },
  command: () => ['diagnostics', 'ioregistry', ...entries],
  read(fields) {
    const entry = fields.has('IORegistry') ? fields.inner('IORegistry') : fields;
    return {
      battery: {
        capacityPercent: percentOf(entry),
        fullMah: fullOf(entry),
        designMah: capacity(entry, 'DesignCapacity'),
        cycles: number(entry, 'CycleCount'),
        temperature: celsius(entry.int('Temperature')),
        voltage: entry.int('Voltage'),
      },
    };
  },
});
