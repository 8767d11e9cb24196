import { describe, expect, test } from 'vitest';
import { accesses, accessMeanings, accessOfCode } from '../../../../../native/ios/reach/access.ts';
import { afcMeaning, ideviceErrors, lockdownErrors, meaningOf } from '../../../../../native/ios/reach/errors.ts';

/** Codes from 0 down to -`lowest`. */
const codesDownTo = (lowest: number): number[] =>
  Array.from({ length: lowest + 1 }, (_, code) => (code === 0 ? 0 : -code));

describe.each([
  ['lockdown', lockdownErrors, [...codesDownTo(39), -256]],
  ['idevice', ideviceErrors, codesDownTo(7)],
] as const)('the %s error codes', (_name, table, codes) => {
  test('are all there', () => {
    expect([...table.keys()]).toEqual(codes);
  });

  test.each([...table.values()])('$code $name has a message and an action in whole sentences', (meaning) => {
    expect(meaning.message).toMatch(/^[A-Z].{10,}\.$/);
    expect(meaning.action).toMatch(/^[A-Z].{8,}\.$/);
  });

  test('each failure has a message and an action of its own', () => {
    const failures = [...table.values()].filter(({ ended }) => ended !== 'whole');
    expect(new Set(failures.map(({ message }) => message)).size).toBe(codes.length - 1);
    expect(new Set(failures.map(({ action }) => action)).size).toBe(codes.length - 1);
  });
});

describe('meanings', () => {
  test.each([
    [-17, 'denied', 'The iPhone is locked.'],
    [-12, 'missing', 'This iPhone does not have that value.'],
    [-7, 'timeout', 'The iPhone took the question and did not answer in time.'],
    [-8, 'unplugged', 'The connection to the iPhone over the cable broke.'],
  ])('lockdown %i ends an answer as %s: %s', (code, ended, message) => {
    expect(meaningOf(lockdownErrors, code)).toMatchObject({ ended, message });
  });

  test('a code in no list reads as unknown', () => {
    expect(meaningOf(lockdownErrors, -77).name).toBe('UNKNOWN_ERROR');
    expect(meaningOf(ideviceErrors, -77).name).toBe('UNKNOWN_ERROR');
  });

  test.each([
    [8, 'missing'],
    [10, 'denied'],
    [30, 'unplugged'],
    [20, 'truncated'],
  ])('AFC %i ends an answer as %s', (code, ended) => {
    expect(afcMeaning(code).ended).toBe(ended);
  });
});

describe('access', () => {
  test.each([
    [0, 'ready', 'ready'],
    [-17, 'locked', 'locked'],
    [-35, 'locked-since-restart', 'locked'],
    [-19, 'trust-dialog', 'untrusted'],
    [-18, 'trust-refused', 'untrusted'],
    [-29, 'never-paired', 'untrusted'],
    [-5, 'pairing-stale', 'untrusted'],
    [-21, 'forgotten', 'untrusted'],
    [-34, 'restricted', 'no-permission'],
    [-38, 'managed', 'no-permission'],
    [-7, 'silent', 'offline'],
    [-256, 'unclear', 'offline'],
  ] as const)('lockdown %i is "%s", shown as %s', (code, access, state) => {
    expect(accessOfCode(code)).toBe(access);
    expect(accessMeanings[access].state).toBe(state);
  });

  test('each that is not ready has a remedy of its own', () => {
    const titles = accesses
      .filter((access) => access !== 'ready')
      .map((access) => accessMeanings[access].remedy?.title);
    expect(titles).not.toContain(undefined);
    expect(new Set(titles).size).toBe(accesses.length - 1);
  });
});
