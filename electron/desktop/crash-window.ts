import { writeFileSync } from 'node:fs';
import { app, BrowserWindow, dialog, session } from 'electron';
import { actOf, crashPage, crashReport, type Crash, type CrashAct, type CrashFacts } from './crash-report.ts';
import type { Say } from './say.ts';
import { closeContents, closeSession } from './security.ts';

export interface CrashWindowOptions {
  facts: () => CrashFacts;
  /** Takes out of a text whose a phone is. */
  redact: (text: string) => string;
  say: () => Say;
  language: () => string;
  log: (line: string) => void;
  /** Opens the window again; for `program`: starts all of it again. */
  again: (kind: Crash['kind']) => void;
  quit: () => void;
}

/** Kept nowhere, and it serves nothing. */
const partition = 'crash';

/**
 * Tells of a fault in a window that shares nothing with the one that has failed: a session of its own, no preload script, no script at
 * all. Before there can be a window, the system's own box tells it.
 */
export class CrashWindow {
  readonly #options: CrashWindowOptions;
  #window: BrowserWindow | null = null;
  #kind: Crash['kind'] | null = null;

  constructor(options: CrashWindowOptions) {
    this.#options = options;
  }

  show(crash: Crash): void {
    // One window is enough, and a fault of the program outranks those of a window. Not told again either: telling may be what fails.
    if (this.#kind === 'program') return;
    const { facts, redact, say, language, log } = this.#options;
    const report = crashReport(crash, facts(), redact);
    const [first = ''] = redact(crash.what).split('\n');
    log(`${crash.kind}: ${first}`);
    if (!app.isReady()) {
      dialog.showErrorBox('Phone Health Inspector', report);
      return;
    }
    this.#window?.destroy();
    const window = this.#made();
    this.#window = window;
    this.#kind = crash.kind;
    closeContents(window.webContents);
    window.webContents.on('will-navigate', (event) => {
      const act = actOf(event.url);
      if (act !== null) void this.#do(act, crash.kind, report, window);
    });
    window.on('closed', () => {
      if (this.#window !== window) return;
      this.#window = null;
      this.#kind = null;
    });
    window.once('ready-to-show', () => window.show());
    const page = crashPage(crash, report, say(), language());
    window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(page)}`).catch((error: unknown) => {
      // Where no window can be shown any more, the system still can.
      log(`the crash window: ${error instanceof Error ? error.message : String(error)}`);
      window.destroy();
      dialog.showErrorBox('Phone Health Inspector', report);
    });
  }

  /** What did not answer does again. */
  forgetSilence(): void {
    if (this.#kind === 'silent') this.#window?.destroy();
  }

  #made(): BrowserWindow {
    const own = session.fromPartition(partition);
    closeSession(own);
    return new BrowserWindow({
      width: 640,
      height: 560,
      show: false,
      title: 'Phone Health Inspector',
      webPreferences: {
        session: own,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        javascript: false,
        spellcheck: false,
      },
    });
  }

  async #do(act: CrashAct, kind: Crash['kind'], report: string, window: BrowserWindow): Promise<void> {
    const { again, quit, log } = this.#options;
    switch (act) {
      case 'save':
        try {
          await saveReport(window, report);
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          log(`the report was not saved: ${reason}`);
          dialog.showErrorBox('Phone Health Inspector', reason);
        }
        return;
      case 'again':
        // A window before the other is gone: else that would be the last one.
        again(kind);
        window.destroy();
        return;
      case 'wait':
        window.destroy();
        return;
      case 'quit':
        quit();
    }
  }
}

async function saveReport(window: BrowserWindow, report: string): Promise<void> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: 'phone-health-report.txt' });
  if (!canceled && filePath !== '') writeFileSync(filePath, report, { mode: 0o600 });
}
