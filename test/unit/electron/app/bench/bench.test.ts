import { expect } from 'vitest';
import type { BenchView } from '../../../../../electron/app/bench/bench.ts';
import type { PhoneList } from '../../../../../native/source.ts';
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

test('an unplugged phone leaves after five minutes also where nobody looked meanwhile, and nothing waits for nobody', async ({
  app,
  phones,
  phoneId,
  clock,
}) => {
  const first = look(app);
  await clock.pass(3);
  phones.samples.remove(phoneId);
  expect(first.now().slots).toEqual([[1, null, phoneId, true]]);
  first.stop();
  expect(clock.sleepers).toBe(0);
  app.bench.nameSlot(1, 'Window');
  expect(clock.sleepers).toBe(0);
  await clock.pass(2);
  const second = look(app);
  expect(second.now().slots).toEqual([[1, 'Window', phoneId, true]]);
  await clock.pass(3);
  expect(second.now()).toEqual({ slots: [[1, 'Window', null, false]], recent: [phoneId] });
  second.stop();
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

/** Samples that stand for real phones: of a sample nothing is kept. */
const asReal = (list: PhoneList): PhoneList => ({
  ...list,
  phones: list.phones.map((phone) => ({ ...phone, sample: false })),
});

test('whoever comes back soon after the program was ended has its place, and its visit goes on', async ({
  open,
  phones,
  clock,
}) => {
  const [first, second] = [await phones.samples.add('pixel-14'), await phones.samples.add('pixel-9')];
  const real = { list: phones.list.bind(phones), watch: phones.watch.bind(phones) };
  phones.list = async () => asReal(await real.list());
  phones.watch = (onChange) => real.watch((list) => onChange(asReal(list)));
  const app = open();
  const before = look(app);
  const arrivedAt = before.latest()?.slots[1]?.arrivedAt;
  for (const phoneId of [first, second]) await app.scan({ phoneId, save: true });
  await clock.pass(20);
  await app.close();
  before.stop();
  await clock.pass(3);
  phones.samples.remove(first);
  const again = open();
  const after = look(again);
  expect(after.now().slots).toEqual([
    [1, null, first, true],
    [2, null, second, false],
  ]);
  expect(after.latest()?.slots[1]?.arrivedAt).toBe(arrivedAt);
  after.stop();
  await again.close();
  await clock.pass(10);
  // Nobody knows how long it was away this time, and the counter is empty: it begins anew.
  const later = look(open());
  expect(later.now()).toEqual({ slots: [[1, null, second, false]], recent: [first] });
  expect(later.latest()?.slots[0]?.arrivedAt).toBe(clock.now().toISOString());
  later.stop();
});
