import { expect } from 'vitest';
import { inLanguage } from '../../../../../electron/app/program/language.ts';
import { test } from '../application-test.ts';

const photos = 'com.google.android.apps.photos';

test('what a correction changes is said as it is proven, in the language of whoever asks', ({ app }) => {
  const named = [
    { cause: 'background-restricted', app: photos, correction: 'allow-background' },
    { cause: 'no-such-cause', app: null, correction: 'gone' },
  ];
  expect(app.corrections.changeWords(named)).toEqual(['Google Photos may run in the background: no → yes', 'gone']);
  expect(inLanguage('de', () => app.corrections.changeWords(named))[0]).toBe(
    'Google Fotos darf im Hintergrund laufen: nein → ja',
  );
});
