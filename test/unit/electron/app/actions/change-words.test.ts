import { expect } from 'vitest';
import { provenWords } from '../../../../../diagnosis/judge/proven-words.ts';
import { inLanguage } from '../../../../../electron/app/program/language.ts';
import { test } from '../application-test.ts';

const yes = () => Promise.resolve(true);
const photos = 'com.google.android.apps.photos';

test('what a correction changes is said as it is proven, in the language of whoever asks', ({ app }) => {
  const named = [
    { cause: 'background-restricted', app: photos, correction: 'allow-background' },
    { cause: 'no-such-cause', app: null, correction: 'gone' },
  ];
  const said = () => app.corrections.changeWords('A1', named).map(({ change }) => change);
  expect(said()).toEqual(['Google Photos may run in the background: no → yes', 'gone']);
  expect(inLanguage('de', said)[0]).toBe('Google Fotos darf im Hintergrund laufen: nein → ja');
});

test('a level is told before → after as it is on the phone, in the consent and when it was changed', async ({
  app,
  phones,
}) => {
  const phoneId = await phones.samples.add('samsung-14');
  await phones.samples.run(phoneId, ['settings', 'put', 'global', 'low_power_trigger_level', '35']);
  const { findings } = await app.scan({ phoneId, save: false });
  const name = { cause: 'battery-saver-threshold', app: null, correction: 'lower-trigger-level' };
  const offered = () =>
    findings.find(({ cause }) => cause === name.cause)?.corrections.find(({ id }) => id === name.correction)?.proven;
  expect(offered()).toBe('Battery saver starts: at 35 % → at 15 %');
  const { outcome } = (await app.corrections.correct({ phoneId, ...name }, () => undefined, yes)) ?? {};
  expect(outcome?.result).toBe('taken');
  const said = () => app.corrections.changeWords(phoneId, [name]);
  expect(said()).toEqual([
    { title: 'Let battery saver start at 15 %', change: 'Battery saver starts: at 35 % → at 15 %' },
  ]);
  expect(inLanguage('de', said)[0]?.change).toBe('Der Energiesparmodus beginnt: bei 35 % → bei 15 %');
});

test('where the former value is not known, a correction is told by what it does', () => {
  expect(provenWords('Starts: at {was} % → at 15 %', {}, 'en')).toBeNull();
  expect(provenWords('Starts: at {was} % → at 15 %', { 'power.triggerLevel': null }, 'en')).toBeNull();
  expect(provenWords('Room: {was} → more', { 'storage.freeBytes': 1_234_000_000 }, 'de')).toBe(
    'Room: 1,2\u{a0}GB → more',
  );
});
