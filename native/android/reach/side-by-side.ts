import type { AnswerRoom } from '../../answer-room.ts';
import type { Answer } from '../../capture.ts';
import { runBatch, type BatchAnswer, type OpenShell } from './batch.ts';
import { Company } from './company.ts';
import { LaneCount } from './lane-count.ts';
import { questionText, serviceOf, type Question } from './questions.ts';
import type { LaterQuestions } from './scan.ts';

export interface SideBySideOptions {
  open: OpenShell;
  version: 1 | 2;
  stillThere: () => Promise<boolean>;
  /** For one question. */
  deadlineMs: number;
  /** When the scan ends in any case, on the clock of `performance.now()`. */
  endsAt: number;
  room: AnswerRoom;
  signal: AbortSignal;
  later: LaterQuestions;
  onAnswer: (answer: Answer) => void;
  /** Whether the phone itself says that it has given up for want of time. */
  isGivenUp: (answer: Answer) => boolean;
}

/** How asking ended. `silent`: a phone that opened no shell in time is asked no further. */
export type AskedEnd = 'done' | 'unplugged' | 'silent';

/** Quicker answers than this cost more for their shell than for themselves, */
const quickMs = 60;
/** so that so many of them share one; not all of them, which would leave the other lanes without work. */
const mostInAShell = 12;
/** The answers by which the next ones are expected to be quick or not. */
const recently = 6;

export const answerOf = (question: Question, { output, startedAt, ...answer }: BatchAnswer): Answer => ({
  probe: question.probe.id,
  app: question.app,
  command: questionText(question),
  output,
  startedAt: startedAt.toISOString(),
  ...answer,
});

/**
 * Asks a phone several questions at the same time, each lane in a shell of its own: as many as the phone keeps up with, never two for dumps
 * of one service, and quick ones several to a shell. A question that has had its time beside others has not had it alone: it is given
 * as much more as it had company, and where that company did not answer either, it is asked once more by itself.
 */
export class SideBySide {
  private readonly options: SideBySideOptions;
  private readonly lanes = new LaneCount();
  private readonly company: Company;
  private waiting: Question[];
  private readonly again: { question: Question; answer: Answer }[] = [];
  private readonly busy = new Set<string>();
  private readonly lately: number[] = [];
  private readonly stop = new AbortController();
  private readonly signal: AbortSignal;
  private readonly finished = Promise.withResolvers<AskedEnd>();
  private readonly failures: unknown[] = [];
  private running = 0;
  private looking = 0;
  private end: AskedEnd = 'done';

  constructor(questions: readonly Question[], options: SideBySideOptions) {
    this.waiting = [...questions];
    this.options = options;
    this.company = new Company(options.deadlineMs);
    this.signal = AbortSignal.any([options.signal, this.stop.signal]);
  }

  /** Resolves when every lane has ended. Rejects with what the first of them failed of. */
  ask(): Promise<AskedEnd> {
    this.goOn();
    return this.finished.promise;
  }

  private goOn(): void {
    while (!this.signal.aborted && this.running < this.lanes.count) {
      const share = this.takeShare();
      if (share.length === 0) break;
      void this.runLane(share);
    }
    if (this.running > 0 || this.looking > 0) return;
    const left = this.again.shift();
    if (left !== undefined) {
      const hasTime = performance.now() + this.options.deadlineMs <= this.options.endsAt;
      if (hasTime && !this.signal.aborted) void this.runLane([left.question], { alone: true });
      else {
        this.tell(left.answer);
        this.goOn();
      }
      return;
    }
    if (this.end === 'done' && this.failures.length > 0) this.finished.reject(this.failures[0]);
    else this.finished.resolve(this.end);
  }

  /** The next questions for one shell, the most urgent first; none of a service that is being asked. */
  private takeShare(): Question[] {
    const size = this.areQuick() ? Math.min(mostInAShell, Math.ceil(this.waiting.length / this.lanes.count)) : 1;
    const share: Question[] = [];
    const others = new Set(this.busy);
    for (const question of this.waiting) {
      if (share.length >= size) break;
      const service = serviceOf(question);
      if (service !== null && others.has(service)) continue;
      share.push(question);
      if (service !== null) this.busy.add(service);
    }
    for (const question of share) this.waiting.splice(this.waiting.indexOf(question), 1);
    return share;
  }

  private areQuick(): boolean {
    return this.lately.length >= recently && this.lately.slice(-recently).every((ms) => ms < quickMs);
  }

  private async runLane(share: readonly Question[], { alone = false } = {}): Promise<void> {
    const lane = {};
    const { open, version, stillThere, deadlineMs, room } = this.options;
    this.running += 1;
    const opened: OpenShell = async (script, signal) => {
      const shell = await open(script, signal);
      this.company.begin(lane, performance.now());
      return shell;
    };
    try {
      const end = await runBatch(
        opened,
        version,
        share.map(({ argv }) => argv),
        stillThere,
        {
          deadlineMs,
          moreMs: () => this.company.moreMs(lane, performance.now()),
          room,
          signal: this.signal,
          onAnswer: (index, answer) => {
            const { mayBeOthers } = this.company.end(lane, performance.now());
            const question = share[index];
            if (question === undefined) return;
            if (index + 1 < share.length) this.company.begin(lane, performance.now());
            this.answered(question, answer, !alone && mayBeOthers);
          },
        },
      );
      if (end !== 'done') {
        // Of several lanes, the one that knows that the phone is gone has the last word.
        if (this.end !== 'unplugged') this.end = end;
        this.stop.abort();
      }
    } catch (error) {
      this.failures.push(error);
    } finally {
      this.company.end(lane, performance.now());
      for (const question of share) this.busy.delete(serviceOf(question) ?? '');
      this.running -= 1;
      this.goOn();
    }
  }

  private answered(question: Question, given: BatchAnswer, mayBeOthers: boolean): void {
    const answer = answerOf(question, given);
    const tooLate = answer.ended === 'timeout' || (answer.ended === 'whole' && this.options.isGivenUp(answer));
    if (tooLate && mayBeOthers) {
      this.again.push({ question, answer });
      return;
    }
    if (answer.ended === 'whole') {
      this.lately.push(given.durationMs);
      const startedAt = given.startedAt.getTime();
      this.lanes.answered(startedAt, startedAt + given.durationMs);
    }
    this.tell(answer);
  }

  private tell(answer: Answer): void {
    this.options.onAnswer(answer);
    this.looking += 1;
    const looked = (): void => {
      this.looking -= 1;
      const more = this.options.later.take();
      if (more.length > 0) this.waiting = this.options.later.inOrder([...this.waiting, ...more]);
      this.goOn();
    };
    this.options.later.settled().then(looked, (error: unknown) => {
      this.failures.push(error);
      looked();
    });
  }
}
