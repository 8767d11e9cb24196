import { assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameKey, numberedName, safeName } from '../../../../../electron/app/safe-copy/local-name.ts';

describe('a name from a phone', () => {
  test.each([
    ['IMG_20260517_140321.jpg', 'IMG_20260517_140321.jpg'],
    ['Ünïcödé 写真.heic', 'Ünïcödé 写真.heic'],
    ['..', '__'],
    ['.', '_'],
    ['', '_'],
    ['   ', '___'],
    ['../../etc/passwd', '.._.._etc_passwd'],
    ['C:\\boot.ini', 'C__boot.ini'],
    ['nul\0byte.jpg', 'nul_byte.jpg'],
    ['CON', '_CON'],
    ['con.jpg', '_con.jpg'],
    ['lpt1 .txt', '_lpt1 .txt'],
    ['COM¹.dng', '_COM¹.dng'],
    ['console.jpg', 'console.jpg'],
    ['trailing. . ', 'trailing____'],
    ['half\ud800.jpg', 'half_.jpg'],
    ['Cafe\u0301.jpg', 'Caf\u00e9.jpg'],
    [`${'x'.repeat(300)}.jpg`, `${'x'.repeat(236)}.jpg`],
    [`${'🦊'.repeat(100)}.jpg`, `${'🦊'.repeat(59)}.jpg`],
    [`.${'e'.repeat(300)}`, `.${'e'.repeat(239)}`],
  ])('%j becomes %j', (name, safe) => {
    expect(safeName(name)).toBe(safe);
  });

  test('whatever it is, becomes one that every file system takes, numbered too', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 600 }), (name) => {
        for (const safe of [safeName(name), numberedName(safeName(name), 12_345)]) {
          expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(255);
          expect(safe).not.toMatch(/[/\\\0:*?"<>|]|[. ]$|^$/);
          expect(['.', '..']).not.toContain(safe);
        }
        expect(safeName(safeName(name))).toBe(safeName(name));
      }),
    );
  });

  test('gets its number before its ending', () => {
    expect(numberedName('IMG_1.jpg', 2)).toBe('IMG_1 (2).jpg');
    expect(numberedName('.hidden', 2)).toBe('.hidden (2)');
    expect(numberedName('no ending', 3)).toBe('no ending (3)');
  });

  test('is the same as another where a computer would take them for one file', () => {
    expect(nameKey('Cafe\u0301.JPG')).toBe(nameKey('CAF\u00c9.jpg'));
    expect(nameKey('a.jpg')).not.toBe(nameKey('b.jpg'));
  });
});
