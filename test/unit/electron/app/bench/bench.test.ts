import { expect } from 'vitest';
import type { BenchView } from '../../../../../electron/app/bench/bench.ts';
import { PassingClock } from '../../../../passing-clock.ts';
import { test as plain } from '../application-test.ts';

const test = plain
  .extend('clock', () => new PassingClock())
  .extend('options', ({ phones, clock }) => ({ sources: [phones], clock }));

const told = ({ slots, recent }: BenchView) => ({
  slots: slots.map(({ number, name, phone, leftAt }) => [number, name, phone?.id ?? null, leftAt !== null]),
  recent: recent.map(({ phone }) => phone.id),
});

const look = (app: { bench: { attend: (listener: (view: BenchView) => void) => () => void } }) => {
  const seen: BenchView[] = [];
  const stop = app.bench.attend((view) => seen.push(view));
  return { stop, now: () => told(seen.at(-1) ?? { slots: [], recent: [] }), latest: () => seen.at(-1) };
};

test('an unplugged phone leaves after five minutes by itself', async ({ app, phones, phoneId, clock }) => {
  const { now, stop } = look(app);
  expect(now().slots).toEqual([[1, null, phoneId, false]]);
  await clock.pass(3);
  phones.samples.remove(phoneId);
  expect(now()).toEqual({ slots: [[1, null, phoneId, true]], recent: [] });
  await clock.pass(4);
  expect(now().slots).toEqual([[1, null, phoneId, true]]);
  await clock.pass(1);
  expect(now()).toEqual({ slots: [[1, null, null, false]], recent: [phoneId] });
  stop();
});

test('names last longer than the program, and only those of places that there are', async ({ open, phoneId }) => {
  const first = open();
  const before = look(first);
  first.bench.nameSlot(1, '  Window  ');
  expect(before.now().slots).toEqual([[1, 'Window', phoneId, false]]);
  expect(() => first.bench.nameSlot(7, 'x')).toThrow('There is no place 7 at the counter.');
  before.stop();
  await first.close();
  const again = look(open());
  expect(again.now().slots).toEqual([[1, 'Window', phoneId, false]]);
  again.stop();
});
