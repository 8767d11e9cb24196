/** A screen of the window that something outside of it may open. */
export type ShellScreen =
  | 'phones'
  | 'bench'
  | 'tickets'
  | 'new-ticket'
  | 'history'
  | 'settings'
  | 'catalog'
  | 'backups'
  | 'licences'
  | 'connection-help';

/** What the desktop's menu, tray, a link or a file asks the window for: to show something, and nothing else. */
export type ShellRequest =
  | { type: 'screen'; screen: ShellScreen }
  | { type: 'snapshot'; id: string }
  | { type: 'ticket'; id: string }
  | { type: 'phone'; phoneId: string }
  | { type: 'file'; path: string };

/** How it stands with newer versions of the program. */
export type UpdateState =
  | { state: 'unavailable'; why: string }
  | { state: 'off' }
  | { state: 'looking' }
  | { state: 'newest' }
  | { state: 'loading'; version: string; percent: number }
  | { state: 'ready'; version: string }
  | { state: 'failed'; why: string };

/** Whether something of the desktop can be switched on here; `why` not, null where it can. */
export interface Offer {
  why: string | null;
}

/** What the desktop has beside the window. */
export interface ShellState {
  autostart: Offer;
  tray: Offer;
  updates: UpdateState;
}

/** What the window may have the desktop do. */
export interface ShellActs {
  lookForUpdate: () => void;
  /** Ends the program and starts the newer one. */
  installUpdate: () => void;
}

/** A window that never comes asks for nothing more than this. */
const mostWaiting = 20;

/**
 * What the host has beside the window, and what it wants the window to show. Only the desktop has any of it: everywhere else the state
 * stays null, and nothing is asked for.
 */
export class Shell {
  #state: ShellState | null = null;
  #acts: ShellActs | null = null;
  readonly #followers = new Set<(state: ShellState | null) => void>();
  readonly #windows = new Set<(request: ShellRequest) => void>();
  #waiting: ShellRequest[] = [];

  get state(): ShellState | null {
    return this.#state;
  }

  /** The host has a desktop. */
  offer(state: ShellState, acts: ShellActs): void {
    this.#acts = acts;
    this.#become(state);
  }

  /** Something of it is otherwise now. Does nothing before {@link offer}. */
  change(change: Partial<ShellState>): void {
    if (this.#state !== null) this.#become({ ...this.#state, ...change });
  }

  /** Calls back now and at each change; returns the way to stop. */
  follow(listener: (state: ShellState | null) => void): () => void {
    this.#followers.add(listener);
    listener(this.#state);
    return () => this.#followers.delete(listener);
  }

  /** Asks the window to show something; where none is there yet, the next one is asked. */
  ask(request: ShellRequest): void {
    const [window] = this.#windows;
    if (window !== undefined) return window(request);
    this.#waiting = [...this.#waiting, request].slice(-mostWaiting);
  }

  /** A window is there and shows what it is asked for, until the returned function is called. */
  attend(window: (request: ShellRequest) => void): () => void {
    this.#windows.add(window);
    for (const request of this.#waiting.splice(0)) window(request);
    return () => this.#windows.delete(window);
  }

  lookForUpdate(): void {
    this.#acts?.lookForUpdate();
  }

  installUpdate(): void {
    this.#acts?.installUpdate();
  }

  #become(state: ShellState): void {
    this.#state = state;
    for (const follower of this.#followers) follower(state);
  }
}
