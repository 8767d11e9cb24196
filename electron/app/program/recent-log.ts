/** What somebody needs who looks for a fault of today. */
const most = 500;

/** The last lines of the log, for whoever looks at them in the window; it is kept in memory only. */
export class RecentLog {
  readonly #lines: string[] = [];

  add(line: string, at: Date): void {
    this.#lines.push(`${at.toISOString()} ${line}`);
    if (this.#lines.length > most) this.#lines.shift();
  }

  get lines(): readonly string[] {
    return [...this.#lines];
  }
}
