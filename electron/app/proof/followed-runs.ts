import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../program/clock.ts';
import { eventStream } from '../program/event-stream.ts';

/** Whoever has left a run may come back to it for so long: a page that is loaded anew takes less. */
const rejoinWaitMs = 10_000;

interface Run<Request, Event> {
  request: Request;
  /** The newest thing that was told; null: nothing yet. */
  latest: Event | null;
  followers: Set<(event: Event) => void>;
  /** Ends the run. */
  end: AbortController;
  /** Ends the wait for somebody to come back. */
  back: AbortController;
  done: Promise<void>;
}

interface FollowedRunsOptions<Request, Event> {
  work: (request: Request, signal: AbortSignal, emit: (event: Event) => void) => Promise<void>;
  clock: Clock;
}

/** Long runs, one at a time for each phone, that go on for a moment where nobody follows them any more. */
export class FollowedRuns<Request extends { phoneId: string }, Event> {
  readonly #options: FollowedRunsOptions<Request, Event>;
  readonly #runs = new Map<string, Run<Request, Event>>();

  constructor(options: FollowedRunsOptions<Request, Event>) {
    this.#options = options;
  }

  /** Begins a run, or goes on with the one that is under way where the same was asked for. Leaving it ends it after a moment. */
  async *follow(request: Request, signal: AbortSignal | undefined): AsyncGenerator<Event, void> {
    yield* eventStream<Event>(async (emit) => {
      const run = await this.#runFor(request);
      if (run.latest !== null) emit(run.latest);
      run.followers.add(emit);
      run.back.abort();
      const left = Promise.withResolvers<void>();
      const leave = (): void => left.resolve();
      signal?.addEventListener('abort', leave, { once: true });
      if (signal?.aborted === true) leave();
      try {
        await Promise.race([run.done, left.promise]);
      } finally {
        signal?.removeEventListener('abort', leave);
        run.followers.delete(emit);
        if (run.followers.size === 0) this.#waitFor(run);
      }
    });
  }

  /** What is under way, as it was asked for. */
  running(): Request[] {
    return [...this.#runs.values()].map(({ request }) => request);
  }

  /** Ends the run with a phone at once; nothing where there is none. */
  cancel(phoneId: string): void {
    this.#runs.get(phoneId)?.end.abort();
  }

  close(): void {
    for (const { end } of this.#runs.values()) end.abort();
  }

  async #runFor(request: Request): Promise<Run<Request, Event>> {
    const present = this.#runs.get(request.phoneId);
    if (present === undefined) return this.#begin(request);
    if (!present.end.signal.aborted && isDeepStrictEqual(present.request, request)) return present;
    if (present.followers.size === 0) {
      // Nobody follows it any more, and something else is asked for.
      present.end.abort();
      await present.done.catch(() => undefined);
    }
    return this.#begin(request);
  }

  #begin(request: Request): Run<Request, Event> {
    const end = new AbortController();
    const run: Run<Request, Event> = {
      request,
      latest: null,
      followers: new Set(),
      end,
      back: new AbortController(),
      done: Promise.resolve(),
    };
    const emit = (event: Event): void => {
      run.latest = event;
      for (const follower of run.followers) follower(event);
    };
    run.done = this.#options.work(request, end.signal, emit).finally(() => {
      run.back.abort();
      if (this.#runs.get(request.phoneId) === run) this.#runs.delete(request.phoneId);
    });
    // Its failure is told to whoever follows it, and is nobody's where nobody does.
    run.done.catch(() => undefined);
    this.#runs.set(request.phoneId, run);
    return run;
  }

  #waitFor(run: Run<Request, Event>): void {
    const back = new AbortController();
    run.back = back;
    void this.#options.clock.sleep(rejoinWaitMs, back.signal).then(() => {
      if (!back.signal.aborted && run.followers.size === 0) run.end.abort();
    });
  }
}
