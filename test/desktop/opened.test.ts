import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { logFolder } from '../../electron/app/program/log-file.ts';
import { bridgeClient } from './bridge-client.ts';
import { test as plain } from './desktop-test.ts';

const test = plain
  .extend('folder', ({ onTestFinished }) => {
    const folder = mkdtempSync(join(tmpdir(), 'phone-health-given-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    return folder;
  })
  /** Files that are there, and no bug reports: each is told by its name as one that cannot be read. */
  .extend('files', ({ folder }) =>
    Object.fromEntries(
      ['given', 'second', 'dropped', 'chosen'].map((name) => {
        const path = join(folder, `${name}.txt`);
        writeFileSync(path, 'nothing of a phone');
        return [name, path];
      }),
    ),
  );

describe('the program as it is built', () => {
  test('opens what it is given, in one window: at its start, by another start, by a drop, by its menu; and keeps its log', async ({
    start,
    files,
  }) => {
    const { given = '', second = '', dropped = '', chosen = '' } = files;
    const program = await start({ args: ['--no-sandbox-of-some-system', given] });
    const { page, home } = program;
    const told = (path: string) => page.getByRole('alert').filter({ hasText: path }).waitFor();
    await told(given);
    expect(await program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);

    await program.evaluate(
      ({ app }, path) => app.emit('second-instance', {}, ['electron', 'main.js', path], '/', {}),
      second,
    );
    await told(second);
    await program.evaluate(({ app }) =>
      app.emit('second-instance', {}, ['electron', 'main.js', 'phone-health://ticket/99'], '/', {}),
    );
    await page.getByText('There is no ticket 99.').waitFor();
    await program.evaluate(({ app }) =>
      app.emit('open-url', { preventDefault: () => undefined }, 'phone-health://fix/all'),
    );

    // What is dropped gives its path away to the sandboxed preload script, and to nobody else.
    const id = await program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.id ?? 0);
    await program.pages.knowPath(id, dropped);
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['nothing of a phone'], 'dropped.txt'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    });
    await told(dropped);

    await program.evaluate((electron, path) => {
      const { choices, Menu } = electron as typeof electron & { choices: { opened: string[][] } };
      choices.opened.push([path]);
      Menu.getApplicationMenu()?.items[0]?.submenu?.items[0]?.click();
    }, chosen);
    await told(chosen);

    // A terminal that is closed under it.
    await program.evaluate(() => void process.stderr.emit('error', new Error('write EIO')));
    await program.evaluate(
      () => void process.emit('unhandledRejection', new Error('nobody listened'), Promise.resolve()),
    );
    const log = join(logFolder(home), 'phone-health.log');
    await expect.poll(() => readFileSync(log, 'utf8')).toMatch(/^\d{4}-[^\n]* Error: nobody listened$/m);
  });

  test('goes on with what a page follows when that changes its screen, and ends it with the page', async ({
    start,
  }) => {
    const program = await start();
    const { page } = program;
    const client = await bridgeClient(page);
    const lists: number[] = [];
    client.phones.subscribe(undefined, { onData: ({ phones }) => lists.push(phones.length) });
    await expect.poll(() => lists.at(-1)).toBe(0);
    await program.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const heard: string[] = ((globalThis as { heard?: string[] }).heard = []);
      for (const name of ['did-navigate-in-page', 'did-navigate']) window?.webContents.on(name, () => heard.push(name));
    });
    const heard = () => program.evaluate(() => (globalThis as { heard?: string[] }).heard ?? []);
    for (const [at, screen] of ['settings', 'tickets'].entries()) {
      await page.evaluate((hash) => (location.hash = hash), `#/${screen}`);
      await expect.poll(async () => (await heard()).length).toBeGreaterThan(at);
    }
    await client.addSample.mutate({ profile: 'pixel-14' });
    await expect.poll(() => lists.at(-1)).toBe(1);
    expect(await heard()).not.toContain('did-navigate');
    await page.reload();
    await expect.poll(heard).toContain('did-navigate');
    await page.locator('main').waitFor();
  });

  test('tells of a window that has ended in another one without scripts, which opens it again', async ({ start }) => {
    const program = await start();
    const { page, pages } = program;
    const ids = () =>
      program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map(({ webContents }) => webContents.id));
    await program.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 9 }),
    );
    await expect.poll(async () => (await ids()).length).toBe(2);
    const [first, crashed] = await ids();
    const crash = await pages.page(crashed);
    await crash.getByRole('heading', { name: 'The window has ended by a fault' }).waitFor();
    expect(await crash.locator('pre').innerText()).toMatch(/window\n\noom \(9\)/);
    await crash.getByRole('button', { name: 'Open the window again' }).click();
    await expect.poll(ids).not.toContain(crashed);
    const [again] = await ids();
    expect(again).not.toBe(first);
    expect(page.isClosed()).toBe(true);
    await (await pages.page(again)).locator('main').waitFor();
  });
});
