import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Shell } from '../app/shell/shell.ts';
import { isLink, parseLink, type Link } from './links.ts';

/** What the system gives the program to open. */
export type Opened = { type: 'link'; link: Link } | { type: 'file'; path: string };

/** Chromium and the system put switches of their own among the words, in any order. */
const isSwitch = (word: string): boolean => word.startsWith('-');

/** File managers of Linux say the address of a file (`%U` of a desktop entry). null: it is none of this computer. */
function pathOf(word: string, folder: string): string | null {
  if (!/^file:\/\//i.test(word)) return resolve(folder, word);
  try {
    return fileURLToPath(word);
  } catch (error) {
    if (error instanceof TypeError || error instanceof URIError) return null;
    throw error;
  }
}

/** What the words of a command line name, from the folder in which they were said; what is neither a link nor there is left out. */
export const openedIn = (words: readonly string[], folder: string): Opened[] =>
  words.flatMap((word): Opened[] => {
    if (isSwitch(word)) return [];
    if (isLink(word)) {
      const link = parseLink(word);
      return link === null ? [] : [{ type: 'link', link }];
    }
    const path = pathOf(word, folder);
    return path !== null && existsSync(path) ? [{ type: 'file', path }] : [];
  });

export interface Opener {
  /** The id of a ticket by its number; null where there is none. */
  ticketNamed: (number: string) => string | null;
  shell: Pick<Shell, 'ask'>;
  /** Brings the window to the front, or opens one. */
  showWindow: () => void;
}

/** Has the window show what was opened: a link shows and does nothing, and a file is read as one that was dropped. */
export function openThings(things: readonly Opened[], { ticketNamed, shell, showWindow }: Opener): void {
  for (const thing of things) {
    if (thing.type === 'file') shell.ask(thing);
    else if (thing.link.type === 'ticket') {
      const { number } = thing.link;
      // The screen of a ticket says itself that there is none.
      shell.ask({ type: 'ticket', id: ticketNamed(number) ?? number });
    } else shell.ask(thing.link);
  }
  showWindow();
}

/** What is opened before there is a window that could show it; afterwards it goes there at once. */
export class OpenedThings {
  #waiting: Opened[] = [];
  #open: ((things: readonly Opened[]) => void) | null = null;

  add(things: readonly Opened[]): void {
    if (things.length === 0) return;
    if (this.#open === null) this.#waiting.push(...things);
    else this.#open(things);
  }

  /** From now on there is something that opens them. */
  become(open: (things: readonly Opened[]) => void): void {
    this.#open = open;
    const waiting = this.#waiting.splice(0);
    if (waiting.length > 0) open(waiting);
  }
}
