import { plistProbe } from '../probe-of.ts';

/**
 * lockdownd's com.apple.disk_usage. AmountDataAvailable is hard free room, well below what Settings shows (30.7 against 38.8 GB on one
 * phone, 3.7 against 6.1 on another); TotalDataAvailable counts what iOS can throw away too, and was the same 6.1 GB there
 * (libimobiledevice issues 564 and 1572). TotalDataCapacity is without the system, TotalDiskCapacity what the phone was sold as.
 */
export const diskUsage = plistProbe({
  id: 'disk-usage',
  asked: 'scan',
  gives: { storage: ['totalBytes', 'diskBytes', 'freeBytes', 'availableBytes'] },
  command: () => ['lockdown', 'get', 'com.apple.disk_usage'],
  read: (fields) => ({
    storage: {
      totalBytes: fields.int('TotalDataCapacity'),
      diskBytes: fields.int('TotalDiskCapacity'),
      freeBytes: fields.int('AmountDataAvailable'),
      availableBytes: fields.int('TotalDataAvailable'),
    },
  }),
});
