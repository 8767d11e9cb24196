import { expect, onTestFinished, test } from 'vitest';
import { watchPhones } from '../../../../../native/android/reach/phone-watch.ts';
import type { PhoneList } from '../../../../../native/source.ts';

test('a list that is cut off because the program closes is the quiet end of the watch', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));

  const closed = new AbortController();
  const { promise: list, reject } = Promise.withResolvers<PhoneList>();
  const told: PhoneList[] = [];
  const watched = { list: () => list, changes: () => Promise.reject(new Error('nobody asks for changes')) };
  watchPhones(watched, (one) => told.push(one), closed.signal);
  closed.abort();
  reject(new Error('The program is closing.'));
  // Node tells of a rejection that nobody handles once the microtasks are done.
  await new Promise((resolve) => {
    setTimeout(resolve, 20);
  });
  expect({ unhandled, told }).toEqual({ unhandled: [], told: [] });
});
