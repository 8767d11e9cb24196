import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { imeiIn, isImei } from '../../../../../electron/app/tickets/imei.ts';
import {
  isMeant,
  parseTicketCode,
  parseTicketNumber,
  ticketCode,
  ticketNumber,
} from '../../../../../electron/app/tickets/ticket-number.ts';

const prefix = fc.stringMatching(/^[A-Z0-9]{0,6}$/);
const id = fc.integer({ min: 1, max: 999_999_999 });

/** From a time when nobody kept it. */
const unkept = { id: 17, prefix: null };

const meansOurs = (text: string, ticket: { id: number; prefix: string | null }) =>
  [parseTicketNumber(text), ...parseTicketCode(text)].some((meant) => meant !== null && isMeant(ticket, meant, 'A'));

describe('the number of a ticket', () => {
  test('may have any letters before it, two S among them', () => {
    expect(parseTicketNumber('boss-17')).toEqual({ id: 17, prefix: 'BOSS' });
  });

  test('is understood as it is shown, bare, and as its bar code', () => {
    fc.assert(
      fc.property(prefix, id, (station, number) => {
        const ticket = { id: number, prefix: station };
        const meant = [
          parseTicketNumber(ticketNumber(ticket, 'NOW')),
          parseTicketNumber(String(number)),
          parseTicketCode(ticketCode(ticket, 'NOW')).find(({ prefix: of }) => of === station),
        ];
        for (const one of meant) expect(one && isMeant(ticket, one, 'NOW')).toBe(true);
      }),
    );
  });

  test('is shown with the prefix, and typed in any way', () => {
    expect([
      ticketNumber({ id: 17, prefix: '' }, 'A'),
      ticketNumber({ id: 17, prefix: 'A' }, ''),
      ticketNumber(unkept, 'A'),
    ]).toEqual(['17', 'A-17', 'A-17']);
    expect([ticketCode({ id: 17, prefix: '' }, 'A'), ticketCode({ id: 17, prefix: 'A1' }, 'A')]).toEqual([
      'T000017',
      'TA1000017',
    ]);
    // The last is what a scanner for another keyboard types.
    for (const typed of ['A-17', ' a-17 ', '17', 'A–17', 'Aß17']) {
      expect(parseTicketNumber(typed)?.id).toBe(17);
    }
  });

  test.each(['-17', 'A-', 'A17x', '', '1e3', '356938035643809', 'A--17'])('is not %j', (typed) => {
    expect(parseTicketNumber(typed)).toBeNull();
  });

  test('of another station is no bar code of this one', () => {
    for (const text of ['TB000017', 'B-17', 'T17']) {
      expect(meansOurs(text, unkept)).toBe(false);
      expect(meansOurs(text, { id: 17, prefix: 'A' })).toBe(false);
    }
    expect(meansOurs('T000017', { id: 17, prefix: 'A' })).toBe(false);
    expect(meansOurs('T000017', unkept)).toBe(true);
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
