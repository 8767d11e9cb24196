import type { Battery, Identity } from './iphone.ts';

/** A model of iPhone with one iOS version: what the two decide about its answers. */
export interface Hardware {
  readonly identity: Omit<
    Identity,
    'udid' | 'name' | 'serialNumber' | 'wifiAddress' | 'bluetoothAddress' | 'imei' | 'phoneNumber'
  >;
  /** Chip id, which starts the UDID since the iPhone XS; absent = 40 hexadecimal digits. */
  readonly chipId?: string;
  readonly totalBytes: number;
  readonly battery: Pick<Battery, 'designCapacity' | 'registryEntry' | 'registryLayout'> & {
    readonly tellsTemperature: boolean;
  };
}

const gigabyte = 1_000_000_000;

/** One iPhone for each range of iOS versions whose answers differ. */
export const hardware = {
  /** Photos in ZGENERICASSET, battery at AppleARMPMUCharger, no CPL folder with reasons. */
  ios12: {
    identity: {
      productType: 'iPhone7,2',
      productVersion: '12.5.7',
      buildVersion: '16H81',
      hardwareModel: 'N61AP',
      hardwarePlatform: 't7000',
      modelNumber: 'MG4F2',
      regionInfo: 'ZD/A',
    },
    totalBytes: 64 * gigabyte,
    battery: {
      designCapacity: 1751,
      registryEntry: 'AppleARMPMUCharger',
      registryLayout: 'flat',
      tellsTemperature: true,
    },
  },
  /** Photos in ZASSET, without ZBUNDLESCOPE. */
  ios14: {
    identity: {
      productType: 'iPhone11,8',
      productVersion: '14.8.1',
      buildVersion: '18H107',
      hardwareModel: 'N841AP',
      hardwarePlatform: 't8020',
      modelNumber: 'MRY42',
      regionInfo: 'LL/A',
    },
    chipId: '00008020',
    totalBytes: 64 * gigabyte,
    battery: {
      designCapacity: 2942,
      registryEntry: 'AppleSmartBattery',
      registryLayout: 'flat',
      tellsTemperature: true,
    },
  },
  ios16: {
    identity: {
      productType: 'iPhone13,2',
      productVersion: '16.7.8',
      buildVersion: '20H343',
      hardwareModel: 'D53gAP',
      hardwarePlatform: 't8101',
      modelNumber: 'MGJ53',
      regionInfo: 'B/A',
    },
    chipId: '00008101',
    totalBytes: 128 * gigabyte,
    battery: {
      designCapacity: 2815,
      registryEntry: 'AppleSmartBattery',
      registryLayout: 'flat',
      tellsTemperature: true,
    },
  },
  /** MobileGestalt answers that it is deprecated (17.4). */
  ios17: {
    identity: {
      productType: 'iPhone14,5',
      productVersion: '17.6.1',
      buildVersion: '21G93',
      hardwareModel: 'D17AP',
      hardwarePlatform: 't8110',
      modelNumber: 'MLPF3',
      regionInfo: 'QL/A',
    },
    chipId: '00008110',
    totalBytes: 128 * gigabyte,
    battery: {
      designCapacity: 3227,
      registryEntry: 'AppleSmartBattery',
      registryLayout: 'nested',
      tellsTemperature: true,
    },
  },
  ios18: {
    identity: {
      productType: 'iPhone15,4',
      productVersion: '18.6.2',
      buildVersion: '22G100',
      hardwareModel: 'D37AP',
      hardwarePlatform: 't8120',
      modelNumber: 'MTP03',
      regionInfo: 'ZD/A',
    },
    chipId: '00008120',
    totalBytes: 256 * gigabyte,
    battery: {
      designCapacity: 3349,
      registryEntry: 'AppleSmartBattery',
      registryLayout: 'nested',
      tellsTemperature: true,
    },
  },
  /** No battery temperature; no ZCLOUDPLACEHOLDERKIND. */
  ios26: {
    identity: {
      productType: 'iPhone17,3',
      productVersion: '26.5',
      buildVersion: '23F77',
      hardwareModel: 'D47AP',
      hardwarePlatform: 't8140',
      modelNumber: 'MYE73',
      regionInfo: 'LL/A',
    },
    chipId: '00008140',
    totalBytes: 256 * gigabyte,
    battery: {
      designCapacity: 3561,
      registryEntry: 'AppleSmartBattery',
      registryLayout: 'nested',
      tellsTemperature: false,
    },
  },
} as const satisfies Record<string, Hardware>;

export type HardwareName = keyof typeof hardware;
