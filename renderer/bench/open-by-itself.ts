/** Which screen is shown, as far as the bench has to know. */
export type Shown = 'home' | 'bench' | { phoneId: string } | 'other';

export interface Counted {
  shown: Shown;
  /** The real phones at the counter, plugged in or unplugged a moment ago. */
  phoneIds: readonly string[];
  /** How many of them are plugged in. */
  plugged: number;
  /** Whether anything was done with the phone that is shown, or is being done on the bench. */
  busy: boolean;
  /** Whether the bench was opened by itself, and not by a person. */
  openedByItself: boolean;
  /** Whether it was opened by itself for the phones that are here already: a person who has left it stays away. */
  wasOffered: boolean;
}

export type Move = { to: 'bench' } | { to: 'phone'; phoneId: string } | null;

/**
 * Where the window goes by itself. It goes to the bench when a second phone is there, and back to the phone when one is left; never away
 * from what somebody is doing. Pure.
 */
export function moveByItself({ shown, phoneIds, plugged, busy, openedByItself, wasOffered }: Counted): Move {
  if (shown === 'bench') {
    const [only, another] = phoneIds;
    const stepsBack = openedByItself && !busy && only !== undefined && another === undefined && plugged === 1;
    return stepsBack ? { to: 'phone', phoneId: only } : null;
  }
  if (plugged < 2 || wasOffered || busy || shown === 'other') return null;
  return { to: 'bench' };
}
