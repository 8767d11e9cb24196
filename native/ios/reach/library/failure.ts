import type { Ended } from '../../../capture.ts';
import { afcMeaning, ideviceErrors, lockdownErrors, meaningOf } from '../errors.ts';

/** A question that the phone or the library did not answer; carries how the answer ended and why. */
export class LibraryFailure extends Error {
  override name = 'LibraryFailure';
  readonly ended: Ended;
  readonly code: number | null;

  constructor(ended: Ended, message: string, code: number | null = null) {
    super(message);
    this.ended = ended;
    this.code = code;
  }
}

export function checkLockdown(code: number): void {
  if (code === 0) return;
  const { ended, message } = meaningOf(lockdownErrors, code);
  throw new LibraryFailure(ended, message, code);
}

export function checkDevice(code: number): void {
  if (code === 0) return;
  const { ended, message } = meaningOf(ideviceErrors, code);
  throw new LibraryFailure(ended, message, code);
}

export function checkAfc(code: number): void {
  if (code === 0) return;
  const { ended, message } = afcMeaning(code);
  throw new LibraryFailure(ended, message, code);
}

/** Property lists: nothing came in time, or not enough of it (property_list_service.h); plain services: service.h. */
const timeouts: ReadonlySet<number> = new Set([-5, -6, -7]);

/**
 * Turns the codes of a service into failures. The services that send property lists share these numbers; −3 is a broken
 * connection in all of them.
 */
export const serviceCheck =
  (service: string) =>
  (code: number): void => {
    if (code === 0) return;
    const ended: Ended = code === -3 ? 'unplugged' : timeouts.has(code) ? 'timeout' : 'truncated';
    throw new LibraryFailure(ended, `${service} of the iPhone did not answer (code ${code}).`, code);
  };
