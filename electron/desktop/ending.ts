import type { App, BrowserWindow } from 'electron';
import type { Clock } from '../app/program/clock.ts';
import type { Closing } from './closing.ts';

/** How long what is being done may take to come to its end, before the program ends all the same. */
export const endDeadlineMs = 10_000;

export interface EndingOptions {
  app: Pick<App, 'on' | 'quit' | 'exit'>;
  closing: Pick<Closing, 'isBusy' | 'mayClose'>;
  /** Ends what the host has begun, then the application: its children, its store. */
  close: () => Promise<void>;
  /** Whether the program goes on without a window. */
  goesOnWithoutWindow: () => boolean;
  clock: Clock;
  log: (line: string) => void;
}

/**
 * The end of the program, whoever asks for it: a person is asked first where something is under way, and everything is brought to its end
 * before the program is gone.
 */
export class Ending {
  readonly #options: EndingOptions;
  #state: 'running' | 'ending' | 'ended' = 'running';

  constructor(options: EndingOptions) {
    this.#options = options;
    const { app, goesOnWithoutWindow } = options;
    app.on('before-quit', (event) => {
      if (this.#state === 'ended') return;
      event.preventDefault();
      void this.end().then((ended) => {
        if (ended) app.quit();
      });
    });
    app.on('window-all-closed', () => {
      if (!goesOnWithoutWindow()) app.quit();
    });
  }

  /** Closing this window cuts nothing off: where the program goes on it is only hidden meanwhile, and where it does not, somebody is asked. */
  watch(window: Pick<BrowserWindow, 'on' | 'hide'>): void {
    this.#watchSession(window);
    const { app, closing, goesOnWithoutWindow } = this.#options;
    window.on('close', (event) => {
      if (this.#state !== 'running' || !closing.isBusy) return;
      event.preventDefault();
      if (goesOnWithoutWindow()) window.hide();
      else app.quit();
    });
  }

  /** Windows ends the session of a person by its windows alone: it may be held up once, by one that has something under way. */
  #watchSession(window: Pick<BrowserWindow, 'on'>): void {
    const { app, closing } = this.#options;
    window.on('query-session-end', (event) => {
      if (this.#state !== 'running' || !closing.isBusy) return;
      event.preventDefault();
      app.quit();
    });
    // Nobody can be asked any more.
    window.on('session-end', () => {
      if (this.#state !== 'running') return;
      void this.#finish().then(() => app.quit());
    });
  }

  /** Brings everything to its end where that may be; true: nothing is left to do but to go. */
  async end(): Promise<boolean> {
    if (this.#state !== 'running') return false;
    if (!(await this.#options.closing.mayClose())) return false;
    // Whoever asked meanwhile has had the same answer.
    if (this.#state !== 'running') return false;
    await this.#finish();
    return true;
  }

  async #finish(): Promise<void> {
    const { close, clock, log } = this.#options;
    this.#state = 'ending';
    const inTime = new AbortController();
    const closed = close()
      .catch((error: unknown) => log(`the end: ${error instanceof Error ? error.message : String(error)}`))
      .finally(() => inTime.abort());
    await Promise.race([closed, clock.sleep(endDeadlineMs, inTime.signal)]);
    if (!inTime.signal.aborted) log(`the end: not everything had ended after ${endDeadlineMs / 1000} s`);
    inTime.abort();
    this.#state = 'ended';
  }
}
