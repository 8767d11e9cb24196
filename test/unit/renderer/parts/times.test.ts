import { expect, test } from 'vitest';
import { dateOnlyText, sinceTodayText } from '../../../../renderer/parts/value-text.ts';
import { english } from '../../../../renderer/language/languages.ts';
import { speakOf } from '../../../../renderer/language/spoken.ts';
import { sincePhoto } from '../../../../renderer/proof/test-photo-live.tsx';

test('a day is written by the language of the window, as on paper', () => {
  expect(dateOnlyText('2026-11-28T12:00:00.000Z')).toBe('28 Nov 2026');
  speakOf('de', { direction: 'ltr', wordsFor: (_key, message) => message });
  expect(dateOnlyText('2026-11-28T12:00:00.000Z')).toBe('28.11.2026');
  speakOf('en', english);
});

test('a time of another day is not told without its day', () => {
  const now = new Date('2026-11-28T12:00:00.000Z');
  expect(sinceTodayText('2026-11-28T11:30:00.000Z', now)).not.toMatch(/2026/);
  expect(sinceTodayText('2023-06-01T04:32:00.000Z', now)).toMatch(/2023/);
});

test('less than a minute is told in seconds, and no part of a minute in decimals', () => {
  expect(sincePhoto(0)).toBe('0 seconds since the photo');
  expect(sincePhoto(0.1)).toBe('6 seconds since the photo');
  expect(sincePhoto(1)).toBe('1 minute since the photo');
  expect(sincePhoto(4.7)).toBe('4 minutes since the photo');
});
