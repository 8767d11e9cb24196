import type { Reading } from '../../../native/reading.ts';
import type { AutomaticCorrection, Catalog } from '../../../diagnosis/load/catalog.ts';
import type { Finding } from '../../../diagnosis/finding.ts';
import { backupAppOf } from '../../../diagnosis/judge/judge.ts';
import { isOpen } from '../../../diagnosis/judge/order.ts';
import { isPresent } from '../../../diagnosis/uploads/app-presence.ts';
import type { Action } from '../../../db/records/actions.ts';
import { ApplicationError } from '../program/problem.ts';

export interface CorrectionChoice {
  finding: Finding;
  correction: AutomaticCorrection;
}

/** What was asked for: a cause, the app where it is per app, and which of its corrections (the first automatic one if null). */
export interface CorrectionRequest {
  cause: string;
  app: string | null;
  correction: string | null;
}

/** The correction of an action; null where the catalog does not hold it any more. */
export const automaticCorrection = (
  catalog: Catalog,
  { cause, correction }: Pick<Action, 'cause' | 'correction'>,
): AutomaticCorrection | null =>
  catalog.causes
    .find(({ id }) => id === cause)
    ?.corrections.find((one): one is AutomaticCorrection => one.kind === 'automatic' && one.id === correction) ?? null;

function automaticCorrections(catalog: Catalog, finding: Finding): AutomaticCorrection[] {
  const cause = catalog.causes.find(({ id }) => id === finding.cause);
  const offered = new Set(finding.corrections.map(({ id }) => id));
  return (cause?.corrections ?? []).filter(
    (one): one is AutomaticCorrection => one.kind === 'automatic' && offered.has(one.id),
  );
}

/** Throws {@link ApplicationError} `unknown-cause`. */
function causeNamed(catalog: Catalog, id: string): Catalog['causes'][number] {
  const cause = catalog.causes.find((one) => one.id === id);
  if (cause !== undefined) return cause;
  throw new ApplicationError('unknown-cause', `The catalog knows no cause "${id}".`, [
    'The ids of the causes stand in the findings of a scan.',
  ]);
}

/** Throws {@link ApplicationError} for what no phone could have: `unknown-cause`, `app-not-installed`. */
export function requireKnown(catalog: Catalog, { cause, app }: Pick<CorrectionRequest, 'cause' | 'app'>): void {
  causeNamed(catalog, cause);
  if (app !== null && backupAppOf(catalog, app) === undefined) throw notThere(app, 'is no app that this program knows');
}

const notThere = (app: string, why: string): ApplicationError =>
  new ApplicationError('app-not-installed', `"${app}" ${why}.`, [
    'The ids of the apps stand in the findings of a scan.',
  ]);

/** Throws {@link ApplicationError} `app-not-installed` for an app that is not on the phone. */
export function requirePresent({ apps }: Reading, app: string | null): void {
  if (app === null) return;
  const reading = apps[app];
  if (reading !== undefined && isPresent(reading) !== false) return;
  throw notThere(app, 'is not installed on this phone');
}

/**
 * The finding and correction that a request means, on a fresh reading. Throws {@link ApplicationError}: `unknown-cause`,
 * `name-an-app`, `nothing-to-correct`, `cannot-judge`, `guided-only`.
 */
export function chooseCorrection(
  catalog: Catalog,
  findings: readonly Finding[],
  request: CorrectionRequest,
): CorrectionChoice {
  const cause = causeNamed(catalog, request.cause);
  const ofCause = findings.filter((finding) => finding.cause === cause.id);
  const matching = request.app === null ? ofCause : ofCause.filter((finding) => finding.app === request.app);
  const open = matching.filter(isOpen);
  const choices = open.flatMap((finding) =>
    automaticCorrections(catalog, finding)
      .filter((one) => request.correction === null || one.id === request.correction)
      .map((correction): CorrectionChoice => ({ finding, correction })),
  );
  const wholePhone = choices.filter(({ correction }) => (correction.per ?? cause.per) === 'phone');
  const apps = new Set(choices.map(({ finding }) => finding.app));
  const candidates = request.app === null && cause.per === 'app' && apps.size > 1 ? wholePhone : choices;
  const [choice] = candidates;
  if (choice !== undefined) return choice;
  if (apps.size > 1) {
    throw new ApplicationError('name-an-app', `Several apps have this problem: name one.`, [[...apps].join(', ')]);
  }
  const [finding] = open.length > 0 ? open : matching;
  if (finding !== undefined && isOpen(finding)) {
    throw new ApplicationError('guided-only', `"${finding.title}" cannot be corrected over USB on this phone.`, [
      ...(finding.corrections.find(({ kind }) => kind === 'guided')?.steps ?? finding.check),
    ]);
  }
  if (finding?.status === 'unknown') {
    throw new ApplicationError(
      'cannot-judge',
      `${finding.title}: it could not be read, so nothing was changed.`,
      finding.check,
    );
  }
  const what = request.app === null ? cause.text.name : `${cause.text.name}, ${request.app}`;
  throw new ApplicationError('nothing-to-correct', `Nothing to correct: ${finding?.title ?? what}.`);
}
