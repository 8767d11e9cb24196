import { learnFrom } from '../../../native/offline/redaction.ts';
import type { Capture } from '../../../native/capture.ts';
import type { Phone } from '../../../native/phone.ts';
import { Redaction } from '../../../native/redaction.ts';

/** What somebody needs who looks for a fault of today. */
const most = 500;

/**
 * The last lines of the log, for whoever looks at them in the window; it is kept in memory only. No line tells whose a phone is: a log is
 * copied and sent to whoever is asked for help.
 */
export class RecentLog {
  readonly #lines: string[] = [];
  readonly #redaction = new Redaction('named');

  /** Keeps a line; as it is kept. */
  add(line: string, at: Date): string {
    const redacted = this.redacted(line);
    this.#lines.push(`${at.toISOString()} ${redacted}`);
    if (this.#lines.length > most) this.#lines.shift();
    return redacted;
  }

  /** A text as a line of the log would hold it. */
  redacted(text: string): string {
    return this.#redaction.text(text);
  }

  /** From now on no line names this phone. */
  knowPhone({ id, platform, name }: Phone): void {
    this.#redaction.know('serial', id);
    // An Android phone's name is what its maker calls it.
    if (platform === 'ios' && name !== null) this.#redaction.know('name', name);
  }

  /** From now on no line says what tells in this capture whose the phone is. */
  knowCapture(capture: Capture): void {
    learnFrom(capture, this.#redaction);
  }

  get lines(): readonly string[] {
    return [...this.#lines];
  }
}
