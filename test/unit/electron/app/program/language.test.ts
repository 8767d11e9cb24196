import { expect } from 'vitest';
import { api } from '../../../../../electron/api.ts';
import { nearestLanguage } from '../../../../../electron/app/program/language.ts';
import { test } from '../application-test.ts';

test('a language that has no texts is answered in English, and the window is told so', async ({ app }) => {
  const speech = { language: 'en' };
  const caller = api.createCaller({ app, speech });
  expect(await caller.speak({ language: 'tlh' })).toEqual({ language: 'en' });
  expect(speech).toEqual({ language: 'en' });
  expect(await caller.languages()).toContain('en');
  expect(nearestLanguage('en-GB')).toBe('en');
});
