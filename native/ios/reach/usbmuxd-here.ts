import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What is known of the usbmuxd of this computer when it does not answer. */
export interface UsbmuxdHere {
  platform: NodeJS.Platform;
  /** `USBMUXD_SOCKET_ADDRESS`; null: the system's usual place. */
  address: string | null;
  /** Where the program is on this computer. */
  installed: boolean;
  /** systemd starts usbmuxd when an iPhone is plugged in, and ends it with the last one (39-usbmuxd.rules of usbmuxd 1.1). */
  startsByItself: boolean;
  /** Who may start it without sudo. */
  root: boolean;
}

/** Debian keeps daemons in folders that are not on everybody's PATH. */
const programFolders = (path: string): string[] => [...path.split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];

export const usbmuxdHere = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): UsbmuxdHere => ({
  platform,
  address: env['USBMUXD_SOCKET_ADDRESS'] ?? null,
  installed: programFolders(env['PATH'] ?? '').some((folder) => existsSync(join(folder, 'usbmuxd'))),
  // sd_booted(3).
  startsByItself: existsSync('/run/systemd/system'),
  root: process.getuid?.() === 0,
});
