import { describe, expect, test } from 'vitest';
import { handedInOf } from '../../../../renderer/tickets/search.ts';
import { ScanKeys, scannerGapMs } from '../../../../renderer/tickets/scan-keys.ts';

/** What reaches the screen of keys that were pressed so far apart, and what was scanned. A pause at the end gives back what is held. */
function typed(signs: readonly string[], gapMs: number): { screen: string[]; scanned: string[] } {
  const keys = new ScanKeys<string>();
  const screen: string[] = [];
  const scanned: string[] = [];
  for (const [index, sign] of signs.entries()) {
    const pressed = keys.press(sign, sign, 1000 + index * gapMs);
    if (pressed.kind === 'scanned') scanned.push(pressed.text);
    else screen.push(...pressed.released, ...(pressed.kind === 'passed' ? [sign] : []));
  }
  screen.push(...keys.release());
  return { screen, scanned };
}

const code = [...'TA000017'.split(''), 'Enter'];

describe('keys that come as fast as a scanner types', () => {
  test.each([1, 12, scannerGapMs])(
    '%i ms apart and ended with Enter are one code, and none reaches the screen',
    (gap) => {
      expect(typed(code, gap)).toEqual({ screen: [], scanned: ['TA000017'] });
      expect(typed([...'IMEI:356938035643809'.split(''), 'Enter'], gap).scanned).toEqual(['IMEI:356938035643809']);
    },
  );

  test('from a person all reach the screen, in their order', () => {
    expect(typed(code, scannerGapMs + 1)).toEqual({ screen: code, scanned: [] });
    expect(typed(['a'], 0)).toEqual({ screen: ['a'], scanned: [] });
    expect(typed(['1', '2', 'Enter'], 20)).toEqual({ screen: ['1', '2', 'Enter'], scanned: [] });
    // Two fingers that roll, then a sign that no code begins with.
    expect(typed(['f', 'a', 'Escape', '/', '?'], 10)).toEqual({ screen: ['f', 'a', 'Escape', '/', '?'], scanned: [] });
  });

  test('without Enter are given back', () => {
    expect(typed('TA000017'.split(''), 5)).toEqual({ screen: 'TA000017'.split(''), scanned: [] });
  });

  test('do not take in the key that a person pressed before', () => {
    const keys = new ScanKeys<string>();
    expect(keys.press('a', 'a', 0)).toEqual({ kind: 'held', released: [] });
    expect(keys.press('1', '1', 400)).toEqual({ kind: 'held', released: ['a'] });
    for (const [index, sign] of ['2', '3', '4'].entries()) keys.press(sign, sign, 410 + index * 10);
    expect(keys.press('Enter', 'Enter', 450)).toEqual({ kind: 'scanned', text: '1234' });
    expect(keys.press('Enter', 'Enter', 460)).toEqual({ kind: 'passed', released: [] });
  });

  test('with Enter only after a pause are no scan', () => {
    const keys = new ScanKeys<string>();
    for (const [index, sign] of ['1', '2', '3', '4'].entries()) keys.press(sign, sign, index * 10);
    expect(keys.press('Enter', 'Enter', 200)).toEqual({ kind: 'passed', released: ['1', '2', '3', '4'] });
  });
});

test('the address of a new ticket names phones and an IMEI, and nothing else', () => {
  expect(handedInOf({ phones: ['A', 3, 'B'], imei: 356938035643809 })).toEqual({
    phones: ['A', 'B'],
    imei: '356938035643809',
  });
  expect(handedInOf({ phones: 'A', imei: '<b>', other: 1 })).toEqual({});
});
