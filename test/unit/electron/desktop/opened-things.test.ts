import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test as plain } from 'vitest';
import type { ShellRequest } from '../../../../electron/app/shell/shell.ts';
import { openedIn, openThings, OpenedThings, type Opened } from '../../../../electron/desktop/opened-things.ts';

const test = plain.extend('folder', ({ onTestFinished }) => {
  const folder = mkdtempSync(join(tmpdir(), 'phone-health-opened-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
});

describe('the words of a command line', () => {
  test('name files and folders that are there, from where they were said, and right links; switches are passed over', ({
    folder,
  }) => {
    writeFileSync(join(folder, 'bug report.zip'), '');
    writeFileSync(join(folder, '-x'), '');
    mkdirSync(join(folder, 'backup'));
    const words = [
      '--allow-file-access-from-files',
      'bug report.zip',
      'missing.zip',
      join(folder, 'backup'),
      '-x',
      'phone-health://ticket/A-17',
      'phone-health://fix/all',
    ];
    expect(openedIn(words, folder)).toEqual([
      { type: 'file', path: join(folder, 'bug report.zip') },
      { type: 'file', path: join(folder, 'backup') },
      { type: 'link', link: { type: 'ticket', number: 'A-17' } },
    ]);
  });
});

describe('the words of a file manager', () => {
  test('are addresses of files; what is none of this computer, or no address, is nothing', ({ folder }) => {
    const path = join(folder, 'Müllers Bericht 100 %.zip');
    writeFileSync(path, '');
    const { href } = pathToFileURL(path);
    expect(href).toContain('M%C3%BCllers%20Bericht%20100%20%25.zip');
    const words = [
      href,
      href.replace('file:', 'FILE:'),
      `file://elsewhere${path}`,
      'file:///a%2Fb',
      'file:///%FF',
      'file:',
    ];
    expect(openedIn(words, join(folder, 'none'))).toEqual([
      { type: 'file', path },
      { type: 'file', path },
    ]);
  });
});

describe('what was opened', () => {
  plain('is shown in the window and nothing is done; a ticket that is not there says so on its own screen', () => {
    const asked: ShellRequest[] = [];
    let shown = 0;
    const things: Opened[] = [
      { type: 'file', path: '/tmp/report.zip' },
      { type: 'link', link: { type: 'ticket', number: 'A-17' } },
      { type: 'link', link: { type: 'ticket', number: 'B-4' } },
      { type: 'link', link: { type: 'phone', phoneId: 'R58' } },
      { type: 'link', link: { type: 'snapshot', id: '3' } },
    ];
    openThings(things, {
      ticketNamed: (number) => (number === 'A-17' ? '5' : null),
      shell: { ask: (request) => asked.push(request) },
      showWindow: () => (shown += 1),
    });
    expect(asked).toEqual([
      { type: 'file', path: '/tmp/report.zip' },
      { type: 'ticket', id: '5' },
      { type: 'ticket', id: 'B-4' },
      { type: 'phone', phoneId: 'R58' },
      { type: 'snapshot', id: '3' },
    ]);
    expect(shown).toBe(1);
  });

  plain('waits until something can open it, as what macOS names before the program is ready', () => {
    const waiting = new OpenedThings();
    const [early, late]: Opened[] = [
      { type: 'file', path: '/early' },
      { type: 'file', path: '/late' },
    ];
    if (early === undefined || late === undefined) throw new Error('Two things are opened.');
    waiting.add([early]);
    const opened: Opened[][] = [];
    waiting.become((things) => opened.push([...things]));
    waiting.add([]);
    waiting.add([late]);
    expect(opened).toEqual([[early], [late]]);
  });
});
