import { describe, expect, test } from 'vitest';
import { UnderWay } from '../../../../electron/app/program/under-way.ts';
import { Closing, closingQuestion } from '../../../../electron/desktop/closing.ts';
import { stayAwake } from '../../../../electron/desktop/power.ts';

const asItIs = (text: string): string => text;

describe('closing the program', () => {
  test('asks nothing where nothing is under way', async () => {
    const closing = new Closing({
      underWay: new UnderWay(),
      say: () => asItIs,
      ask: () => Promise.reject(new Error('Nobody is asked.')),
    });
    expect(await closing.mayClose()).toBe(true);
  });

  test('says what is under way and what ending it costs; Escape goes on', () => {
    const { message, detail, defaultId, cancelId, buttons } = closingQuestion({ correction: 2, copy: 1 }, asItIs);
    expect(message).toBe('A phone is being corrected, and photos are being copied.');
    expect(detail?.split('\n')).toHaveLength(2);
    expect([defaultId, cancelId]).toEqual([0, 0]);
    expect(buttons?.[0]).toBe('&Go on');
    expect(closingQuestion({ correction: 0, copy: 1 }, asItIs).message).toBe('Photos are being copied.');
    expect(closingQuestion({ correction: 1, copy: 0 }, asItIs).message).toBe('A phone is being corrected.');
  });

  test('goes on, ends at once, or ends when it is done, as somebody says; one question at a time', async () => {
    const underWay = new UnderWay();
    const answers: ((response: number) => void)[] = [];
    const closing = new Closing({
      underWay,
      say: () => asItIs,
      ask: () => new Promise((resolve) => answers.push((response) => resolve({ response }))),
    });
    const over = underWay.begin('correction', 'A');

    const asked = [closing.mayClose(), closing.mayClose()];
    expect(answers).toHaveLength(1);
    answers[0]?.(0);
    expect(await Promise.all(asked)).toEqual([false, false]);

    const now = closing.mayClose();
    answers[1]?.(2);
    expect(await now).toBe(true);

    let closed = false;
    const whenDone = closing.mayClose().then((may) => {
      closed = may;
    });
    answers[2]?.(1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(closed).toBe(false);
    over();
    await whenDone;
    expect(closed).toBe(true);
    expect(closing.isBusy).toBe(false);
  });
});

test('the computer stays awake from the first correction or copy to the end of the last, once', () => {
  const underWay = new UnderWay();
  const calls: string[] = [];
  const stop = stayAwake(underWay, {
    start: (type) => calls.push(`start ${type}`),
    stop: (id) => calls.push(`stop ${id}`) > 0,
  });
  const correction = underWay.begin('correction', 'A');
  const copy = underWay.begin('copy', 'B');
  correction();
  expect(calls).toEqual(['start prevent-app-suspension']);
  copy();
  expect(calls).toEqual(['start prevent-app-suspension', 'stop 1']);
  underWay.begin('copy', 'B');
  stop();
  expect(calls.slice(2)).toEqual(['start prevent-app-suspension', 'stop 3']);
});
