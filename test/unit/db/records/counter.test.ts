import { expect, test } from 'vitest';
import { exampleSnapshot, pixel, temporaryStore } from '../examples.ts';

const visit = {
  phone: pixel.id,
  slot: 2,
  arrivedAt: '2026-05-01T10:00:00.000Z',
  leftAt: '2026-05-01T10:20:00.000Z',
};

test('a visit is kept of a phone that something is kept of, and of no other', () => {
  const store = temporaryStore();
  store.keepCounterVisit(visit);
  expect(store.listCounterVisits('2026-01-01')).toEqual([]);
  store.saveSnapshot(exampleSnapshot());
  store.keepCounterVisit(visit);
  // It went on after all.
  store.keepCounterVisit({ ...visit, leftAt: '2026-05-01T10:30:00.000Z' });
  expect(store.listCounterVisits('2026-05-01T10:30:00.000Z')).toEqual([
    { ...visit, leftAt: '2026-05-01T10:30:00.000Z' },
  ]);
  expect(store.listCounterVisits('2026-05-01T10:31:00.000Z')).toEqual([]);
});

test('the places are those that were kept last, in the order of their numbers', () => {
  const store = temporaryStore();
  store.keepSlots([{ number: 1, name: 'Old', port: '1-1' }]);
  const places = [
    { number: 2, name: null, port: '1-1' },
    { number: 3, name: 'Window', port: null },
  ];
  store.keepSlots(places.toReversed());
  expect(store.listSlots()).toEqual(places);
});
