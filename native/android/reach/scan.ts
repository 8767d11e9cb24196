import { answerKey } from '../../assemble.ts';
import { type Answer, type Capture, decodeText } from '../../capture.ts';
import { commandText } from '../../command.ts';
import { chosenProbes, type Probe, type Scope } from '../../probe.ts';
import { isKnown, type Reading } from '../../reading.ts';
import { readCapture } from '../../read-capture.ts';
import type { CaptureOptions } from '../../source.ts';
import { androidProbes, readAndroid } from '../read/read.ts';

/** One question of a scan: a probe, and the app it is asked about. */
export interface Question {
  probe: Probe;
  app: string | null;
  argv: readonly string[];
}

/** What was answered, and why the conversation ended before every question was. */
export interface Answered {
  answers: readonly Answer[];
  brokenOff: Capture['brokenOff'];
}

/** Asks questions of one phone; calls back after each answer. Resolves however it ends. */
export type Ask = (questions: readonly Question[], onAnswer: (answer: Answer) => void) => Promise<Answered>;

/** `kept`: apps that are not installed, and that the phone still knows. */
function questionsOf(
  asked: 'identity' | 'apps' | 'scan',
  scope: Scope,
  { probes: only, notifications = [] }: CaptureOptions,
  kept: readonly string[] = [],
): Question[] {
  return chosenProbes(androidProbes, only)
    .filter((probe) => probe.asked === asked)
    .flatMap((probe): Question[] =>
      probe.per === 'phone'
        ? [{ probe, app: null, argv: probe.command(scope) }]
        : [
            ...(probe.afterYes === true ? scope.apps.filter((app) => notifications.includes(app)) : scope.apps),
            ...(probe.alsoKept === true ? kept : []),
          ].map((app) => ({
            probe,
            app,
            argv: probe.command(scope, app),
          })),
    );
}

/** What of an answer may be kept; the rest is gone before there is a capture. */
export function keptOf(probe: Probe, answer: Answer, userId: number): Answer {
  if (probe.keep === undefined) return answer;
  const output = Buffer.from(probe.keep(decodeText(answer.output), { app: answer.app, userId }));
  return { ...answer, output, errors: answer.errors.slice(0, 200) };
}

/** The apps worth asking about: all but those that are known not to be installed. */
export const installedApps = (reading: Reading, apps: readonly string[]): string[] =>
  apps.filter((app) => {
    const installed = reading.apps[app]?.installed;
    return !isKnown(installed) || installed.value;
  });

/** Not installed, and yet the phone still knows it. */
export const isKept = (reading: Reading, app: string): boolean => {
  const kept = reading.apps[app]?.kept;
  return isKnown(kept) && kept.value;
};

/** The order of the answers is the order of the probes, whichever came first over the wire. */
function inProbeOrder(answers: readonly Answer[]): Answer[] {
  const rank = new Map(androidProbes.map((probe, index) => [probe.id, index]));
  return answers.toSorted((a, b) => (rank.get(a.probe) ?? 0) - (rank.get(b.probe) ?? 0));
}

/**
 * One scan: first who the phone is and which user is in front, then which apps that user has, then everything else about exactly
 * those. Resolves with what was read, however it ended.
 */
export async function scanPhone(phoneId: string, ask: Ask, options: CaptureOptions): Promise<Capture> {
  const started = new Date();
  const capture = (answered: Answered): Capture => ({
    platform: 'android',
    phoneId,
    origin: 'usb',
    startedAt: started.toISOString(),
    durationMs: Date.now() - started.getTime(),
    apps: options.apps,
    answers: inProbeOrder(answered.answers),
    brokenOff: answered.brokenOff,
  });
  let answered = 0;
  let total = 0;
  const askCounted = async (questions: readonly Question[], expected: number, userId: number): Promise<Answered> => {
    total = answered + expected;
    if (questions.length === 0) return { answers: [], brokenOff: null };
    const probes = new Map(questions.map(({ probe }) => [probe.id, probe]));
    const got = await ask(questions, (answer) => {
      answered += 1;
      options.onProgress?.({ answered, total, probe: answerKey(answer.probe, answer.app) });
    });
    const answers = got.answers.map((answer) => {
      const probe = probes.get(answer.probe);
      return probe === undefined ? answer : keptOf(probe, answer, userId);
    });
    return { ...got, answers };
  };

  const { apps } = options;
  const first = questionsOf('identity', { apps, userId: 0 }, options);
  const later = (['apps', 'scan'] as const).flatMap((asked) => questionsOf(asked, { apps: [], userId: 0 }, options));
  const identity = await askCounted(first, first.length + later.length, 0);
  if (identity.brokenOff !== null) return capture(identity);

  const { userId: inFront } = (await readCapture(capture(identity), readAndroid)).identity;
  const userId = isKnown(inFront) ? inFront.value : 0;
  const lists = questionsOf('apps', { apps, userId }, options);
  const listed = await askCounted(lists, later.length, userId);
  const known = { answers: [...identity.answers, ...listed.answers], brokenOff: listed.brokenOff };
  if (known.brokenOff !== null) return capture(known);

  const so = await readCapture(capture(known), readAndroid);
  const installed = installedApps(so, apps);
  const kept = apps.filter((app) => !installed.includes(app) && isKept(so, app));
  const rest = questionsOf('scan', { apps: installed, userId }, options, kept);
  const { answers, brokenOff } = await askCounted(rest, rest.length, userId);
  return capture({ answers: [...known.answers, ...answers], brokenOff });
}

/** The words of a question, for captures and for people. */
export const questionText = (question: Question): string => commandText(question.argv);
