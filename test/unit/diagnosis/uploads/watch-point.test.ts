import { describe, expect, test } from 'vitest';
import { judgeWatch, type WatchLook } from '../../../../diagnosis/uploads/watch-point.ts';

const slot = (from: string, bytes: number, network: 'wifi' | 'mobile' | 'vpn' = 'wifi') => ({
  network,
  from,
  bytes,
  received: 0,
});
const morning = '2026-05-01T08:00:00.000Z';
const noon = '2026-05-01T12:00:00.000Z';

const look = (at: string, rest: Partial<WatchLook> = {}): WatchLook => ({
  at,
  photoCount: 100,
  photoBytes: 300_000_000,
  newestPhoto: '2026-04-30T18:00:00.000Z',
  sent: [slot('2026-05-01T06:00:00.000Z', 40_000)],
  waiting: null,
  waitsFor: [],
  ...rest,
});
const before = look('2026-05-01T07:00:00.000Z');
/** Two photos of 6 MB, taken in the morning. */
const taken = { photoCount: 102, photoBytes: 306_000_000, newestPhoto: morning };

describe('a look at an Android phone', () => {
  test.each<[string, WatchLook | null, WatchLook, string, string]>([
    ['is the first', null, before, 'unknown', 'The first look: what comes later is measured against it.'],
    ['shows no new photo', before, look(noon), 'unknown', 'No new photo since the last look: take one.'],
    [
      'shows photos that left',
      before,
      look(noon, { ...taken, sent: [slot('2026-05-01T06:00:00.000Z', 40_000), slot(morning, 6_200_000)] }),
      'good',
      '2 new photos, 6.0 MB; 6.2 MB sent.',
    ],
    [
      'shows photos that left in a slot that had begun before',
      before,
      look(noon, { ...taken, sent: [slot('2026-05-01T06:00:00.000Z', 6_100_000)] }),
      'good',
      '2 new photos, 6.0 MB; 6.1 MB sent.',
    ],
    [
      'shows photos that stayed, and why',
      before,
      look(noon, { ...taken, waitsFor: [{ id: 'UNMETERED', words: 'Wi-Fi' }] }),
      'bad',
      '2 new photos, 6.0 MB; 0 kB sent. It waits for Wi-Fi.',
    ],
    [
      'comes too soon after the photo',
      before,
      look('2026-05-01T08:10:00.000Z', taken),
      'unknown',
      '2 new photos, 6.0 MB; 0 kB sent. It may still be sending.',
    ],
    [
      'shows a part',
      before,
      look(noon, { ...taken, sent: [slot(morning, 2_000_000)] }),
      'unknown',
      '2 new photos, 6.0 MB; 2.0 MB sent. It may still be sending.',
    ],
    [
      'counts what goes through a VPN once',
      before,
      look(noon, { ...taken, sent: [slot(morning, 3_500_000), slot(morning, 3_500_000, 'vpn')] }),
      'unknown',
      '2 new photos, 6.0 MB; 3.5 MB sent. It may still be sending.',
    ],
    [
      'cannot tell what was sent',
      before,
      look(noon, { ...taken, sent: null }),
      'unknown',
      'The phone does not tell what the app sent.',
    ],
    [
      'cannot tell the photos',
      before,
      look(noon, { photoCount: null }),
      'unknown',
      'The phone does not tell its photos.',
    ],
    [
      'does not know how large the photos are',
      before,
      look(noon, { ...taken, photoBytes: null }),
      'unknown',
      'The size of the new photos is not known.',
    ],
  ])('that %s', (_what, former, now, outcome, sentence) => {
    expect(judgeWatch(former, now)).toMatchObject({ outcome, sentence });
  });
});

const iphone = (at: string, waiting: number | null, photoCount = 100): WatchLook =>
  look(at, { sent: null, waiting, photoCount });

describe('a look at an iPhone', () => {
  const first = iphone(morning, 0);
  test.each<[string, WatchLook, WatchLook, string, string]>([
    ['shows nothing new', first, iphone(noon, 0), 'unknown', 'No new photo since the last look: take one.'],
    ['shows that all went', first, iphone(noon, 0, 103), 'good', '3 new photos; 3 went to iCloud, nothing waits.'],
    [
      'shows a backlog that falls',
      iphone(morning, 40),
      iphone(noon, 12),
      'good',
      '0 new photos; 28 went to iCloud, 12 wait.',
    ],
    [
      'shows a backlog that stands',
      iphone(morning, 40),
      iphone(noon, 41, 101),
      'bad',
      '1 new photo; 0 went to iCloud, 41 wait.',
    ],
    [
      'comes too soon',
      iphone(morning, 40),
      iphone('2026-05-01T08:20:00.000Z', 41, 101),
      'unknown',
      '1 new photo; 0 went to iCloud, 41 wait. It may still be sending.',
    ],
    [
      'cannot tell what waits',
      iphone(morning, 40),
      iphone(noon, null),
      'unknown',
      'The iPhone does not tell what waits for iCloud.',
    ],
  ])('that %s', (_what, former, now, outcome, sentence) => {
    expect(judgeWatch(former, now)).toMatchObject({ outcome, sentence });
  });
});
