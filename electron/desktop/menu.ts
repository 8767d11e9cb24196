import type { MenuItemConstructorOptions } from 'electron';
import type { ShellScreen } from '../app/shell/shell.ts';
import type { Say } from './say.ts';

/** What the menu's own entries do; everything else in it is the system's. */
export interface MenuActs {
  show: (screen: ShellScreen) => void;
  /** Asks for a file, and has it opened. */
  openFile: () => void;
  showLogs: () => void;
  showData: () => void;
  lookForUpdate: () => void;
}

export interface MenuOptions {
  platform: NodeJS.Platform;
  say: Say;
  /** Whether newer versions are looked for at all. */
  updates: boolean;
  /** Run from its sources: the tools of whoever works on it. */
  development: boolean;
  acts: MenuActs;
}

type Entry = MenuItemConstructorOptions;

const line: Entry = { type: 'separator' };

/**
 * The menu of the program. Each entry has a letter that is pressed while the menu is open (`&`), or a key that does without it; macOS
 * goes through a menu by the arrows and knows no such letters. A key that is pressed in the window goes to the window first.
 */
export function menuTemplate({ platform, say, updates, development, acts }: MenuOptions): Entry[] {
  const isMac = platform === 'darwin';
  const label = (text: string): string => {
    const said = say(text);
    return isMac ? said.replaceAll('&', '') : said;
  };
  const own = (text: string, click: () => void, accelerator?: string): Entry => ({
    label: label(text),
    click: () => click(),
    ...(accelerator === undefined ? {} : { accelerator }),
  });
  const screen = (text: string, to: ShellScreen, accelerator?: string): Entry =>
    own(text, () => acts.show(to), accelerator);
  const role = (text: string, name: NonNullable<Entry['role']>): Entry => ({ label: label(text), role: name });
  const settings = screen('&Settings…', 'settings', 'CmdOrCtrl+,');

  const program: Entry = {
    label: 'Phone Health Inspector',
    submenu: [
      role('&About Phone Health Inspector', 'about'),
      line,
      settings,
      line,
      role('Ser&vices', 'services'),
      line,
      role('&Hide Phone Health Inspector', 'hide'),
      role('Hide &others', 'hideOthers'),
      role('Show &all', 'unhide'),
      line,
      role('&Quit Phone Health Inspector', 'quit'),
    ],
  };
  const file: Entry = {
    label: label('&File'),
    submenu: [
      own('&Open a bug report, capture or case…', acts.openFile, 'CmdOrCtrl+O'),
      screen('&New ticket', 'new-ticket', 'CmdOrCtrl+N'),
      ...(isMac ? [] : [line, settings]),
      line,
      role('&Close window', 'close'),
      ...(isMac ? [] : [role('&Quit', 'quit')]),
    ],
  };
  const edit: Entry = {
    label: label('&Edit'),
    submenu: [
      role('&Undo', 'undo'),
      role('&Redo', 'redo'),
      line,
      role('Cu&t', 'cut'),
      role('&Copy', 'copy'),
      role('&Paste', 'paste'),
      role('&Delete', 'delete'),
      line,
      role('Select &all', 'selectAll'),
    ],
  };
  const view: Entry = {
    label: label('&View'),
    submenu: [
      screen('&Phones', 'phones', 'CmdOrCtrl+1'),
      screen('&Bench', 'bench', 'CmdOrCtrl+2'),
      screen('&Tickets', 'tickets', 'CmdOrCtrl+3'),
      screen('All &visits', 'history', 'CmdOrCtrl+4'),
      line,
      role('&Actual size', 'resetZoom'),
      role('&Larger', 'zoomIn'),
      role('&Smaller', 'zoomOut'),
      line,
      role('&Full screen', 'togglefullscreen'),
      ...(development ? [line, role('&Developer tools', 'toggleDevTools')] : []),
    ],
  };
  const window: Entry = isMac
    ? { label: label('&Window'), role: 'windowMenu' }
    : { label: label('&Window'), submenu: [role('&Minimize', 'minimize')] };
  const help: Entry = {
    label: label('&Help'),
    role: 'help',
    submenu: [
      screen('&Phone not seen', 'connection-help', 'F1'),
      screen('&Catalog of causes', 'catalog'),
      screen('&Backups', 'backups'),
      line,
      own('Show the &log', acts.showLogs),
      own('Show the &data folder', acts.showData),
      screen('L&icences', 'licences'),
      ...(updates ? [line, own('Look for a newer &version', acts.lookForUpdate)] : []),
      ...(isMac ? [] : [line, role('&About Phone Health Inspector', 'about')]),
    ],
  };
  return [...(isMac ? [program] : []), file, edit, view, window, help];
}
