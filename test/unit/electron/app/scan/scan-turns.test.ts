import { expect, test } from 'vitest';
import { ScanTurns } from '../../../../../electron/app/scan/scan-turns.ts';

test('so many run at once, the others wait and come in their order', async () => {
  const turns = new ScanTurns(() => 2);
  const order: string[] = [];
  const take = async (name: string) => {
    const giveBack = await turns.take(undefined, () => order.push(`${name} waits`));
    order.push(`${name} runs`);
    return giveBack;
  };
  const [first] = await Promise.all([take('a'), take('b')]);
  const [c, d] = [take('c'), take('d')];
  expect(order).toEqual(['a runs', 'b runs', 'c waits', 'd waits']);
  first?.();
  const third = await c;
  expect(order.slice(-1)).toEqual(['c runs']);
  third?.();
  await d;
  expect(order.slice(-1)).toEqual(['d runs']);
});

test('who gives up while waiting has no turn, and keeps nobody from theirs', async () => {
  const turns = new ScanTurns(() => 1);
  const first = await turns.take(undefined, () => undefined);
  const gaveUp = new AbortController();
  const second = turns.take(gaveUp.signal, () => undefined);
  const third = turns.take(undefined, () => undefined);
  gaveUp.abort();
  expect(await second).toBeNull();
  first?.();
  expect(await third).not.toBeNull();
});

test('a limit that is raised meanwhile lets in more with the next end', async () => {
  let limit = 1;
  const turns = new ScanTurns(() => limit);
  const first = await turns.take(undefined, () => undefined);
  const waiting = [1, 2].map(() => turns.take(undefined, () => undefined));
  limit = 3;
  first?.();
  expect((await Promise.all(waiting)).every((one) => one !== null)).toBe(true);
});
