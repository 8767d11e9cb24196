import type { AnswerRoom } from '../../answer-room.ts';
import type { Answer } from '../../capture.ts';
import { NotOpened, runShell, unanswered, type BatchAnswer, type OpenShell } from './batch.ts';
import { Company } from './company.ts';
import { LaneCount } from './lane-count.ts';
import { QuestionQueue } from './question-queue.ts';
import { questionText, type Question } from './questions.ts';
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
/** So many are asked in any case beside those that have had their time, which may hang. */
const besideLate = 2;
/** So many shells are never open at once, however many of them hang. */
const mostShells = 32;
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

/** A question that was not answered beside others, and what came of it. */
interface Unanswered {
  question: Question;
  answer: Answer;
}

/** One shell. */
interface Lane {
  /** What is left to it: the questions behind one that lets its time pass go to other lanes. */
  share: readonly Question[];
  /** What it asks once more, with nothing beside it. */
  again: Unanswered | null;
  signal: AbortSignal;
}

/**
 * Asks a phone several questions at the same time, each lane in a shell of its own: as many as the phone keeps up with, never two for dumps
 * of one service, and quick ones several to a shell. A question that has had its time beside others has not had it alone: it is given
 * as much more as it had company, and where that company did not answer either, it is asked once more by itself. None of that holds up
 * the others, or lasts until the end of the scan.
 */
export class SideBySide {
  private readonly options: SideBySideOptions;
  private readonly lanes = new LaneCount();
  private readonly company: Company;
  private readonly queue: QuestionQueue;
  private readonly again: Unanswered[] = [];
  private readonly lately: number[] = [];
  private readonly stop = new AbortController();
  private readonly signal: AbortSignal;
  private readonly finished = Promise.withResolvers<AskedEnd>();
  private readonly failures: unknown[] = [];
  private readonly running = new Set<Lane>();
  /** Those whose question has had its time: they are waited for beside the others. */
  private readonly late = new Set<Lane>();
  private looking = 0;
  private end: AskedEnd = 'done';
  /** When nothing is waited for any more that has had its time, so that the scan ends whole without it. */
  private readonly lastAt: number;

  constructor(questions: readonly Question[], options: SideBySideOptions) {
    this.queue = new QuestionQueue(questions);
    this.options = options;
    this.company = new Company(options.deadlineMs);
    this.signal = AbortSignal.any([options.signal, this.stop.signal]);
    this.lastAt = options.endsAt - Math.min(1000, options.deadlineMs / 10);
  }

  /** Resolves when every lane has ended. Rejects with what the first of them failed of. */
  ask(): Promise<AskedEnd> {
    this.goOn();
    return this.finished.promise;
  }

  private goOn(): void {
    while (!this.signal.aborted && this.inTime < this.places && this.running.size < mostShells) {
      const quick = Math.min(mostInAShell, Math.ceil(this.queue.length / this.lanes.count));
      const share = this.queue.take(this.areQuick() ? quick : 1);
      if (share.length === 0) break;
      void this.runLane({ share, again: null, signal: this.signal });
    }
    if (this.running.size > 0 || this.looking > 0) return;
    const left = this.again.shift();
    if (left !== undefined) {
      const hasTime = performance.now() + this.options.deadlineMs <= this.lastAt;
      if (hasTime && !this.signal.aborted) void this.askAgain(left);
      else {
        this.tell(left.answer);
        this.goOn();
      }
      return;
    }
    if (this.end === 'done' && this.failures.length > 0) this.finished.reject(this.failures[0]);
    else this.finished.resolve(this.end);
  }

  /** For questions in time: those that are late take a place, as a busy phone is late with all, but not all of them. */
  private get places(): number {
    return Math.max(this.lanes.count - this.late.size, Math.min(this.lanes.count, besideLate));
  }

  private get inTime(): number {
    return this.running.size - this.late.size;
  }

  private areQuick(): boolean {
    return this.lately.length >= recently && this.lately.slice(-recently).every((ms) => ms < quickMs);
  }

