import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { imeiIn, isImei } from '../../../../../electron/app/tickets/imei.ts';
import {
  parseTicketCode,
  parseTicketNumber,
  ticketCode,
  ticketNumber,
} from '../../../../../electron/app/tickets/ticket-number.ts';

const prefix = fc.stringMatching(/^[A-Z0-9]{0,6}$/);
const id = fc.integer({ min: 1, max: 999_999_999 });

describe('the number of a ticket', () => {
  test('is understood as it is shown, bare, and as its bar code', () => {
    fc.assert(
      fc.property(prefix, id, (station, number) => {
        expect(parseTicketNumber(station, ticketNumber(station, number))).toBe(number);
        expect(parseTicketNumber(station, String(number))).toBe(number);
        expect(parseTicketCode(station, ticketCode(station, number))).toBe(number);
      }),
    );
  });

  test('is shown with the prefix, and typed in any way', () => {
    expect([ticketNumber('', 17), ticketNumber('A', 17)]).toEqual(['17', 'A-17']);
    expect([ticketCode('', 17), ticketCode('A1', 17)]).toEqual(['T000017', 'TA1000017']);
    // The last is what a scanner for another keyboard types.
    for (const typed of ['A-17', ' a-17 ', '17', 'A–17', 'Aß17']) expect(parseTicketNumber('A', typed)).toBe(17);
  });

  test.each(['B-17', '-17', 'A-', 'A17x', '', '1e3', '356938035643809', 'A--17'])('is not %j at station A', (typed) => {
    expect(parseTicketNumber('A', typed)).toBeNull();
  });

  test('of another station is no bar code of this one', () => {
    expect(parseTicketCode('A', ticketCode('B', 17))).toBeNull();
    expect(parseTicketCode('', 'T17')).toBeNull();
  });
});

describe('an IMEI', () => {
  test('is 15 digits, the last of which fits the others', () => {
    expect(isImei('356938035643809')).toBe(true);
    expect(isImei('490154203237518')).toBe(true);
    for (const wrong of ['356938035643808', '35693803564380', '3569380356438090', '35693803564380a', '']) {
      expect(isImei(wrong)).toBe(false);
    }
  });

  test('with one digit read wrongly, or two neighbours changed, is refused', () => {
    const digits = '356938035643809';
    for (let at = 0; at < 15; at += 1) {
      for (const other of '0123456789') {
        if (other === digits[at]) continue;
        expect(isImei(digits.slice(0, at) + other + digits.slice(at + 1))).toBe(false);
      }
    }
  });

  test('is found in what a scanner types', () => {
    expect(imeiIn('IMEI:35 693803 564380 9')).toBe('356938035643809');
    expect(imeiIn('356938035643809')).toBe('356938035643809');
    expect(imeiIn('35693803564380901')).toBeNull();
  });
});
