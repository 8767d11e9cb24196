import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  PlistUid,
  readPlist,
  writeBinaryPlist,
  writeXmlPlist,
  type PlistValue,
} from '../../../../../native/ios/read/plist.ts';

const head =
  '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n';

function read(xml: string) {
  return readPlist(Buffer.from(xml));
}

/** The value of an XML list whose root element is given. */
function value(element: string): PlistValue {
  const result = read(`${head}<plist version="1.0">\n${element}\n</plist>\n`);
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.detail}`);
  return result.value;
}

function failure(bytes: Uint8Array | string, limits = {}): string {
  const result = readPlist(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, limits);
  return result.ok ? 'read' : result.error.kind;
}

/** A binary list of objects given in bytes, one byte for each offset and reference; object 0 is the root. */
function binary(...objects: ReadonlyArray<readonly number[]>): Uint8Array {
  const offsets: number[] = [];
  let position = 8;
  for (const object of objects) {
    offsets.push(position);
    position += object.length;
  }
  const trailer = [0, 0, 0, 0, 0, 0, 1, 1, ...word(objects.length), ...word(0), ...word(position)];
  return Uint8Array.from([...Buffer.from('bplist00'), ...objects.flat(), ...offsets, ...trailer]);
}

function word(number: number): number[] {
  return [0, 0, 0, 0, 0, 0, number >> 8, number & 0xff];
}

describe('an XML property list', () => {
  test('gives each type its value', () => {
    const text = `<dict>
      <key>battery</key><integer>84</integer>
      <key>offset</key><integer>-14400</integer>
      <key>current</key><integer>18446744073709551204</integer>
      <key>time</key><real>1530000000.5</real>
      <key>locked</key><false/>
      <key>name</key><string>Tom &amp; Ana&#39;s &#x1F4F1;</string>
      <key>none</key><string/>
      <key>key</key><data>
        AQID
        BA==
      </data>
      <key>last</key><date>2026-11-20T09:40:00Z</date>
      <key>list</key><array><true/><array/></array>
    </dict>`;
    expect(value(text)).toEqual({
      battery: 84,
      offset: -14400,
      current: 18446744073709551204n,
      time: 1530000000.5,
      locked: false,
      name: "Tom & Ana's 📱",
      none: '',
      key: Uint8Array.from([1, 2, 3, 4]),
      last: new Date('2026-11-20T09:40:00Z'),
      list: [true, []],
    });
  });

  test('may hold comments and CDATA, and leave <plist> out', () => {
    expect(read('<!-- from a phone --><string>a<![CDATA[<b>&]]><!-- c -->d</string>')).toEqual({
      ok: true,
      value: 'a<b>&d',
    });
  });

  test('keeps 64 bits exact and small numbers plain', () => {
    expect(value('<integer>9007199254740991</integer>')).toBe(9007199254740991);
    expect(value('<integer>9007199254740993</integer>')).toBe(9007199254740993n);
    expect(value('<integer>0x1F</integer>')).toBe(31);
  });

  test('takes __proto__ for a key like any other', () => {
    const dict = value('<dict><key>__proto__</key><dict><key>evil</key><true/></dict></dict>');
    expect(Object.keys(dict)).toEqual(['__proto__']);
    expect('evil' in {}).toBe(false);
    expect(dict).not.toHaveProperty('evil');
  });

  test('turns CF$UID into a reference', () => {
    expect(value('<dict><key>CF$UID</key><integer>7</integer></dict>')).toEqual(new PlistUid(7));
  });

  test.each([
    ['', 'not-a-plist'],
    ['Device not found', 'not-a-plist'],
    ['<html><body/></html>', 'not-a-plist'],
    ['<plist><dict><key>a</key>', 'truncated'],
    ['<plist><string>abc', 'truncated'],
    ['<plist><dict><string>a</string></dict></plist>', 'malformed'],
    ['<plist><integer>12a</integer></plist>', 'malformed'],
    ['<plist><real>many</real></plist>', 'malformed'],
    ['<plist><date>yesterday</date></plist>', 'malformed'],
    ['<plist><data>***</data></plist>', 'malformed'],
    ['<plist><string>&nbsp;</string></plist>', 'malformed'],
    ['<plist><true/><true/></plist>', 'malformed'],
    ['<plist><array>text</array></plist>', 'malformed'],
    ['<!DOCTYPE plist [<!ENTITY a "aaaa">]><plist><string>&a;</string></plist>', 'malformed'],
  ])('%j fails as %s', (xml, kind) => {
    expect(failure(xml)).toBe(kind);
  });

  test('that is nested without end is given up, not followed', () => {
    expect(failure(`<plist>${'<array>'.repeat(200_000)}`)).toBe('too-deep');
  });
});

describe('a binary property list', () => {
  test('gives each type its value', () => {
    const written = writeBinaryPlist({
      a: [1, 300, 70_000, -1, 2 ** 40],
      b: 'ä📱',
      c: 2.5,
      d: new Date('2026-11-20T09:40:00.250Z'),
    });
    expect(Buffer.from(written).toString('latin1', 0, 8)).toBe('bplist00');
    expect(readPlist(written)).toEqual({
      ok: true,
      value: { a: [1, 300, 70_000, -1, 2 ** 40], b: 'ä📱', c: 2.5, d: new Date('2026-11-20T09:40:00.250Z') },
    });
  });

  test('reads an unsigned number of 64 bits, which takes 16 bytes', () => {
    const bytes = [0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe, 0x64];
    expect(readPlist(binary(bytes))).toEqual({ ok: true, value: 18446744073709551204n });
  });

  test('reads references, short reals and UTF-8 texts', () => {
    const objects = [
      [0xa3, 1, 2, 3],
      [0x80, 5],
      [0x22, 0x3f, 0xc0, 0, 0],
      [0x72, 0xc3, 0xa4],
    ];
    expect(readPlist(binary(...objects))).toEqual({ ok: true, value: [new PlistUid(5), 1.5, 'ä'] });
  });

  test('whose array holds itself is given up', () => {
    expect(failure(binary([0xa1, 0]))).toBe('too-deep');
  });

  test('whose arrays double at each level is given up before it fills the memory', () => {
    const levels = Array.from({ length: 60 }, (_, level) => [0xa2, level + 1, level + 1]);
    expect(failure(binary(...levels, [0x09]))).toBe('too-large');
  });

  test.each([
    ['cut off in the trailer', writeBinaryPlist({ a: 1 }).subarray(0, 20), 'truncated'],
    ['with a reference to no object', binary([0xa1, 9]), 'malformed'],
    ['with a key that is no text', binary([0xd1, 1, 1], [0x09]), 'malformed'],
    ['with an unknown marker', binary([0x60 + 0x90]), 'malformed'],
    ['with a date that is no number', binary([0x33, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0]), 'malformed'],
    ['with a text longer than the file', binary([0x5f, 0x12, 0x7f, 0xff, 0xff, 0xff]), 'truncated'],
  ])('%s fails', (_, bytes, kind) => {
    expect(failure(bytes)).toBe(kind);
  });
});

describe('any property list', () => {
  test('larger than the limit is not read', () => {
    expect(failure(writeXmlPlist('x'.repeat(100)), { maxBytes: 100 })).toBe('too-large');
  });

  test('survives writing and reading, in both encodings', () => {
    fc.assert(
      fc.property(anyValue, (original) => {
        expect(readPlist(writeXmlPlist(original))).toEqual({ ok: true, value: original });
        expect(readPlist(writeBinaryPlist(original))).toEqual({ ok: true, value: original });
      }),
      { numRuns: 300 },
    );
  });

  test('of random bytes behind a right beginning gives a value or a failure, never an exception', () => {
    const beginnings = fc.constantFrom('', 'bplist00', '<plist>', '<plist><dict><key>', '<plist><data>');
    fc.assert(
      fc.property(beginnings, fc.uint8Array({ maxLength: 400 }), (beginning, rest) => {
        expect(typeof readPlist(Buffer.concat([Buffer.from(beginning), rest])).ok).toBe('boolean');
      }),
      { numRuns: 2000 },
    );
  });

  test('with one byte changed gives a value or a failure, never an exception', () => {
    const written = [writeBinaryPlist(sampleValue), writeXmlPlist(sampleValue)];
    fc.assert(
      fc.property(fc.constantFrom(...written), fc.nat(), fc.nat(255), (bytes, where, byte) => {
        const changed = Uint8Array.from(bytes);
        changed[where % changed.length] = byte;
        expect(typeof readPlist(changed).ok).toBe('boolean');
      }),
      { numRuns: 3000 },
    );
  });
});

const sampleValue: PlistValue = {
  cloudAssetCountPerType: { 'public.image': 3900, 'public.movie': 210 },
  lastSyncDate: new Date('2026-11-20T09:40:00Z'),
  flags: [true, false, 'ä', Uint8Array.from([1, 2])],
};

/** Values that both encodings can carry: dates in whole seconds, no control characters, no lone surrogates. */
const anyValue: fc.Arbitrary<PlistValue> = fc.letrec<{ value: PlistValue }>((tie) => {
  const text = fc.string({ unit: 'grapheme' });
  const dict = fc
    .dictionary(text, tie('value'), { maxKeys: 5 })
    .filter((entries) => !('CF$UID' in entries))
    .map((entries) => Object.assign(Object.create(null) as Record<string, PlistValue>, entries));
  return {
    value: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.boolean(),
      fc.integer(),
      fc.double({ noNaN: true }).filter((number) => !Number.isInteger(number)),
      fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }),
      fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }).map(wholeSecond),
      fc.uint8Array({ maxLength: 40 }),
      fc.nat(2 ** 31 - 1).map((index) => new PlistUid(index)),
      fc.array(tie('value'), { maxLength: 5 }),
      dict,
    ),
  };
}).value;

function wholeSecond(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 1000) * 1000);
}

/** Published answers of real phones, kept outside the project. */
function realAnswer(path: string): Uint8Array | undefined {
  try {
    return readFileSync(`../shared/captures/ios/${path}`);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

const realApps = realAnswer('installation_proxy_browse_ios11.4.plist');

describe.skipIf(realApps === undefined)('answers of real phones (skipped where ../shared/captures is absent)', () => {
  test('the 96 apps of an iPhone with iOS 11.4', () => {
    const result = readPlist(realApps ?? new Uint8Array());
    const apps = result.ok && Array.isArray(result.value) ? result.value : [];
    expect(apps).toHaveLength(96);
    expect(apps[0]).toMatchObject({ CFBundleIdentifier: 'com.apple.calculator', SequenceNumber: 524 });
  });

  test('the global values of an iPhone 6 with iOS 11.4', () => {
    const bytes = realAnswer('lockdown_global_iPhone7,2_ios11.4.plist') ?? new Uint8Array();
    expect(readPlist(bytes)).toMatchObject({
      ok: true,
      value: { ProductVersion: '11.4', TimeIntervalSince1970: 1_530_000_000 },
    });
  });

  test('the index of a real backup', () => {
    const bytes = realAnswer('backup-ios14.3/Info.plist') ?? new Uint8Array();
    expect(readPlist(bytes)).toMatchObject({ ok: true, value: { 'Product Type': 'iPhone9,3' } });
  });
});
