import { plistProbe } from '../probe-of.ts';

/**
 * lockdownd's com.apple.disk_usage. AmountDataAvailable is hard free room, well below what Settings shows (30.7 against 38.8 GB on one
 * phone); TotalDataAvailable also counts what iOS can throw away (libimobiledevice issues 564 and 1572).
 */
export const diskUsage = plistProbe({
  id: 'disk-usage',
  asked: 'scan',
  gives: { storage: ['totalBytes', 'freeBytes', 'availableBytes'] },
  command: () => ['lockdown', 'get', 'com.apple.disk_usage'],
  read: (fields) => ({
    storage: {
      totalBytes: fields.int('TotalDataCapacity'),
      freeBytes: fields.int('AmountDataAvailable'),
      availableBytes: fields.int('TotalDataAvailable'),
    },
  }),
});
