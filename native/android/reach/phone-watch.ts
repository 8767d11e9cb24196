import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { mostPhones, type ListedPhone } from '../../phone.ts';
import type { PhoneList } from '../../source.ts';
import { androidRemedy } from './remedies.ts';

/** adb 29 tells nothing of a phone that goes offline, so the list is also asked for, this often. */
const pollMs = 1_000;
const longestBackOffMs = 10_000;
/** However often a server says that something has changed. */
const betweenListsMs = 100;

export interface Watched {
  /** The present list; starts the server where none runs. Rejects only where it is cut off because the program closes. */
  list(): Promise<PhoneList>;
  /** A stream on which anything that arrives means that the list has changed. */
  changes(signal: AbortSignal): Promise<Socket>;
}

/** Phones that were there and are not in the newest list stay, as gone, so that a person sees what happened to them. */
function withGone(before: readonly ListedPhone[], now: readonly ListedPhone[]): ListedPhone[] {
  const gone = before
    .filter((phone) => !now.some(({ id }) => id === phone.id))
    .map((phone): ListedPhone => ({ ...phone, state: 'gone', remedy: androidRemedy('gone') }));
  return [...now, ...gone].slice(0, mostPhones);
}

/**
 * Calls back with the list at once and whenever it changes, until the returned function is called or `closed` fires. A server
 * that died is noticed by the next poll and started again, ever more seldom while that fails.
 */
export function watchPhones(watched: Watched, onChange: (list: PhoneList) => void, closed: AbortSignal): () => void {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, closed]);
  void keepWatching(watched, onChange, signal);
  return () => stop.abort();
}

async function keepWatching(watched: Watched, onChange: (list: PhoneList) => void, signal: AbortSignal): Promise<void> {
  let phones: readonly ListedPhone[] = [];
  let told = '';
  let waitMs = pollMs;
  let tracker: Tracker | null = null;
  while (!signal.aborted) {
    const present = await presentList(watched, signal);
    if (present === null || signal.aborted) break;
    const { phones: now, troubles } = present;
    phones = withGone(phones, now);
    const list: PhoneList = { phones, troubles };
    const text = JSON.stringify(list);
    if (text !== told) {
      told = text;
      onChange(list);
    }
    const healthy = troubles.length === 0;
    waitMs = healthy ? pollMs : Math.min(waitMs * 2, longestBackOffMs);
    if (healthy && (tracker === null || tracker.ended)) tracker = await Tracker.open(watched, signal);
    await sleep(betweenListsMs, undefined, { signal }).catch(endOfWait);
    await Promise.race([
      sleep(waitMs - betweenListsMs, undefined, { signal }).catch(endOfWait),
      tracker?.changed() ?? never,
    ]);
  }
  tracker?.close();
}

/** Null: the watch has ended, and nobody waits for the list any more. */
async function presentList(watched: Watched, signal: AbortSignal): Promise<PhoneList | null> {
  try {
    return await watched.list();
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}

const never = new Promise<void>(() => undefined);

/** A wait that was ended by its signal has ended: that is no failure. */
function endOfWait(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}

/** `host:track-devices`: only the moment of a change is taken from it, never the list (adb 29 leaves states out). */
class Tracker {
  ended = false;
  private waiting = Promise.withResolvers<void>();
  private readonly socket: Socket;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', () => this.tell());
    socket.on('error', () => this.end());
    socket.on('close', () => this.end());
  }

  static async open(watched: Watched, signal: AbortSignal): Promise<Tracker | null> {
    try {
      return new Tracker(await watched.changes(signal));
    } catch (error) {
      // The next poll says what is the matter with the server.
      if (error instanceof Error) return null;
      throw error;
    }
  }

  changed(): Promise<void> {
    return this.waiting.promise;
  }

  close(): void {
    this.socket.destroy();
  }

  private tell(): void {
    this.waiting.resolve();
    this.waiting = Promise.withResolvers();
  }

  private end(): void {
    if (this.ended) return;
    this.ended = true;
    this.socket.destroy();
    this.tell();
  }
}
