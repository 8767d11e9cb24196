import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { CameraFiles, PhoneFiles } from '../../native/phone-files.ts';
import { listed, StagedSource } from './staged-source.ts';
import { openTab } from './screens.ts';
import { test as windowTest } from './window-test.ts';

const hostile = '<img src=x onerror=alert(1)>.jpg';

const file = (name: string) => ({
  path: `/sdcard/DCIM/${name}`,
  place: ['DCIM', name],
  bytes: 5,
  modified: '2026-05-17T14:03:21.000Z',
});

/** A phone with two photos, of which it gives one only when it is told to. */
class PhoneWithPhotos extends StagedSource {
  holdPhotos: Promise<void> = Promise.resolve();

  openFiles(_phoneId: string, { signal }: { signal: AbortSignal }): Promise<PhoneFiles> {
    const cancelled = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    const hold = () => Promise.race([this.holdPhotos, cancelled]);
    const camera: CameraFiles = {
      files: [file('a.jpg'), file('b.jpg')],
      unreadable: [{ path: `/sdcard/DCIM/${hostile}`, detail: 'Its name is no text that can be asked for.' }],
      leftOut: [],
    };
    return Promise.resolve({
      listCamera: () => Promise.resolve(camera),
      async *pull(path: string) {
        yield Buffer.from('hel');
        if (path.endsWith('b.jpg')) await hold();
        signal.throwIfAborted();
        yield Buffer.from('lo');
      },
      sha256: (files) => Promise.resolve(files.map(() => null)),
      close: () => Promise.resolve(),
    });
  }
}

const test = windowTest
  .extend('source', () => {
    const source = new PhoneWithPhotos();
    source.show([listed('phone-1', { name: 'Phone one' })]);
    return source;
  })
  .extend('folder', async ({ onTestFinished }) => {
    const folder = await mkdtemp(join(tmpdir(), 'phone-health-copy-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    return folder;
  })
  .override('options', ({ source }) => ({ sources: [source] }))
  .override('page', async ({ window: { page } }) => {
    await page.getByRole('link', { name: /Phone one/ }).click();
    await openTab(page, 'Copy');
    return page;
  });

test('a safe copy: a folder is typed, progress is shown while other screens are, the result names what is missing', async ({
  source,
  page,
  folder,
}) => {
  const held = Promise.withResolvers<void>();
  source.holdPhotos = held.promise;
  await page.getByLabel('Folder on this computer').fill(folder);
  await page.keyboard.press('Enter');
  await page.getByText('Copying and verifying').waitFor();
  await openTab(page, 'History');
  held.resolve();
  await openTab(page, 'Copy');
  await page.getByText('Some photos could not be copied').waitFor();
  await page.getByText('2 on the phone (0 MB), 2 copied now, 0 there already, 1 not copied.').waitFor();
  await page.getByText('Not copied', { exact: true }).click();
  await page.getByText(hostile).waitFor();
  expect(await readFile(join(folder, 'DCIM', 'b.jpg'), 'utf8')).toBe('hello');
});

test('a safe copy can be cancelled, and goes on later', async ({ source, page, folder }) => {
  source.holdPhotos = new Promise(() => {});
  await page.getByLabel('Folder on this computer').fill(folder);
  await page.getByRole('button', { name: 'Copy and verify' }).click();
  await page.getByText('Copying and verifying').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('The copy was cancelled').waitFor();
  source.holdPhotos = Promise.resolve();
  await expect
    .poll(async () => {
      await page.getByRole('button', { name: 'Copy and verify' }).click();
      await page
        .getByText(/already\.|Some photos could not be copied/)
        .first()
        .waitFor();
      return page.getByText('Some photos could not be copied').count();
    })
    .toBe(1);
  expect(await readFile(join(folder, 'DCIM', 'b.jpg'), 'utf8')).toBe('hello');
});

test('a folder that depends on where the program was started is refused in plain words', async ({ page }) => {
  await page.getByLabel('Folder on this computer').fill('photos');
  await page.getByRole('button', { name: 'Copy and verify' }).click();
  await page.getByText('Name the folder with its whole path.').waitFor();
});
