import { describe, expect, test } from 'vitest';
import {
  PlistUid,
  readPlist,
  smallPlistLimits,
  writeBinaryPlist,
  type PlistValue,
} from '../../../native/ios/read/plist.ts';
import { runInSmallProcess } from './small-process.ts';
import { hostilePlists } from '../../unit/native/ios/read/hostile-plists.ts';

const modules = `
  const { readPlist } = await import(process.cwd() + '/native/ios/read/plist.ts');
  const { hostilePlists } = await import(process.cwd() + '/test/unit/native/ios/read/hostile-plists.ts');`;

test.each(Object.keys(hostilePlists))('%s: read in little memory, or given up', (name) => {
  const { printed, status } = runInSmallProcess(
    `${modules}
    const result = readPlist(hostilePlists[${JSON.stringify(name)}]());
    console.log(result.ok ? 'read' : result.error.kind);`,
    256,
  );
  expect({ printed, status }).toEqual({ printed: expect.stringMatching(/^(?:read|too-large)$/), status: 0 });
});

const shared = (times: number): Uint8Array => {
  const name = 'n'.repeat(1000);
  return writeBinaryPlist(Array.from({ length: times }, () => name));
};

describe('an object that is named many times', () => {
  test('counts each time against the budget of memory', () => {
    const limits = { maxDecodedBytes: 100_000 };
    expect(readPlist(shared(50), limits).ok).toBe(true);
    expect(readPlist(shared(200), limits)).toMatchObject({ ok: false, error: { kind: 'too-large' } });
  });

  test('counts with its depth wherever it is named', () => {
    // 0: [1, 3]; 1: [2]; 2: [4]; 3: [1]; 4: true. By way of 3, object 1 lies one level deeper.
    const objects = [[0xa2, 1, 3], [0xa1, 2], [0xa1, 4], [0xa1, 1], [0x09]];
    const offsets: number[] = [];
    const body = objects.flatMap((object, index) => {
      offsets.push(8 + objects.slice(0, index).flat().length);
      return object;
    });
    const trailer = Buffer.alloc(32);
    trailer.set([1, 1], 6);
    trailer.writeBigUInt64BE(BigInt(objects.length), 8);
    trailer.writeBigUInt64BE(BigInt(8 + body.length), 24);
    const bytes = Buffer.concat([Buffer.from('bplist00'), Buffer.from([...body, ...offsets]), trailer]);
    expect(readPlist(bytes, { maxDepth: 5 })).toEqual({ ok: true, value: [[[true]], [[[true]]]] });
    expect(readPlist(bytes, { maxDepth: 4 })).toMatchObject({ ok: false, error: { kind: 'too-deep' } });
  });
});

const attached = (index: number): PlistValue => ({
  DeviceID: index,
  MessageType: 'Attached',
  Properties: {
    SerialNumber: '0'.repeat(24),
    ConnectionType: 'USB',
    ConnectionSpeed: 480_000_000,
    LocationID: index,
  },
});

test('the record of a file in a backup, and a list of 60 iPhones, are far below the small limits', () => {
  const record = writeBinaryPlist({
    $archiver: 'NSKeyedArchiver',
    $version: 100_000,
    $top: { root: new PlistUid(1) },
    $objects: [
      '$null',
      { LastModified: 1_777_000_000, Size: 4_000_000, RelativePath: new PlistUid(2) },
      'Media/a.heic',
    ],
  });
  expect(readPlist(record, smallPlistLimits).ok).toBe(true);
  const devices = { DeviceList: Array.from({ length: 60 }, (_, index) => attached(index)) };
  expect(readPlist(writeBinaryPlist(devices), smallPlistLimits).ok).toBe(true);
});
