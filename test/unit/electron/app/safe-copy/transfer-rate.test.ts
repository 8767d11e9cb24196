import { describe, expect, test } from 'vitest';
import { TransferRate } from '../../../../../electron/app/safe-copy/transfer-rate.ts';

describe('the rate of a copy', () => {
  test('is not known before half a second has been seen', () => {
    const rate = new TransferRate();
    rate.add(0, 0);
    rate.add(1_000_000, 400);
    expect(rate.bytesPerSecond).toBeNull();
    expect(rate.secondsFor(1)).toBeNull();
  });

  test('tells bytes a second and the seconds that are left', () => {
    const rate = new TransferRate();
    for (let at = 0; at <= 2_000; at += 250) rate.add(at * 30_000, at);
    expect(rate.bytesPerSecond).toBe(30_000_000);
    expect(rate.secondsFor(45_000_000)).toBe(2);
  });

  test('looks back ten seconds, so that a fast beginning is forgotten', () => {
    const rate = new TransferRate();
    rate.add(0, 0);
    rate.add(1_000_000_000, 1_000);
    for (let at = 2_000; at <= 30_000; at += 1_000) rate.add(1_000_000_000 + at * 1_000, at);
    expect(rate.bytesPerSecond).toBe(1_000_000);
  });

  test('promises no end while nothing comes', () => {
    const rate = new TransferRate();
    for (let at = 0; at <= 12_000; at += 1_000) rate.add(5_000, at);
    expect(rate.secondsFor(1)).toBeNull();
  });
});
