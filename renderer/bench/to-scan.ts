import type { CardState } from './card-state.ts';
import type { Card } from './cards.ts';

/** Whether a phone can be read, and nothing is done with it at this moment. */
export function isFree({ kind }: CardState): boolean {
  switch (kind) {
    case 'unplugged':
    case 'unreadable':
    case 'asks':
    case 'waits-for-turn':
    case 'scanning':
    case 'fixing':
    case 'correcting':
    case 'undoing':
    case 'take-photo':
    case 'photo-on-its-way':
      return false;
    default:
      return true;
  }
}

/** The phones that have no result yet; where all have one, all of them. Pure. */
export function toScan(cards: readonly Card[]): Card[] {
  const free = cards.filter(({ state }) => isFree(state));
  const unread = free.filter(({ report }) => report === null || report.brokenOff !== null);
  return unread.length > 0 ? unread : free;
}
