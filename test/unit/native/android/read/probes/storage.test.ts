import { describe, expect, test } from 'vitest';
import { diskstats } from '../../../../../../native/android/read/probes/diskstats.ts';
import { storageMonitor } from '../../../../../../native/android/read/probes/storage-monitor.ts';
import { storage } from '../../../../../../native/android/read/probes/storage.ts';
import { DRIVE, parsed, PHOTOS, plain, soFar, wholeAnswer } from '../parse.ts';

const readDf = (text: string): Record<string, unknown> => {
  const { values, unknownLines } = parsed(storage, text);
  return { ...plain(values.storage), unknownLines };
};

describe('df -k /data', () => {
  test('of Android 13 counts in KiB', () => {
    const text = `Filesystem     1K-blocks   Used Available Use% Mounted on
/dev/block/dm-7 54563696 411164  54005076   1% /data
`;
    expect(readDf(text)).toEqual({ totalBytes: 55_873_224_704, freeBytes: 55_301_197_824, unknownLines: 0 });
  });

  test('of a bug report lists every mount, of which /data counts', () => {
    const text = `Filesystem              1K-blocks    Used Available Use% Mounted on
/dev/root                 2539468 1766356    756728  71% /
/dev/block/dm-1           6094400  153072   5799116   3% /data
/data/media               6094400  153073   5799115   3% /storage/emulated
`;
    expect(readDf(text)).toEqual({ totalBytes: 6_240_665_600, freeBytes: 5_938_294_784, unknownLines: 0 });
  });

  test('with a long device name goes on in the next line', () => {
    const text = `Filesystem 1K-blocks Used Available Use% Mounted on
/dev/block/bootdevice/by-name/userdata
                1000 400 600 40% /data
`;
    expect(readDf(text)).toEqual({ totalBytes: 1_024_000, freeBytes: 614_400, unknownLines: 0 });
  });

  test('about one path whose mount has a name of its own is the answer all the same', () => {
    const text = `Filesystem 1K-blocks Used Available Use% Mounted on
/dev/block/dm-9 1000 400 600 40% /mnt/expand/data
`;
    expect(readDf(text)['freeBytes']).toBe(614_400);
  });

  test.each(['/', '/mnt/expand/data'])('that somebody saved, of %s alone, says nothing about /data', (mount) => {
    const text = `Filesystem 1K-blocks Used Available Use% Mounted on\n/dev/block/dm-9 1000 1000 0 100% ${mount}\n`;
    const { values } = storage.parse(text, soFar(), { ...wholeAnswer('storage', text), exitCode: null });
    expect(plain(values.storage)).toEqual({ totalBytes: 'unparsed', freeBytes: 'unparsed' });
  });

  test('that is an error is unparsed', () => {
    expect(readDf('df: something else\n')).toEqual({ totalBytes: 'unparsed', freeBytes: 'unparsed', unknownLines: 1 });
  });
});

const readDiskstats = (text: string): Record<string, unknown> => {
  const { values, unknownLines } = parsed(diskstats, text);
  const caches = [PHOTOS, DRIVE].map((app) => plain(values.apps?.[app])['cacheBytes']);
  return { ...plain(values.storage), caches, unknownLines };
};

describe('dumpsys diskstats', () => {
  /** Samsung, Android 16. */
  const android16 = `Latency: 0ms [512B Data Write]
Recent Disk Write Speed (kB/s) = 17586
Data-Free: 15102248K / 109635584K total = 13% free
Cache-Free: 15102248K / 109635584K total = 13% free
System-Free: 0K / 7575348K total = 0% free
Metadata-Free: 56944K / 59368K total = 95% free
File-based Encryption: true
App Size: 21127443968
App Data Size: 45260657196
App Cache Size: 1556763648
Photos Size: 351555584
Videos Size: 1216991232
Audio Size: 112496640
Downloads Size: 0
System Size: 25172115456
Other Size: 8385085440
Package Names: ["com.whatsapp","${PHOTOS}"]
App Sizes: [247177728,0]
App Data Sizes: [8192,0]
Cache Sizes: [16547840,573440]
`;

  test('of Android 16 gives free room and the sizes of the last measurement', () => {
    expect(readDiskstats(android16)).toEqual({
      freeBytes: 15_464_701_952,
      totalBytes: 112_266_838_016,
      photosBytes: 351_555_584,
      videosBytes: 1_216_991_232,
      cacheBytes: 1_556_763_648,
      caches: [573_440, 'missing'],
      unknownLines: 0,
    });
  });

  test('that was not measured yet gives free room only', () => {
    const text = `Latency: 1ms [512B Data Write]
Recent Disk Write Speed data unavailable
Data-Free: 54003092K / 54563696K total = 98% free
`;
    expect(readDiskstats(text)).toEqual({
      freeBytes: 55_299_166_208,
      totalBytes: 55_873_224_704,
      photosBytes: 'missing',
      videosBytes: 'missing',
      cacheBytes: 'missing',
      caches: ['missing', 'missing'],
      unknownLines: 0,
    });
  });

  test('whose lists were cut gives no size of an app', () => {
    const cut = android16.replace('Cache Sizes: [16547840,573440]', 'Cache Sizes: [16547840,57');
    expect(readDiskstats(cut)['caches']).toEqual(['truncated', 'truncated']);
  });
});

const low = (text: string) => {
  const { values, unknownLines } = parsed(storageMonitor, text);
  return [plain(values.storage)['low'], unknownLines];
};

const android13 = (level: string, forced = 'UNKNOWN') => `Known volumes:
  Default:
    level=${level} lastUsableBytes=55367344128
    lowBytes=524288000 fullBytes=1048576
    path=/data
  01234567-89ab:
    level=FULL lastUsableBytes=0

mSeq=1 mForceState=${forced} 

`;

describe('dumpsys devicestoragemonitor', () => {
  test('tells of the internal storage, not of a memory card', () => {
    expect(low(android13('NORMAL'))).toEqual([false, 0]);
    expect(low(android13('LOW'))).toEqual([true, 0]);
    expect(low(android13('FULL'))).toEqual([true, 0]);
  });

  test('says nothing while a test command holds the level', () => {
    expect(low(android13('NORMAL', 'NORMAL'))).toEqual(['missing', 0]);
  });

  test('without a level is unparsed', () => {
    expect(low('Known volumes:\n\nmSeq=1 mForceState=UNKNOWN \n')).toEqual(['unparsed', 0]);
  });
});
