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
  read(fields) {
    const diskBytes = fields.count('TotalDiskCapacity');
    const totalBytes = fields.count('TotalDataCapacity', typeof diskBytes === 'number' ? diskBytes : undefined);
    const most = [diskBytes, totalBytes].find((bytes) => typeof bytes === 'number');
    return {
      storage: {
        totalBytes,
        diskBytes,
        freeBytes: fields.count('AmountDataAvailable', most),
        availableBytes: fields.count('TotalDataAvailable', most),
      },
    };
  },
});
