import type { PlistDict } from '../../ios/read/plist.ts';
import { majorVersion, type SampleIphone } from './iphone.ts';

/** A question for one IORegistry entry: by its name, or by its class. */
export interface RegistryQuestion {
  readonly name?: string;
  readonly class?: string;
}

/** The properties of an IORegistry entry; `undefined` when this phone has no such entry. */
export function ioRegistryEntry(iphone: SampleIphone, question: RegistryQuestion): PlistDict | undefined {
  const isBattery = question.name === iphone.battery.registryEntry || question.class === 'IOPMPowerSource';
  return isBattery ? batteryEntry(iphone) : undefined;
}

function batteryEntry({ battery, identity }: SampleIphone): PlistDict {
  const capacities: PlistDict = {
    AppleRawMaxCapacity: battery.nominalCapacity,
    CycleCount: battery.cycleCount,
    DesignCapacity: battery.designCapacity,
    NominalChargeCapacity: battery.nominalCapacity,
    ...(battery.maximumCapacityPercent === undefined ? {} : { MaximumCapacityPercent: battery.maximumCapacityPercent }),
  };
  return {
    AtCriticalLevel: battery.percent <= 1,
    CurrentCapacity: battery.percent,
    ExternalConnected: battery.externalPower,
    FullyCharged: battery.percent === 100,
    InstantAmperage: unsigned64(battery.current),
    IsCharging: battery.charging,
    MaxCapacity: 100,
    Serial: `${identity.serialNumber}BAT`,
    ...(battery.temperature === undefined ? {} : { Temperature: battery.temperature }),
    Voltage: battery.voltage,
    ...(battery.registryLayout === 'flat' ? capacities : { BatteryData: capacities }),
  };
}

/** The IORegistry keeps signed numbers in 64 bits without a sign: −412 mA arrives as 18446744073709551204. */
function unsigned64(value: number): number | bigint {
  return value >= 0 ? value : BigInt.asUintN(64, BigInt(value));
}

/** The answer to GasGauge. FullChargeCapacity is 100 on every phone since iOS 12.2. */
export function gasGauge({ battery }: SampleIphone): PlistDict {
  return {
    CycleCount: battery.cycleCount,
    DesignCapacity: battery.designCapacity,
    FullChargeCapacity: 100,
    Status: 'Success',
  };
}

/** The answer to MobileGestalt, which no longer tells anything since iOS 17.4. */
export function mobileGestalt(iphone: SampleIphone, keys: readonly string[]): PlistDict {
  if (majorVersion(iphone) >= 17) return { Status: 'MobileGestaltDeprecated' };
  const known: PlistDict = {
    ProductType: iphone.identity.productType,
    ProductVersion: iphone.identity.productVersion,
    BuildVersion: iphone.identity.buildVersion,
    UniqueDeviceID: iphone.identity.udid,
  };
  return { Status: 'Success', ...Object.fromEntries(Object.entries(known).filter(([key]) => keys.includes(key))) };
}
