import type { ListedPhone, Phone, Platform, Remedy } from '../../../native/phone.ts';
import { NativeError, type PhoneSource } from '../../../native/source.ts';
import type { Clock } from '../program/clock.ts';

/** What waiting for a phone needs. */
export interface RestartPlace {
  source: PhoneSource;
  phone: Phone;
  clock: Clock;
  /** Tells what is being waited for now, in words. */
  onWaiting: (detail: string) => void;
}

/** How a restart went, as far as this computer saw it. */
export interface Restart {
  /** The phone was gone for a while. */
  wentAway: boolean;
  /** It can be read again, and has started to the end. */
  back: boolean;
}

const deadlineMinutes = 5;
/** A phone that is told to restart is gone within this time, or does not restart at all. */
const leavingMs = 60_000;
const lookEveryMs = 1_000;

/** What a person does about a phone that did not come back. */
export const notBack: { detail: string; remedy: Remedy } = {
  detail: `The phone was not back after ${deadlineMinutes} minutes. Whether it has restarted is not known, and nothing is claimed.`,
  remedy: {
    title: 'Look at the phone',
    steps: [
      'If it is still starting, wait until it is done.',
      'If its screen is black, hold the power button until it starts.',
      'Unlock it, and allow this computer if it asks. Unplug it and plug it in again if it is not in the list.',
      'Then scan it again.',
    ],
  },
};

const restarts = `The phone switches off and on again. This is waited for, up to ${deadlineMinutes} minutes.`;
const starting = 'The phone is back and still starts up.';

/** Android sets this when it has started to the end; an iPhone that can be read has. */
const asksWhetherStarted: Record<Platform, readonly string[] | null> = {
  android: ['getprop', 'sys.boot_completed'],
  ios: null,
};

async function hasStarted({ source, phone }: RestartPlace): Promise<boolean> {
  const question = asksWhetherStarted[phone.platform];
  if (question === null) return true;
  try {
    const { output } = await source.run(phone.id, question);
    return output.trim() === '1';
  } catch (error) {
    // It went away once more, as some phones do while they start.
    if (error instanceof NativeError) return false;
    throw error;
  }
}

/**
 * Waits until a phone that was told to restart is away and back, ready, and started to the end; at most five minutes. `wentAway`:
 * whether the connection broke already.
 */
export async function waitForRestart(place: RestartPlace, wentAway: boolean): Promise<Restart> {
  const { source, phone, clock, onWaiting } = place;
  const never = new AbortController().signal;
  const began = clock.now().getTime();
  const passedMs = (): number => clock.now().getTime() - began;
  let told = '';
  const tell = (detail: string): void => {
    if (detail !== told) onWaiting(detail);
    told = detail;
  };
  tell(restarts);
  let away = wentAway;
  while (passedMs() < deadlineMinutes * 60_000) {
    const seen = await look(source, phone.id);
    if (seen?.state !== 'ready') away = true;
    // A phone that goes off or comes on does not answer for a while, which is nothing to be told.
    if (seen !== null && seen.state !== 'offline' && seen.remedy !== null) tell(`${seen.remedy.title}.`);
    if (seen?.state === 'ready' && away) {
      if (await hasStarted(place)) return { wentAway: true, back: true };
      tell(starting);
    }
    // It never left: the second reading tells that it was not restarted.
    if (!away && passedMs() > leavingMs) return { wentAway: false, back: true };
    await clock.sleep(lookEveryMs, never);
  }
  return { wentAway: away, back: false };
}

async function look(source: PhoneSource, phoneId: string): Promise<ListedPhone | null> {
  const { phones } = await source.list({ only: phoneId });
  return phones.find(({ id }) => id === phoneId) ?? null;
}
