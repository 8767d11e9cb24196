import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getTRPCErrorFromUnknown, getTRPCErrorShape } from '@trpc/server';
import { expect } from 'vitest';
import { api } from '../../../../../electron/api.ts';
import { nearestLanguage } from '../../../../../electron/app/program/language.ts';
import { goOnWithout } from '../../../../../electron/app/scan/copy-guard.ts';
import { test } from '../application-test.ts';

test('a language that has no texts is answered in English, and the window is told so', async ({ app }) => {
  const speech = { language: 'en' };
  const caller = api.createCaller({ app, speech });
  expect(await caller.speak({ language: 'tlh' })).toEqual({ language: 'en' });
  expect(speech).toEqual({ language: 'en' });
  expect(await caller.languages()).toEqual(['de', 'en']);
  expect(nearestLanguage('de-AT')).toBe('de');
});

test('one window is told everything in German, and what is kept and printed stays English', async ({
  app,
  phoneId,
}) => {
  const english = await app.scan({ phoneId, save: true });
  const caller = api.createCaller({ app, speech: { language: 'de' } });
  const german = await caller.report({ phoneId });
  expect(german?.verdict).toBe(
    'Google Fotos darf nicht im Hintergrund laufen – die App lädt nur hoch, solange sie offen ist; 2 weitere Sachen sind zu beheben.',
  );
  expect(german?.answer.heldBack).toBe(english.answer.heldBack);
  expect(german?.findings.map(({ cause, status }) => [cause, status])).toEqual(
    english.findings.map(({ cause, status }) => [cause, status]),
  );
  const level = german?.findings.flatMap(({ evidence }) => evidence).find(({ path }) => path === 'battery.level');
  expect(level?.label).toBe('Ladestand, %');

  // As the command line has it, to the letter.
  expect(JSON.stringify(app.report(phoneId))).toBe(JSON.stringify(english));
  expect(app.snapshots(phoneId)[0]?.verdict).toBe(english.verdict);
});

test('a snapshot that was saved in English is shown in German, in a list and as a whole', async ({
  app,
  open,
  phoneId,
}) => {
  const { snapshot } = await app.scan({ phoneId, save: true });
  await app.close();
  const caller = api.createCaller({ app: open(), speech: { language: 'de' } });
  const [listed] = await caller.snapshots({ phoneId });
  const shown = await caller.snapshot({ id: snapshot ?? '' });
  expect(listed?.verdict).toMatch(/^Google Fotos darf nicht im Hintergrund laufen – /);
  expect(shown.verdict).toBe(listed?.verdict);
  expect(shown.steps.map(({ why }) => why).join(' ')).not.toMatch(/\b(the|is|not|photos are)\b/);
});

test('what cannot be done is told in the language of the window', async ({ app }) => {
  const caller = api.createCaller({ app, speech: { language: 'de' } });
  const error = await caller.quickWin({ phoneId: 'NOPE', app: 'x' }).catch((thrown: unknown) => thrown);
  const ctx = { app, speech: { language: 'de' } };
  const { message, data } = getTRPCErrorShape({
    config: api._def._config,
    error: getTRPCErrorFromUnknown(error),
    type: 'query',
    path: 'quickWin',
    input: null,
    ctx,
  });
  expect(message).toBe('Dieses Telefon wurde nicht geprüft, seit das Programm gestartet wurde.');
  expect(data.problem).toMatchObject({ code: 'not-scanned', steps: ['Prüfen Sie es.'] });
});

test('the words that open steps without a copy are taken in the language they were shown in', async ({
  app,
  phoneId,
}) => {
  await app.scan({ phoneId, save: false });
  const caller = api.createCaller({ app, speech: { language: 'de' } });
  const { sentence } = await caller.copyGuard({ phoneId });
  expect(sentence).toBe('Ich mache ohne Kopie weiter. Fotos, die nicht gesichert sind, können verloren gehen.');
  await expect(caller.declineCopy({ phoneId, sentence: 'Ich mache weiter.' })).rejects.toThrow();
  await caller.declineCopy({ phoneId, sentence });
  expect(app.store.lastDeclined(phoneId)?.sentence).toBe(goOnWithout);
});

test('what is wrong with the file of the settings is said in the language of the window', ({ app, home }) => {
  writeFileSync(join(home, 'settings.json'), 'no settings');
  expect(app.said(app.settings.state, 'de').trouble).toBe(
    'Die Datei der Einstellungen ist beschädigt. Alle Einstellungen stehen wie am Anfang.',
  );
});
