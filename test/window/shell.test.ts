import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { ShellState } from '../../electron/app/shell/shell.ts';
import { addSample } from './screens.ts';
import { inDesktop, test } from './window-test.ts';

const offered: ShellState = { autostart: { why: null }, tray: { why: null }, updates: { state: 'off' } };

describe('what the desktop asks the window for', () => {
  test('is shown: a screen, a phone, a ticket that is not there, and files one after the other', async ({
    page,
    app,
  }) => {
    await addSample(page, /Pixel 8,/);
    app.shell.ask({ type: 'screen', screen: 'settings' });
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    app.shell.ask({ type: 'phone', phoneId: 'sample-pixel-14' });
    await page.waitForURL(/#\/phones\/sample-pixel-14$/);
    app.shell.ask({ type: 'ticket', id: '99' });
    await page.getByText('There is no ticket 99.').waitFor();
    app.shell.ask({ type: 'screen', screen: 'new-ticket' });
    await page.getByRole('heading', { level: 1, name: 'New ticket' }).waitFor();

    const { dataFolder } = app.about();
    const files = ['first.txt', 'second.txt'].map((name) => join(dataFolder, name));
    for (const file of files) {
      writeFileSync(file, 'no bug report');
      app.shell.ask({ type: 'file', path: file });
    }
    await page.getByRole('alert').filter({ hasText: 'second.txt' }).waitFor();
  });
});

// In a host that has none of them at first.
describe.skipIf(inDesktop)('the settings of the desktop', () => {
  test('stand only where there is one, and say why something cannot be switched on', async ({ page, app }) => {
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('heading', { level: 2, name: 'Scans' }).waitFor();
    const group = page.getByRole('region', { name: 'This computer' });
    expect(await group.count()).toBe(0);

    const asked: string[] = [];
    const acts = { lookForUpdate: () => void asked.push('look'), installUpdate: () => void asked.push('install') };
    const why = 'This package names no place that newer versions come from.';
    app.shell.offer({ ...offered, updates: { state: 'unavailable', why } }, acts);
    const updates = group.getByRole('switch', { name: 'Look for newer versions' });
    await updates.waitFor();
    expect(await updates.isDisabled()).toBe(true);
    expect(await group.innerText()).toContain(why);

    app.shell.change({ updates: { state: 'off' } });
    await group.getByText('Nothing is asked there while this is off.').waitFor();
    for (const name of ['Start with the computer', 'Icon in the tray', 'Look for newer versions']) {
      await group.getByText(name, { exact: true }).click();
    }
    await expect.poll(() => app.settings.values).toMatchObject({ autostart: true, tray: true, updates: true });

    app.shell.change({ updates: { state: 'newest' } });
    await group.getByRole('button', { name: 'Look now' }).click();
    app.shell.change({ updates: { state: 'loading', version: '2.0.0', percent: 40 } });
    await group.getByText('Version 2.0.0 is being fetched: 40 %').waitFor();
    app.shell.change({ updates: { state: 'ready', version: '2.0.0' } });
    await group.getByRole('button', { name: 'Install it and start again' }).click();
    await expect.poll(() => asked).toEqual(['look', 'install']);

    app.shell.change({ autostart: { why: 'EACCES: permission denied' }, updates: { state: 'failed', why: 'offline' } });
    await group.getByText('It could not be looked for: offline').waitFor();
    // What is on can be switched off, whatever stands in its way.
    const autostart = group.getByRole('switch', { name: 'Start with the computer' });
    expect(await autostart.isEnabled()).toBe(true);
    expect(await group.innerText()).toContain('EACCES: permission denied');

    app.settings.change({ language: 'de' });
    app.shell.change({ updates: { state: 'unavailable', why } });
    await page.getByText('Dieses Paket nennt keinen Ort, von dem neuere Versionen kommen.').waitFor();
    app.settings.change({ language: 'en' });
  });
});
