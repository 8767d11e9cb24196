import type { PhoneListStore } from './phone-list-store.ts';
import type { PhoneWorks } from './phone-work.ts';
import type { SettingsStore } from './settings-store.ts';

export interface ScanWhenPluggedOptions {
  phones: Pick<PhoneListStore, 'get' | 'subscribe'>;
  works: Pick<PhoneWorks, 'get' | 'scanAll' | 'recall'>;
  settings: Pick<SettingsStore, 'get' | 'subscribe'>;
  /** Whether the page was loaded anew: what is there then was there before. */
  reloaded: boolean;
}

/**
 * Scans every phone that is plugged in and can be read, once for each time, where the settings say so; returns the way to stop. A sample is
 * plugged in by nobody. A phone that comes back while it is worked with, such as one that restarts, is left to that work.
 */
export function scanWhenPlugged({ phones, works, settings, reloaded }: ScanWhenPluggedOptions): () => void {
  /** Ready, and seen to be so; null until the first list. */
  let ready: ReadonlySet<string> | null = null;
  const look = (): void => {
    const { list } = phones.get();
    const { state } = settings.get();
    if (list === null || state === null) return;
    const now = list.phones.filter((phone) => phone.state === 'ready' && !phone.sample).map(({ id }) => id);
    // Of those that are there when the window opens, what was scanned in this sitting was there before.
    const before = ready ?? new Set(now.filter((id) => reloaded || works.get(id).report !== null));
    ready = new Set(now);
    if (!state.settings.scanWhenPlugged) return;
    // At a counter many are plugged in at once: they take turns.
    works.scanAll(now.filter((id) => !before.has(id) && works.get(id).activity === null));
  };
  const stops = [phones.subscribe(look), settings.subscribe(look)];
  look();
  return () => {
    for (const stop of stops) stop();
  };
}

/** The name under which one window of several does it. */
const lockName = 'phone-health-scan-when-plugged';

/** The same in one window only: two would get in each other's way. Where it is closed, the next one goes on. */
export function scanWhenPluggedInOneWindow(options: ScanWhenPluggedOptions): void {
  void navigator.locks.request(lockName, async () => {
    // The window that did it until now may have scanned since this one was opened.
    await options.works.recall();
    scanWhenPlugged(options);
    // Held as long as the window is open.
    await new Promise<never>(() => undefined);
  });
}
