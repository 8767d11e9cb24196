import { assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isLink, parseLink } from '../../../../electron/desktop/links.ts';

describe('a link', () => {
  test.each([
    ['phone-health://snapshot/12', { type: 'snapshot', id: '12' }],
    ['PHONE-HEALTH://Snapshot/12/', { type: 'snapshot', id: '12' }],
    ['phone-health://ticket/17', { type: 'ticket', number: '17' }],
    ['phone-health://ticket/a-17', { type: 'ticket', number: 'A-17' }],
    ['phone-health://phone/R58M123ABC', { type: 'phone', phoneId: 'R58M123ABC' }],
    ['phone-health://phone/192.168.1.5%3A5555', { type: 'phone', phoneId: '192.168.1.5:5555' }],
    ['phone-health://phone/0123456789ABCDEF~2', { type: 'phone', phoneId: '0123456789ABCDEF~2' }],
  ])('%s shows what it names', (text, link) => {
    expect(parseLink(text)).toEqual(link);
  });

  test.each([
    'phone-health://snapshot/0',
    'phone-health://snapshot/12/../../settings',
    'phone-health://snapshot/12?fix=all',
    'phone-health://snapshot/12#/settings',
    'phone-health://snapshot/%31%32%2f',
    'phone-health://snapshot/1e3',
    'phone-health://fix/R58M123ABC',
    'phone-health://phone/..%2f..%2fsettings',
    'phone-health://phone/-s',
    'phone-health://phone/a%00b',
    'phone-health://phone/a%20b',
    'phone-health://phone/%E0%A4%A',
    'phone-health://phone/\u202eabc',
    `phone-health://phone/${'a'.repeat(201)}`,
    'phone-health://user@phone/abc',
    'phone-health:phone/abc',
    'phone-health:///phone/abc',
    ' phone-health://phone/abc',
    'phone-health://phone/abc\n--help',
    'https://phone/abc',
    '',
  ])('%j is none', (text) => {
    expect(parseLink(text)).toBeNull();
  });

  test('never gives anything that leads elsewhere than to one screen', () => {
    const parts = constantFrom('snapshot', 'ticket', 'phone', 'settings', '..', '%2e%2e', '');
    assert(
      property(parts, string({ unit: 'binary', maxLength: 40 }), (kind, rest) => {
        const link = parseLink(`phone-health://${kind}/${rest}`);
        const named =
          link === null ? 'nothing' : 'id' in link ? link.id : 'number' in link ? link.number : link.phoneId;
        expect(named).toMatch(/^\w[\w.:~-]*$/);
      }),
      { numRuns: 500 },
    );
  });

  test('is known from a file by how it begins', () => {
    expect(['Phone-Health://x', 'phone-health:', '/tmp/phone-health', 'C:\\phone-health'].map(isLink)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
