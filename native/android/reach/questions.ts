import { commandText } from '../../command.ts';
import { chosenProbes, type Probe, type Scope } from '../../probe.ts';
import { isKnown, type Reading } from '../../reading.ts';
import type { CaptureOptions } from '../../source.ts';
import { androidProbes } from '../read/read.ts';

/** One question of a scan: a probe, and the app it is asked about. */
export interface Question {
  probe: Probe;
  app: string | null;
  argv: readonly string[];
}

/** The words of a question, for captures and for people. */
export const questionText = (question: Question): string => commandText(question.argv);

/** The service whose dump a question asks for: a phone makes one dump of a service at a time. null: of none. */
export const serviceOf = ({ argv }: Question): string | null => (argv[0] === 'dumpsys' ? (argv[1] ?? null) : null);

/** `kept`: apps that are not installed, and that the phone still knows. */
export function questionsOf(
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

/** Whether a question is put the same way whoever is in front and whatever apps there are, so that it need not wait for either. */
export function asksWhoever({ probe }: Pick<Question, 'probe'>): boolean {
  const known = whoever.get(probe);
  if (known !== undefined) return known;
  const asks = !dependsOnUser(probe);
  whoever.set(probe, asks);
  return asks;
}

const whoever = new WeakMap<Probe, boolean>();

function dependsOnUser(probe: Probe): boolean {
  if (probe.per === 'app') return true;
  let depends = false;
  probe.command({
    get apps() {
      depends = true;
      return [];
    },
    get userId() {
      depends = true;
      return 0;
    },
  });
  return depends;
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

function serviceOfProbe(probe: Probe): string | null {
  if (probe.asked === 'file') return null;
  const scope = { apps: [], userId: 0 };
  return serviceOf({ probe, app: null, argv: probe.per === 'app' ? probe.command(scope, '') : probe.command(scope) });
}

/** Where so many probes ask one service, its dumps are what a scan waits for last. */
const longQueue = 3;
const byService = Map.groupBy(androidProbes, (probe) => serviceOfProbe(probe) ?? '');

/**
 * In the order in which they are best begun: what others depend on, then the longest queue for one service, then what comes `first` in
 * its order, then what has to wait for others of its service, then the rest in its order.
 */
export function mostUrgentFirst(questions: readonly Question[], first: readonly string[]): Question[] {
  const rank = (question: Question): number => {
    const { probe } = question;
    const queue = byService.get(serviceOf(question) ?? '-') ?? [];
    if (probe.asked !== 'scan') return 0;
    if (queue.length >= longQueue) return 1;
    const place = first.indexOf(probe.id);
    if (place >= 0) return 2 + place / first.length;
    return queue.length > 1 || (queue.length === 1 && probe.per === 'app') ? 4 : 5;
  };
  return questions.toSorted((a, b) => rank(a) - rank(b));
}
