import { answerKey } from '../../assemble.ts';
import { type Answer, type Capture, decodeText } from '../../capture.ts';
import { probesThatGive, type Probe } from '../../probe.ts';
import { isKnown } from '../../reading.ts';
import { readCapture } from '../../read-capture.ts';
import type { CaptureOptions, CaptureSoFar } from '../../source.ts';
import { androidProbes, readAndroid } from '../read/read.ts';
import {
  asksWhoever,
  installedApps,
  isKept,
  mostUrgentFirst,
  questionsOf,
  questionText,
  type Question,
} from './questions.ts';

export { questionText, type Question } from './questions.ts';

/** What was answered, and why the conversation ended before every question was. */
export interface Answered {
  answers: readonly Answer[];
  brokenOff: Capture['brokenOff'];
}

/** Questions that can be asked since others are answered. Whoever asks may take them while it asks; what it leaves comes in another round. */
export interface LaterQuestions {
  /** Resolves when every answer told so far has been looked at. */
  settled(): Promise<void>;
  take(): readonly Question[];
  /** The most urgent first. */
  inOrder(questions: readonly Question[]): Question[];
}

/** Asks questions of one phone; calls back after each answer. Resolves however it ends. */
export type Ask = (
  questions: readonly Question[],
  onAnswer: (answer: Answer) => void,
  later: LaterQuestions,
) => Promise<Answered>;

/** What of an answer may be kept; the rest is gone before there is a capture. */
export function keptOf(probe: Probe, answer: Answer, userId: number): Answer {
  if (probe.keep === undefined) return answer;
  const output = Buffer.from(probe.keep(decodeText(answer.output), { app: answer.app, userId }));
  return { ...answer, output, errors: answer.errors.slice(0, 200) };
}

const rankOf = new Map(androidProbes.map((probe, index) => [probe.id, index]));

/** The order of the answers is the order of the probes and of the apps, whichever came first over the wire. */
function inOrder(answers: readonly Answer[], apps: readonly string[]): Answer[] {
  const place = ({ app }: Answer): number => (app === null ? -1 : apps.indexOf(app));
  return answers.toSorted((a, b) => (rankOf.get(a.probe) ?? 0) - (rankOf.get(b.probe) ?? 0) || place(a) - place(b));
}

/** Everything that is known while a phone is asked, and which questions follow from it. */
class Conversation implements LaterQuestions {
  private readonly phoneId: string;
  private readonly options: CaptureOptions;
  private readonly read: typeof readCapture;
  private readonly started = new Date();
  private readonly probes = new Map(androidProbes.map((probe) => [probe.id, probe]));
  private answers: Answer[] = [];
  private ready: Question[] = [];
  /** What is asked about whoever is in front, and his apps. */
  private readonly ofUser = new Set<string>();
  /** The user whose questions are asked. null: nobody's yet. */
  private userId: number | null = null;
  private isSure = false;
  private installed: readonly string[] | null = null;
  private looking: Promise<void> = Promise.resolve();
  /** Whether the next look, which sees every answer told until it begins, has not begun. */
  private willLook = false;
  private counted = 0;
  private total: number;

  constructor(phoneId: string, options: CaptureOptions, asksAhead: boolean, read: typeof readCapture) {
    this.phoneId = phoneId;
    this.options = options;
    this.read = read;
    const anyone = { apps: [], userId: 0 };
    const identity = questionsOf('identity', anyone, options);
    const later = (['apps', 'scan'] as const).flatMap((asked) => questionsOf(asked, anyone, options));
    this.total = identity.length + later.length;
    this.ready = [...identity, ...later.filter((question) => asksWhoever(question))];
    if (asksAhead) this.askOf(0);
    // Where nothing is asked first, nothing told comes before what is asked next.
    this.lookOn();
  }

  take(): readonly Question[] {
    return this.inOrder(this.ready.splice(0));
  }

  inOrder(questions: readonly Question[]): Question[] {
    return mostUrgentFirst(questions, this.options.first ?? []);
  }

  settled(): Promise<void> {
    return this.looking;
  }

  readonly told = (answer: Answer): void => {
    if (!this.isOfThem(answer)) return;
    this.counted += 1;
    this.answers.push(this.kept(answer));
    const { total, counted: answered } = this;
    this.options.onProgress?.({ answered, total, probe: answerKey(answer.probe, answer.app), soFar: this.soFar });
    this.lookOn();
  };

  /** What a round came to: it may know better how its answers ended. */
  came(earlier: readonly Answer[], answers: readonly Answer[]): Answer[] {
    const own = answers.filter((answer) => this.isOfThem(answer)).map((answer) => this.kept(answer));
    const known = [...earlier.filter((answer) => this.isOfThem(answer)), ...own];
    this.answers = [...known];
    this.lookOn();
    return known;
  }

  capture(answers: readonly Answer[], brokenOff: Capture['brokenOff']): Capture {
    return {
      platform: 'android',
      phoneId: this.phoneId,
      origin: 'usb',
      startedAt: this.started.toISOString(),
      durationMs: Date.now() - this.started.getTime(),
      apps: this.options.apps,
      answers: inOrder(answers, this.options.apps),
      brokenOff,
    };
  }