  private async askAgain(left: Unanswered): Promise<void> {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), this.lastAt - performance.now());
    const signal = AbortSignal.any([this.signal, limit.signal]);
    await this.runLane({ share: [left.question], again: left, signal });
    clearTimeout(timer);
  }

  private async runLane(lane: Lane): Promise<void> {
    const asked = lane.share;
    const { open, version, deadlineMs, room } = this.options;
    const { signal } = lane;
    this.running.add(lane);
    const opened: OpenShell = async (script) => {
      const shell = await open(script, signal);
      this.company.begin(lane, performance.now());
      return shell;
    };
    const commands = asked.map(({ argv }) => argv);
    let told = 0;
    try {
      const { next, broke } = await runShell(opened, version, commands, 0, {
        deadlineMs,
        moreMs: (index) => this.moreMs(lane, index),
        room,
        signal,
        onAnswer: (index, answer) => {
          const { mayBeOthers } = this.company.end(lane, performance.now());
          const question = lane.share[index];
          if (question === undefined) return;
          told += 1;
          if (index + 1 < lane.share.length) this.company.begin(lane, performance.now());
          this.answered(question, answer, mayBeOthers, lane.again !== null);
        },
      });
      this.giveBack(lane, next);
      if (broke) await this.isThere();
    } catch (error) {
      if (error instanceof NotOpened) await this.notOpened(lane, error);
      else if (lane.again === null || this.signal.aborted) this.failures.push(error);
    } finally {
      this.company.end(lane, performance.now());
      this.queue.done(lane.share);
      this.running.delete(lane);
      this.late.delete(lane);
      // What it said the first time is all that is known of it.
      if (lane.again !== null && told === 0) this.tell(lane.again.answer);
      this.goOn();
    }
  }

  /** How much longer a question that has had its time is waited for: none of the others waits for it meanwhile. */
  private moreMs(lane: Lane, index: number): number {
    const now = performance.now();
    const question = lane.share[index];
    if (question === undefined) return 0;
    // What others depend on leaves them their time.
    const until = question.probe.asked === 'scan' ? this.lastAt : this.options.endsAt - this.options.deadlineMs;
    const moreMs = Math.min(this.company.moreMs(lane, now), Math.floor(until - now));
    if (moreMs <= 0) return 0;
    if (!this.late.has(lane)) {
      this.late.add(lane);
      this.queue.letPass(question);
      this.giveBack(lane, index + 1);
      this.goOn();
    }
    return moreMs;
  }

  /** The questions of a lane that it does not come to. */
  private giveBack(lane: Lane, from: number): void {
    const rest = lane.share.slice(from);
    lane.share = lane.share.slice(0, from);
    this.queue.giveBack(rest);
  }

  private async isThere(): Promise<boolean> {
    const isThere = await this.options.stillThere();
    if (!isThere) this.endAs('unplugged');
    return isThere;
  }

  /** Of several lanes, the one that knows that the phone is gone has the last word. */
  private endAs(end: AskedEnd): void {
    if (this.end !== 'unplugged') this.end = end;
    this.stop.abort();
  }

  /** A busy phone may be late with one more shell, or refuse it, and yet answer in those that it has. */
  private async notOpened(lane: Lane, error: NotOpened): Promise<void> {
    if (!(await this.isThere()) || lane.again !== null) return;
    const others = this.inTime - 1;
    if (others > 0) {
      this.lanes.notBeside(others);
      this.giveBack(lane, 0);
      return;
    }
    const [question] = lane.share;
    if (error.isSilent && question !== undefined) {
      this.tell(answerOf(question, unanswered({ ended: 'timeout', detail: error.message })));
      this.endAs('silent');
    } else {
      this.failures.push(error.cause);
      this.stop.abort();
    }
  }

  private answered(question: Question, given: BatchAnswer, mayBeOthers: boolean, isAgain: boolean): void {
    const answer = answerOf(question, given);
    const tooLate = answer.ended === 'timeout' || (answer.ended === 'whole' && this.options.isGivenUp(answer));
    if (tooLate) {
      this.queue.letPass(question);
      if (isAgain) this.tellAlike(answer);
      else if (mayBeOthers) {
        this.again.push({ question, answer });
        return;
      }
    }
    if (answer.ended === 'whole') {
      this.lately.push(given.durationMs);
      const startedAt = given.startedAt.getTime();
      this.lanes.answered(startedAt, startedAt + given.durationMs);
    }
    this.tell(answer);
  }

  /** The phone has given up this one by itself too, so it was not for the others; no more is it with those that are left. */
  private tellAlike({ ended }: Answer): void {
    if (ended !== 'whole') return;
    for (const one of this.again.filter(({ answer }) => answer.ended === ended)) {
      this.again.splice(this.again.indexOf(one), 1);
      this.tell(one.answer);
    }
  }

  private tell(answer: Answer): void {
    this.options.onAnswer(answer);
    this.looking += 1;
    const { later } = this.options;
    const looked = (): void => {
      this.looking -= 1;
      this.queue.add(later.take(), (all) => later.inOrder(all));
      this.goOn();
    };
    later.settled().then(looked, (error: unknown) => {
      this.failures.push(error);
      looked();
    });
  }
}
