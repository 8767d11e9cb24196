interface Open {
  lastedMs: number;
  aloneMs: number;
  /** It has had its time, and is waited for only since it was not alone. */
  late: boolean;
  /** Beside another that was late too: either may have kept the other from answering. */
  besideLate: boolean;
}

/** What others take from a question that they were beside for less of its time than this does not decide whether it is answered. */
const realShare = 1 / 3;

/**
 * What each question to a phone had beside it: how long a phone takes for one that is asked alone cannot be told from how long it took
 * beside others. One that is late itself no longer counts as company: it may hang, and takes nothing then.
 */
export class Company {
  private readonly deadlineMs: number;
  private readonly open = new Map<object, Open>();
  private at = 0;

  /** `deadlineMs`: how long a question may take that is asked alone. */
  constructor(deadlineMs: number) {
    this.deadlineMs = deadlineMs;
  }

  /** A lane has begun its next question. `now`: ms, of one and the same clock in all calls. */
  begin(lane: object, now: number): void {
    this.pass(now);
    this.open.set(lane, { lastedMs: 0, aloneMs: 0, late: false, besideLate: false });
  }

  /** Its question has ended. Whether another question may be why it was not answered. */
  end(lane: object, now: number): { mayBeOthers: boolean } {
    this.pass(now);
    const ended = this.open.get(lane);
    this.open.delete(lane);
    if (ended === undefined) return { mayBeOthers: false };
    return { mayBeOthers: ended.late ? ended.besideLate : ended.lastedMs - ended.aloneMs > realShare * ended.lastedMs };
  }

  /** For a question whose time is over: how much more it takes until it has had all of its time alone. */
  moreMs(lane: object, now: number): number {
    this.pass(now);
    const late = this.open.get(lane);
    if (late === undefined) return 0;
    late.late = true;
    for (const [other, one] of this.open) {
      if (other !== lane && one.late) one.besideLate = late.besideLate = true;
    }
    return Math.max(0, Math.ceil(this.deadlineMs - late.aloneMs));
  }

  private pass(now: number): void {
    const passed = now - this.at;
    this.at = now;
    const inTime = [...this.open.values()].filter(({ late }) => !late).length;
    for (const one of this.open.values()) {
      one.lastedMs += passed;
      const others = inTime - (one.late ? 0 : 1);
      if (others === 0) one.aloneMs += passed;
    }
  }
}
