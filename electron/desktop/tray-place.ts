import { execFile } from 'node:child_process';

export interface TrayPlaceOptions {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  /** Started with the computer, when the desktop itself may still be starting. */
  isHidden: boolean;
}

/** What shows icons of programs on a Linux desktop has this name on its bus: GNOME's extension, KDE, Xfce. */
const watcher = 'org.kde.StatusNotifierWatcher';

/** How long it may take to appear, where the desktop is up and where it starts. */
const trayDeadlineMs = 1_000;
const trayAtLoginDeadlineMs = 15_000;

const gnome = /(?:^|:)GNOME(?:$|:)/i;

/**
 * Why this system shows no icon in a tray; null where it does, or where nobody says. GNOME has none by itself. Other desktops without this
 * name may still show one in the older way.
 */
export async function whyNoTray({ platform, env, isHidden }: TrayPlaceOptions): Promise<string | null> {
  if (platform !== 'linux' || !gnome.test(env['XDG_CURRENT_DESKTOP'] ?? '')) return null;
  const deadlineMs = isHidden ? trayAtLoginDeadlineMs : trayDeadlineMs;
  const words = ['wait', '--session', '--timeout', String(deadlineMs / 1000), watcher];
  const isShown = await new Promise<boolean>((resolve) => {
    // Its own deadline ends it before ours, with 1.
    execFile('gdbus', words, { env, timeout: deadlineMs + 1_000, killSignal: 'SIGKILL' }, (error) =>
      resolve(error === null || error.code === 'ENOENT'),
    );
  });
  return isShown
    ? null
    : 'GNOME shows no icons of programs. Install its extension AppIndicator, then start this program again.';
}
