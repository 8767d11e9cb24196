import { describe, expect, test } from 'vitest';
import type { SearchTerm } from '../../../../db/records/snapshot-search.ts';
import { backwards, causeWord, ticketWord, wordsOf } from '../../../../db/search-words.ts';
import { exampleReading, exampleSnapshot, exampleTicket, finding, pixel, temporaryStore } from '../examples.ts';

const beginning = (...beginnings: string[]): SearchTerm => ({ beginnings, words: [] });
const word = (...words: string[]): SearchTerm => ({ beginnings: [], words });
const taken = (day: number) => exampleReading({ takenAt: `2026-05-0${day}T10:00:00.000Z` });
const galaxy = { ...pixel, id: 'R58M-XY1234', manufacturer: 'samsung', model: 'SM-S918B', name: 'Zoë’s Handy' };

describe('the search for snapshots', () => {
  test('finds words of the phone, its last digits, the ticket, causes, label and note; all of them, the latest first', () => {
    const store = temporaryStore();
    const ticket = store.createTicket(exampleTicket()).id;
    store.saveSnapshot(exampleSnapshot({ reading: taken(3) }));
    store.saveSnapshot(exampleSnapshot({ reading: taken(1), phone: galaxy, ticket, label: null }));
    store.saveSnapshot(exampleSnapshot({ reading: taken(2), phone: galaxy, label: 'after', technician: 'Kim' }));
    store.changeSnapshot(2, { note: 'Straße 5: glass' }, { who: 'Sam' });
    const found = (...terms: SearchTerm[]) => store.listSnapshots({ terms }).map(({ id }) => id);
    expect(found(beginning('pix'))).toEqual([1]);
    expect(found(beginning('sam'))).toEqual([3, 2]);
    expect(found(beginning('zoe'))).toEqual([3, 2]);
    expect(found(beginning(backwards('1234')))).toEqual([3, 2]);
    expect(found(word(ticketWord(ticket)))).toEqual([2]);
    expect(found(word(causeWord('battery-saver')))).toEqual([1, 3, 2]);
    expect(found(word(causeWord('data-saver')))).toEqual([]);
    expect(found(beginning('sm-s918b'), beginning('aft'))).toEqual([3]);
    expect(found(beginning('glas'), word('nothing', '5'))).toEqual([2]);
    expect(found(beginning('kim'))).toEqual([3]);
    expect(found(beginning('pix'), beginning('sam'))).toEqual([]);
    const terms = [word(causeWord('battery-saver'))];
    const ids = (filter: Parameters<typeof store.listSnapshots>[0]) => store.listSnapshots(filter).map(({ id }) => id);
    expect(ids({ terms, limit: 1, offset: 1 })).toEqual([3]);
    expect(ids({ terms, phone: galaxy.id })).toEqual([3, 2]);
    expect(ids({ terms, from: '2026-05-02T00:00:00.000Z', before: '2026-05-03T00:00:00.000Z' })).toEqual([3]);
    expect(ids({ from: '2026-05-03T00:00:00.000Z' })).toEqual([1]);
  });

  test('follows what is judged and written later', () => {
    const store = temporaryStore();
    store.saveSnapshot(exampleSnapshot());
    const count = (name: string) => store.listSnapshots({ terms: [word(causeWord(name))] }).length;
    const { diagnosis } = exampleSnapshot();
    store.replaceDiagnosis(1, { ...diagnosis, findings: [finding('cloud-full', 'possible')] });
    expect([count('battery-saver'), count('cloud-full')]).toEqual([0, 1]);
    store.changeSnapshot(1, { label: 'pickup' }, { who: 'Sam' });
    expect(store.listSnapshots({ terms: [beginning('before')] })).toEqual([]);
    expect(store.listSnapshots({ terms: [beginning('pick')] })).toHaveLength(1);
  });

  test('takes any text as words, never as the language of the search', () => {
    const store = temporaryStore();
    store.saveSnapshot(exampleSnapshot({ phone: { ...pixel, name: 'NEAR("a*" OR b) AND 日本語 🙂 x\0y' } }));
    for (const name of ['near', 'or', '日本', 'x', 'y', '"', '*', 'words:a', '^a', '-']) {
      const isThere = ['near', 'or', '日本', 'x', 'y'].includes(name);
      expect([name, store.listSnapshots({ terms: [beginning(name)] }).length]).toEqual([name, isThere ? 1 : 0]);
    }
    expect(wordsOf('Ärger, naïve-test “8 Pro” -x- 🙂')).toEqual(['arger', 'naive-test', '8', 'pro', 'x']);
  });
});
