import { z } from 'zod';

/** Why a value could not be read. `missing`: this phone or file simply does not have it. */
export const unavailableReasonSchema = z.enum(['timeout', 'denied', 'truncated', 'missing', 'unplugged', 'unparsed']);
export type UnavailableReason = z.infer<typeof unavailableReasonSchema>;

/** Stands where a parser could not give a value: never a default, never a guess. */
export class Unavailable {
  readonly reason: UnavailableReason;
  /** One plain sentence for a person; may quote the phone. */
  readonly detail: string;

  constructor(reason: UnavailableReason, detail: string) {
    this.reason = reason;
    this.detail = detail;
  }
}

export const unavailable = (reason: UnavailableReason, detail: string): Unavailable => new Unavailable(reason, detail);