  /** As it is at this moment, whatever comes later. */
  private readonly soFar = (): CaptureSoFar => {
    const { installed, userId, options } = this;
    const scope = { apps: installed ?? [], userId: userId ?? 0 };
    const missing = new Set(
      (['identity', 'apps', 'scan'] as const)
        .flatMap((asked) => questionsOf(asked, scope, options))
        .filter(({ probe, app }) => !this.answers.some((answer) => answer.probe === probe.id && answer.app === app))
        .map(({ probe }) => probe),
    );
    const knowsWhom = this.isSure && installed !== null;
    return {
      capture: this.capture([...this.answers], null),
      isSettled: (path) => knowsWhom && probesThatGive([...missing], [path]).length === 0,
    };
  };

  /** Only what is asked about one user is cut. */
  private kept(answer: Answer): Answer {
    const probe = this.probes.get(answer.probe);
    return probe === undefined ? answer : keptOf(probe, answer, this.userId ?? 0);
  }

  /** An answer about another user than the one in front is nobody's. */
  private isOfThem(answer: Answer): boolean {
    const probe = this.probes.get(answer.probe);
    const ofAll = probe !== undefined && asksWhoever({ probe });
    return ofAll || this.ofUser.has(answer.command);
  }

  private lookOn(): void {
    if (this.willLook) return;
    this.willLook = true;
    this.looking = this.looking.then(() => {
      this.willLook = false;
      return this.look();
    });
    // Told to whoever waits for it.
    this.looking.then(undefined, () => undefined);
  }

  /** Of a conversation that has ended, nothing follows any more. */
  private get isOver(): boolean {
    return this.options.signal?.aborted === true;
  }

  private async look(): Promise<void> {
    if (this.isOver) return;
    if (!this.isSure) {
      const inFront = await this.userInFront();
      if (this.isOver) return;
      this.isSure = inFront !== null;
      if (inFront !== null && inFront !== this.userId) this.askOf(inFront);
    }
    if (this.userId === null || this.installed !== null || !this.isAnswered('apps')) return;
    const { apps } = this.options;
    const so = await this.readSo('identity', 'apps');
    if (this.isOver) return;
    const installed = installedApps(so, apps);
    const kept = apps.filter((app) => !installed.includes(app) && isKept(so, app));
    this.installed = installed;
    const scope = { apps: installed, userId: this.userId };
    const ofApps = questionsOf('scan', scope, this.options, kept).filter(({ app }) => app !== null);
    this.total += ofApps.length;
    this.add(ofApps);
  }

  /** Asks what depends on the user in front; of any other, nothing counts any more. */
  private askOf(userId: number): void {
    const { options } = this;
    this.ready = this.ready.filter((question) => asksWhoever(question));
    this.ofUser.clear();
    this.answers = this.answers.filter((answer) => this.isOfThem(answer));
    this.counted = this.answers.length;
    this.userId = userId;
    this.installed = null;
    const scope = { apps: options.apps, userId };
    const ofUser = questionsOf('scan', { ...scope, apps: [] }, options).filter((question) => !asksWhoever(question));
    const everybody = (['identity', 'apps', 'scan'] as const).flatMap((asked) =>
      questionsOf(asked, { apps: [], userId }, options),
    );
    this.total = everybody.length;
    this.add([...questionsOf('apps', scope, options), ...ofUser]);
  }

  private add(questions: readonly Question[]): void {
    this.ready.push(...questions);
    for (const question of questions) this.ofUser.add(questionText(question));
  }

  /** Whoever of those that know has been asked first has the last word; null while one is missing that might. */
  private async userInFront(): Promise<number | null> {
    const who = questionsOf('identity', { apps: [], userId: 0 }, this.options).map(({ probe }) => probe);
    for (const probe of who.filter(({ gives }) => gives.identity?.includes('userId'))) {
      if (this.isOver || !this.answers.some((answer) => answer.probe === probe.id)) return null;
      const { userId } = (await this.readSo('identity')).identity;
      if (isKnown(userId) && userId.source === probe.id) return userId.value;
    }
    if (this.isOver || !this.isAnswered('identity')) return null;
    const { userId } = (await this.readSo('identity')).identity;
    return isKnown(userId) ? userId.value : 0;
  }

  private isAnswered(asked: 'identity' | 'apps'): boolean {
    const questions = questionsOf(asked, { apps: [], userId: 0 }, this.options);
    return questions.every(({ probe }) => this.answers.some((answer) => answer.probe === probe.id));
  }

  private readSo(...asked: readonly Probe['asked'][]) {
    const of = (answer: Answer): boolean => asked.some((one) => this.probes.get(answer.probe)?.asked === one);
    return this.read(this.capture(this.answers.filter(of), null), readAndroid, { signal: this.options.signal });
  }
}

/**
 * One scan: who the phone is and which user is in front, and beside that whatever does not depend on it; then which apps that user has, then
 * everything about exactly those. `asksAhead`: it is taken for granted that the phone's first user is in front, and where it is another,
 * what was asked about the first is asked again. `read` says what the answers so far mean. The signal of the options ends the reading in between too. Resolves with what was read, however it ended.
 */
export async function scanPhone(
  phoneId: string,
  ask: Ask,
  options: CaptureOptions,
  { asksAhead = false, read = readCapture } = {},
): Promise<Capture> {
  const conversation = new Conversation(phoneId, options, asksAhead, read);
  let answers: readonly Answer[] = [];
  await conversation.settled();
  for (let questions = conversation.take(); questions.length > 0; questions = conversation.take()) {
    const got = await ask(questions, conversation.told, conversation);
    // Who is in front decides what of an answer is kept.
    await conversation.settled();
    answers = conversation.came(answers, got.answers);
    if (got.brokenOff !== null) return conversation.capture(answers, got.brokenOff);
    await conversation.settled();
  }
  return conversation.capture(answers, null);
}
