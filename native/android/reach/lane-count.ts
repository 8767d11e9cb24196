/** So many a phone is asked at once at first; how long they take is what later answers are held against. */
const first = 7;
const most = 16;
const fewest = 2;
/** Answers that take so many times as long as before: the phone does not keep up. */
const slower = 1.6;
/** Fewer lanes gave answers that take so much less: they still stand in each other's way. */
const quicker = 0.7;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * How many questions a phone is asked at the same time: one more for each answer while it keeps up, half as many where its answers take
 * longer than the first ones did, and half again as long as that makes them come sooner. How long a question takes alone nobody knows
 * beforehand, so only answers of the same phone are held against each other, several at a time: a single one may simply be long.
 */
export class LaneCount {
  private lanes = first;
  private reference: number | null = null;
  private grows = true;
  private beforeHalving: number | null = null;
  private beforeLanes = first;
  /** How long the questions took that were begun since the lanes are as many as they are. */
  private taken: number[] = [];
  private since = 0;

  get count(): number {
    return this.lanes;
  }

  /** `startedAt` and `endedAt` of a question that was answered whole, in ms of one and the same clock. */
  answered(startedAt: number, endedAt: number): void {
    if (startedAt < this.since) {
      if (this.grows && this.reference !== null) this.lanes = Math.min(most, this.lanes + 1);
      return;
    }
    this.taken.push(endedAt - startedAt);
    if (this.grows) this.lanes = Math.min(most, this.lanes + 1);
    if (this.taken.length < (this.reference === null ? first : this.lanes)) return;
    this.compare(mean(this.taken), endedAt);
  }

  /** The phone did not open one more beside so many: it bears no more of them from now on. */
  notBeside(others: number): void {
    this.lanes = Math.max(1, Math.min(this.lanes, others));
    this.grows = false;
    this.beforeHalving = null;
  }

  private compare(now: number, at: number): void {
    if (this.reference === null) this.reference = now;
    else if (this.grows ? now > slower * this.reference : this.beforeHalving !== null) this.shrink(now);
    this.taken = [];
    this.since = at;
  }

  private shrink(now: number): void {
    if (this.beforeHalving !== null && now > quicker * this.beforeHalving) {
      // They do not any more: it bears as many as before.
      this.beforeHalving = null;
      this.lanes = this.beforeLanes;
      return;
    }
    this.grows = false;
    this.beforeHalving = now;
    this.beforeLanes = this.lanes;
    this.lanes = Math.max(fewest, Math.floor(this.lanes / 2));
  }
}
