import { plistProbe } from '../probe-of.ts';

/**
 * lockdownd's com.apple.disk_usage. AmountDataAvailable is about what Settings shows; TotalDataAvailable also counts what the
 * phone could throw away (libimobiledevice issue 1572, iOS 17).
 */
export const diskUsage = plistProbe({
  id: 'disk-usage',
  asked: 'scan',
  gives: { storage: ['totalBytes', 'freeBytes'] },
  command: () => ['lockdown', 'get', 'com.apple.disk_usage'],
  read: (fields) => ({
    storage: { totalBytes: fields.int('TotalDataCapacity'), freeBytes: fields.int('AmountDataAvailable') },
  }),
});
