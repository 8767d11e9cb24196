import { rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'electron';
import { makeFolder } from '../../db/make-folder.ts';

/** Among the words of a command line: started with the computer, so no window is opened where the tray has its icon. */
export const hiddenSwitch = '--hidden';

export interface AutostartPlace {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  /** What starts the program. */
  execPath: string;
  isPackaged: boolean;
}

/** Why the program cannot be started with the computer; null where it can. */
export const whyNoAutostart = ({ isPackaged, env }: AutostartPlace): string | null =>
  !isPackaged
    ? 'Only the installed program can be started with the computer.'
    : env['FLATPAK_ID'] !== undefined || env['SNAP'] !== undefined
      ? 'This is switched on in the settings of the system.'
      : null;

/** As desktop entries quote a word of a command: Desktop Entry Specification 1.5, "The Exec key". */
const quoted = (word: string): string =>
  `"${word
    .replaceAll(/["`$\\]/g, (sign) => `\\${sign}`)
    // Once more, as every string of such a file is.
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')}"`;

/** Where an AppImage lies, not where it is unpacked while it runs. */
const program = ({ env, execPath }: AutostartPlace): string => env['APPIMAGE'] ?? execPath;

export const desktopEntry = (place: AutostartPlace): string => `[Desktop Entry]
Type=Application
Name=Phone Health Inspector
Exec=${quoted(program(place))} ${hiddenSwitch}
Terminal=false
X-GNOME-Autostart-enabled=true
`;

/** Desktop Application Autostart Specification 0.5. */
const entryFile = ({ env }: AutostartPlace): string => {
  const configured = env['XDG_CONFIG_HOME'] ?? '';
  const folder = configured.startsWith('/') ? configured : join(homedir(), '.config');
  return join(folder, 'autostart', 'phone-health-inspector.desktop');
};

/** Has the system start the program with the computer, or no more. Throws what the file system says. */
export function setAutostart(
  wanted: boolean,
  place: AutostartPlace,
  app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>,
): void {
  if (whyNoAutostart(place) !== null) return;
  if (place.platform === 'linux') {
    const file = entryFile(place);
    if (!wanted) return rmSync(file, { force: true });
    makeFolder(join(file, '..'), 0o700);
    return writeFileSync(file, desktopEntry(place), { mode: 0o600 });
  }
  const args = place.platform === 'win32' ? [hiddenSwitch] : [];
  if (app.getLoginItemSettings({ args }).openAtLogin === wanted) return;
  app.setLoginItemSettings({ openAtLogin: wanted, args });
}

/** Whether the program was started with the computer, and not by somebody who wants to see it. */
export const isStartedHidden = (
  words: readonly string[],
  { platform }: Pick<AutostartPlace, 'platform'>,
  app: Pick<App, 'getLoginItemSettings'>,
): boolean => words.includes(hiddenSwitch) || (platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);
