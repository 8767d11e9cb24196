/** How long a question takes, and how many a phone can think about at the same time. */
export interface PhonePace {
  readonly minMs: number;
  readonly maxMs: number;
  /** With more than so many at once each gets slower, and all together a little slower still; absent: as many as one likes. */
  readonly atOnce?: number;
}

interface Work {
  /** ms of a phone that does nothing else. */
  left: number;
  done: () => void;
}

/** What each question beyond those that the phone bears costs all of them. */
const lossEach = 0.03;

/**
 * What a phone is busy with: it makes one dump of a service at a time, has a limited number of cores, and loses time where more is asked
 * of it than it bears.
 */
export class PhoneLoad {
  private readonly working = new Set<Work>();
  private readonly queues = new Map<string, (() => void)[]>();
  private timer: NodeJS.Timeout | undefined;
  private since = 0;
  /** The most that it ever was asked at once. */
  most = 0;

  /** `service`: whose dump it is, or null. Calls `done` when the answer is there. */
  begin(ms: number, atOnce: number, service: string | null, done: () => void): void {
    if (service === null) {
      this.work(ms, atOnce, done);
      return;
    }
    const queue = this.queues.get(service);
    const begin = () =>
      this.work(ms, atOnce, () => {
        const next = this.queues.get(service)?.shift();
        if (next === undefined) this.queues.delete(service);
        else next();
        done();
      });
    if (queue !== undefined) {
      queue.push(begin);
      return;
    }
    this.queues.set(service, []);
    begin();
  }

  private work(left: number, atOnce: number, done: () => void): void {
    this.pass(atOnce);
    this.working.add({ left, done });
    this.most = Math.max(this.most, this.working.size);
    this.wait(atOnce);
  }

  /** How fast each is that works, as a share of how fast it were alone. */
  private speed(atOnce: number): number {
    const many = this.working.size;
    return many <= atOnce ? 1 : atOnce / many / (1 + lossEach * (many - atOnce));
  }

  private pass(atOnce: number): void {
    const now = performance.now();
    const done = (now - this.since) * this.speed(atOnce);
    this.since = now;
    for (const work of this.working) work.left -= done;
  }

  private wait(atOnce: number): void {
    clearTimeout(this.timer);
    if (this.working.size === 0) return;
    const soonest = Math.min(...[...this.working].map(({ left }) => left));
    this.timer = setTimeout(
      () => {
        this.pass(atOnce);
        // A timer may come a moment early.
        const ended = [...this.working].filter(({ left }) => left < 1);
        for (const work of ended) this.working.delete(work);
        for (const { done } of ended) done();
        this.wait(atOnce);
      },
      Math.max(1, soonest / this.speed(atOnce)),
    );
  }
}
