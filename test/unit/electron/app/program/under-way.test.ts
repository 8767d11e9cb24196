import { describe, expect, test } from 'vitest';
import { UnderWay, type Busy } from '../../../../../electron/app/program/under-way.ts';

describe('what is under way', () => {
  test('counts phones, not pieces of work: a batch and its correction are one', () => {
    const underWay = new UnderWay();
    const told: Busy[] = [];
    const stop = underWay.follow((busy) => told.push(busy));
    const batchOver = underWay.begin('correction', 'A');
    const correctionOver = underWay.begin('correction', 'A');
    const copyOver = underWay.begin('copy', 'B');
    correctionOver();
    correctionOver();
    batchOver();
    copyOver();
    stop();
    underWay.begin('copy', 'B');
    expect(told).toEqual([
      { correction: 0, copy: 0 },
      { correction: 1, copy: 0 },
      { correction: 1, copy: 0 },
      { correction: 1, copy: 1 },
      { correction: 1, copy: 1 },
      { correction: 0, copy: 1 },
      { correction: 0, copy: 0 },
    ]);
  });

  test('is over when the last of it is, and at once where nothing is', async () => {
    const underWay = new UnderWay();
    await underWay.over();
    const first = underWay.begin('correction', 'A');
    const second = underWay.begin('copy', 'B');
    let isOver = false;
    const over = underWay.over().then(() => {
      isOver = true;
    });
    first();
    await Promise.resolve();
    expect(isOver).toBe(false);
    second();
    await over;
    expect(isOver).toBe(true);
  });
});
