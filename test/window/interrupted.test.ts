import { expect } from 'vitest';
import { lookAt } from '../../electron/app/phones/look.ts';
import type { OpenedWindow } from './open-window.ts';
import { openTab, opened, scan } from './screens.ts';
import { listed, StagedSource } from './staged-source.ts';
import { test } from './window-test.ts';

const photos = 'com.google.android.apps.photos';
const exempt = `cmd deviceidle whitelist +${photos}`;
const inverse = `cmd deviceidle whitelist -${photos}`;
const phone = listed('A1', { model: 'Pixel 9' });

let source: StagedSource;
let window: OpenedWindow;
test.beforeEach(async ({ open }) => {
  source = new StagedSource();
  window = await open({ sources: [source] });
});

/** What a program that was killed left in the store: begun, and nobody knows how far it came. */
async function leaveBehind({ undoing = false, known = true } = {}): Promise<void> {
  const { store } = window.app;
  const seen = await lookAt({ source, phone });
  const { id } = store.planAction({
    phone,
    snapshot: null,
    ticket: null,
    walkthrough: null,
    cause: 'battery-optimized',
    app: photos,
    correction: 'exempt-app',
    commands: [exempt],
    inverse: [inverse],
    before: { 'apps.com·google·android·apps·photos.exempt': false },
    identity: known ? (seen?.identity ?? null) : null,
    who: 'somebody',
  });
  store.addActionEvent(id, { kind: 'started' });
  if (undoing) store.addActionEvent(id, { kind: 'abandoned', reason: 'The program ended.' }, { kind: 'undo-started' });
}

const notice = () => window.page.getByRole('status').filter({ hasText: 'Interrupted: Exempt Google Photos' });
const results = () => window.app.corrections.list('A1').map(({ result }) => result);

test('a correction that was cut off is offered when its phone is plugged in, and finished there', async () => {
  const { page } = window;
  await leaveBehind();
  source.show([phone]);
  await notice().getByText('it is not known whether the phone has changed').waitFor();
  await notice().getByRole('button', { name: 'Finish' }).click();
  await page.getByRole('status').filter({ hasText: 'The second reading proves it.' }).waitFor();
  await notice().waitFor({ state: 'detached' });
  expect(source.ran).toEqual([exempt]);
  expect(results()).toEqual(['taken']);
});

test('a correction that was cut off can be put back instead', async () => {
  const { page } = window;
  await leaveBehind();
  source.show([phone]);
  await notice().getByText('Commands').click();
  await notice().getByText(inverse).waitFor();
  await notice().getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Put back', { exact: true }).waitFor();
  await notice().waitFor({ state: 'detached' });
  expect(results()).toEqual(['undone']);
});

test('a correction that was cut off can be left as it is, and is not offered again', async () => {
  const { page } = window;
  await leaveBehind();
  source.show([phone]);
  await notice().getByRole('button', { name: 'Leave as it is' }).click();
  await notice().waitFor({ state: 'detached' });
  await page.getByRole('heading', { level: 1, name: 'Pixel 9' }).waitFor();
  expect(source.ran).toEqual([]);
  expect(window.app.corrections.list('A1')).toMatchObject([{ result: 'unverified', undoable: true }]);
});

test('an undoing that was cut off is finished', async () => {
  const { page } = window;
  await leaveBehind({ undoing: true });
  source.show([phone]);
  await notice().getByText('It was being put back when it was cut off.').waitFor();
  expect(await notice().getByRole('button', { name: 'Undo' }).count()).toBe(0);
  await notice().getByRole('button', { name: 'Finish putting it back' }).click();
  await page.getByText('Put back', { exact: true }).waitFor();
  await notice().waitFor({ state: 'detached' });
  expect(results()).toEqual(['undone']);
});

test('a cable that is pulled before the second reading is told, and what ran is not run again when it is in', async () => {
  const { page } = window;
  source.show([phone]);
  await scan(page);
  const ran = Promise.withResolvers<void>();
  source.holdRun = ran.promise;
  const card = await opened(page, 'battery-optimized', photos);
  await card.getByRole('button', { name: /^Exempt Google Photos/ }).click();
  await card.getByRole('button', { name: 'Run on the phone' }).click();
  await card.getByText('Running on the phone').waitFor();
  // The cable is pulled in the second reading.
  source.cutAfter = 8;
  ran.resolve();
  await card.getByText('Not verified').waitFor();
  source.show([]);
  await page.getByText('This phone is not plugged in').waitFor();
  expect(await notice().count()).toBe(0);
  source.cutAfter = Infinity;
  source.show([phone]);
  await notice().waitFor();
  // At the counter too, before what is known of it else.
  await page.keyboard.press('b');
  await page
    .locator('main [data-place]')
    .filter({ hasText: 'Interrupted' })
    .getByText('Exempt Google Photos')
    .waitFor();
  await page.goBack();
  await notice().getByRole('button', { name: 'Finish' }).click();
  await notice().waitFor({ state: 'detached' });
  expect(source.ran).toEqual([exempt]);
  expect(results()).toEqual(['taken']);
});

test('a correction of which nobody kept whose phone it was is asked about before it is finished', async () => {
  const { page } = window;
  await leaveBehind({ known: false });
  source.show([phone]);
  await notice().getByRole('button', { name: 'Finish' }).click();
  const question = page.getByRole('group', { name: 'It was not kept which phone this was.' });
  await question.getByRole('row', { name: /^Model .*Pixel 8/ }).waitFor();
  await question.getByRole('button', { name: 'It is another one' }).click();
  await question.waitFor({ state: 'detached' });
  expect(source.ran).toEqual([]);
  await notice().getByRole('button', { name: 'Finish' }).click();
  await question.getByRole('button', { name: 'It is the same phone' }).click();
  await page.getByRole('status').filter({ hasText: 'The second reading proves it.' }).waitFor();
  expect(source.ran).toEqual([exempt]);
});

test('a value that was chosen since is written over by an undo only after a question', async () => {
  const { page, app } = window;
  const path = 'apps.com·google·android·apps·photos.runAnyInBackground';
  const back = `appops set --user 0 ${photos} RUN_ANY_IN_BACKGROUND ignore`;
  // What its owner chose since.
  const chosen = ['appops', 'set', '--user', '0', photos, 'RUN_ANY_IN_BACKGROUND', 'allow'];
  await source.run('A1', chosen);
  const { id } = app.store.planAction({
    phone,
    snapshot: null,
    ticket: null,
    walkthrough: null,
    cause: 'background-restricted',
    app: photos,
    correction: 'allow-background',
    commands: [`appops set --user 0 ${photos} RUN_ANY_IN_BACKGROUND deny`],
    inverse: [back],
    before: { [path]: 'ignore' },
    identity: (await lookAt({ source, phone }))?.identity ?? null,
    who: 'somebody',
  });
  app.store.addActionEvent(id, { kind: 'started' }, { kind: 'verified', result: 'taken', after: { [path]: 'deny' } });
  source.show([phone]);
  await openTab(page, 'History');
  await page.getByRole('button', { name: 'Undo' }).click();
  const question = page.getByRole('group', { name: 'This is not what the correction left.' });
  await question.getByRole('row', { name: /^runAnyInBackground deny/ }).waitFor();
  expect(source.ran).toEqual([chosen.join(' ')]);
  await question.getByRole('button', { name: 'Run all the same' }).click();
  await page.getByText(/^Put back/).waitFor();
  expect(source.ran).toEqual([chosen.join(' '), back]);
  expect(results()).toEqual(['undone']);
});
