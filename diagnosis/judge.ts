import type { Platform } from '../native/phone.ts';
import { appPath, isKnown, type AppReading, type Leaf, type Reading } from '../native/reading.ts';
import type { BackupApp, Catalog, Cause, Correction } from './catalog.ts';
import {
  appValues,
  describePath,
  phoneValues,
  type Condition,
  type ConditionValues,
  type Truth,
} from './conditions.ts';
import type { Diagnosis, Evidence, Finding, Incomplete, OfferedCorrection, Severity, Status } from './finding.ts';
import { commandText } from '../native/command.ts';
import { fillCommand, knownAt, TemplateError } from './template.ts';
import { appName, orderSteps, verdict } from './verdict.ts';

/** The ids of the backup apps that the catalog knows for a platform: what a scan is about. */
export function backupApps(catalog: Catalog, platform: Platform): string[] {
  return catalog.apps.flatMap((app) => app[platform]);
}

/** The catalog's entry for an app id. */
export function backupAppOf(catalog: Catalog, id: string): BackupApp | undefined {
  return catalog.apps.find((app) => app.android.includes(id) || app.ios.includes(id));
}

const evaluate = (condition: Condition | null, values: ConditionValues, otherwise: Truth): Truth =>
  condition === null ? otherwise : condition.evaluate(values);

/** Three-valued: `ok` needs proof, and whatever is not decided by what was read is `unknown`. */
function statusOf(cause: Cause, values: ConditionValues, evidence: readonly Evidence[]): Status {
  const applies = evaluate(cause.applies, values, true);
  if (applies === false) return 'not-applicable';
  const problem = cause.problem.evaluate(values);
  if (applies === 'unknown') return 'unknown';
  if (problem === true) return 'problem';
  const possible = evaluate(cause.possible, values, false);
  if (possible === true) return 'possible';
  if (evaluate(cause.manual, values, false) === true) return 'manual';
  const fine = evaluate(cause.ok, values, possible === false) === true;
  // `has(…)` makes a condition false without a value: a verdict without any value is no verdict.
  return problem === false && fine && evidence.some((item) => item.unavailable === null) ? 'ok' : 'unknown';
}

function leafAt(reading: Reading, app: string | null, path: string): Leaf<unknown> | undefined {
  const [section, name] = path.split('.') as [string, string];
  const leaves = section === 'app' ? (app === null ? undefined : reading.apps[app]) : reading[section as 'battery'];
  return (leaves as Record<string, Leaf<unknown> | undefined> | undefined)?.[name];
}

function evidenceOf(reading: Reading, app: string | null, path: string): Evidence | null {
  const leaf = leafAt(reading, app, path);
  if (leaf === undefined) return null;
  const answer = reading.answers[leaf.source];
  const name = path.split('.')[1] ?? path;
  return {
    path: path.startsWith('app.') && app !== null ? appPath(app, name) : path,
    ...describePath(path),
    value: isKnown(leaf) ? leaf.value : null,
    unavailable: isKnown(leaf) ? null : { reason: leaf.unavailable, detail: leaf.detail },
    probe: answer?.probe ?? leaf.source,
    command: answer?.command ?? '',
    at: answer?.at ?? reading.takenAt,
    underPower: isKnown(leaf) && leaf.underPower === true,
  };
}

/** What the conditions read first, then what the catalog shows beside it; a leaf of apps, in a cause per phone, once for each app. */
function evidenceFor(cause: Cause, reading: Reading, app: string | null, also: readonly string[]): Evidence[] {
  const conditions = [cause.problem, cause.possible, cause.ok].filter((condition) => condition !== null);
  const paths = new Set([...conditions.flatMap((condition) => condition.reads), ...cause.evidence, ...also]);
  return [...paths].flatMap((path) => {
    const apps = app === null && path.startsWith('app.') ? Object.keys(reading.apps) : [app];
    return apps.map((of) => evidenceOf(reading, of, path)).filter((evidence) => evidence !== null);
  });
}

/** Leaves that an app has only where it is there: whole lists speak of every other app too, by not naming it. */
const provesPresence = ['uid', 'version', 'enabledState', 'bucket', 'mediaAccess', 'sentInBackground'] as const;

/** null: whether the app is on this phone was not read. */
function isPresent(app: AppReading): boolean | null {
  if (isKnown(app.installed)) return app.installed.value;
  const leaves: Record<string, Leaf<unknown> | undefined> = app;
  if (provesPresence.some((name) => isKnown(leaves[name]))) return true;
  if (isKnown(app.exempt) && app.exempt.value) return true;
  return isKnown(app.jobs) && app.jobs.value.length > 0 ? true : null;
}

/** Nothing is proven of an app that may not be there. */
function statusOfPerhapsAbsent(status: Status): Status {
  if (status === 'problem') return 'possible';
  return status === 'possible' || status === 'ok' ? 'unknown' : status;
}

/** Puts the app's name where a text of the catalog says `{app}`. */
const withName = (text: string, name: string): string => text.replaceAll('{app}', () => name);

/** null: without the exact former state there is no way back, so an automatic correction is not offered. */
function offer(correction: Correction, subject: Subject): OfferedCorrection | null {
  const { cause, reading, app, name } = subject;
  const automatic = correction.kind === 'automatic';
  if (automatic && correction.before.some((path) => knownAt(reading, app, path) === undefined)) return null;
  const text = cause.text.corrections[correction.id];
  const fill = (templates: readonly string[]) =>
    templates.map((template) => commandText(fillCommand(template, reading, app)));
  try {
    return {
      id: correction.id,
      kind: correction.kind,
      title: withName(text?.title ?? correction.id, name),
      steps: (text?.steps ?? []).map((step) => withName(step, name)),
      commands: automatic ? fill(correction.commands) : [],
      inverse: automatic ? fill(correction.inverse) : [],
      caution: text?.caution === undefined ? null : withName(text.caution, name),
      lastVerified: correction.lastVerified,
      source: correction.source,
    };
  } catch (error) {
    if (error instanceof TemplateError) return null;
    throw error;
  }
}

/** Every automatic correction that is sound here, and the first guided one that fits this phone. */
function offers(subject: Subject, values: ConditionValues): OfferedCorrection[] {
  const fits = subject.cause.corrections.filter((correction) => evaluate(correction.when, values, true) === true);
  const guided = fits.find((correction) => correction.kind === 'guided');
  return fits
    .filter((correction) => correction.kind === 'automatic' || correction === guided)
    .map((correction) => offer(correction, subject))
    .filter((offered) => offered !== null);
}

function titleOf(cause: Cause, status: Status): string {
  switch (status) {
    case 'problem':
      return cause.text.problem;
    case 'possible':
      return cause.text.possible ?? cause.text.problem;
    case 'ok':
      return cause.text.ok;
    case 'unknown':
    case 'manual':
      return `${cause.text.name}: check by hand`;
    case 'not-applicable':
      return `${cause.text.name}: does not apply to this phone`;
  }
}

/** What is judged: one cause for one phone, or for one of its apps under the name people call it. */
interface Subject {
  cause: Cause;
  reading: Reading;
  app: string | null;
  name: string;
}

function judgeCause(subject: Subject, values: ConditionValues): Finding {
  const { cause, reading, app, name } = subject;
  const doubtful = app !== null && isPresent(reading.apps[app] ?? {}) === null;
  const evidence = evidenceFor(cause, reading, app, doubtful ? ['app.installed'] : []);
  const judged = statusOf(cause, values, evidence);
  const status = doubtful ? statusOfPerhapsAbsent(judged) : judged;
  const needsWork = status === 'problem' || status === 'possible';
  const byHand = status === 'unknown' || status === 'manual';
  return {
    cause: cause.id,
    app,
    status,
    severity: cause.severity,
    title: withName(titleOf(cause, status), name),
    explanation: withName(cause.text.explanation, name),
    check: byHand ? cause.text.check.map((step) => withName(step, name)) : [],
    evidence,
    corrections: needsWork ? offers(subject, values) : [],
  };
}

const statusOrder: readonly Status[] = ['problem', 'possible', 'unknown', 'manual', 'ok', 'not-applicable'];
/** UsageStatsManager.STANDBY_BUCKET_NEVER: installed, as many apps are by the maker, and never opened. */
const bucketNever = 50;
const severityOrder: readonly Severity[] = ['blocks', 'delays', 'risk', 'info'];

/**
 * Failing first. Among equals: apps that were never opened here, or may not be here, last, symptoms after what causes them, the worse first, then the
 * catalog's order.
 */
function compareFindings(catalog: Catalog, reading: Reading): (a: Finding, b: Finding) => number {
  const symptoms = new Set(catalog.causes.filter((cause) => cause.symptom).map((cause) => cause.id));
  const unused = (app: string | null) => {
    const leaves = app === null ? undefined : reading.apps[app];
    if (leaves === undefined) return false;
    return isPresent(leaves) === null || (isKnown(leaves.bucket) && leaves.bucket.value === bucketNever);
  };
  const last = (finding: Finding) => (unused(finding.app) ? 2 : symptoms.has(finding.cause) ? 1 : 0);
  return (a, b) =>
    statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status) ||
    last(a) - last(b) ||
    severityOrder.indexOf(a.severity) - severityOrder.indexOf(b.severity);
}

/** The cause in the words for this platform. */
const inWordsFor = (cause: Cause, platform: Platform): Cause =>
  platform === 'ios' ? { ...cause, text: Object.assign({}, cause.text, cause.text.ios) } : cause;

/** Compares a reading with the catalog. Pure: the same reading and catalog always give the same diagnosis. */
export function judge(reading: Reading, catalog: Catalog): Diagnosis {
  const phone = phoneValues(reading);
  const causes = catalog.causes
    .filter((cause) => cause.platforms.includes(reading.platform))
    .map((cause) => inWordsFor(cause, reading.platform));
  const apps = Object.entries(reading.apps).filter(([, leaves]) => isPresent(leaves) !== false);
  const findings = causes.flatMap((cause) =>
    cause.per === 'phone'
      ? [judgeCause({ cause, reading, app: null, name: '' }, phone)]
      : apps.map(([app, leaves]) =>
          judgeCause(
            { cause, reading, app, name: appName(catalog, app) },
            appValues(phone, leaves, backupAppOf(catalog, app)),
          ),
        ),
  );
  findings.sort(compareFindings(catalog, reading));
  return {
    findings,
    verdict: verdict(findings, { ...catalog, causes }),
    steps: orderSteps(findings),
    catalog: catalog.version,
  };
}

/** Whether a correction took, judged on the reading made after it. */
export function verifyCorrection(
  correction: Correction,
  reading: Reading,
  app: string | null,
  catalog: Catalog,
): Truth {
  const phone = phoneValues(reading);
  const leaves = app === null ? undefined : reading.apps[app];
  const values = app === null || leaves === undefined ? phone : appValues(phone, leaves, backupAppOf(catalog, app));
  return evaluate(correction.verify, values, 'unknown');
}

/** What could not be read, from the reading itself: one row per question that gave no answer. */
export function incompleteOf(reading: Reading): Incomplete[] {
  const rows = new Map<string, Incomplete>();
  const note = (leaf: Leaf<unknown> | undefined) => {
    if (leaf === undefined || isKnown(leaf)) return;
    const key = `${leaf.source} ${leaf.unavailable} ${leaf.detail}`;
    const probe = reading.answers[leaf.source]?.probe ?? leaf.source;
    rows.set(key, { probe, reason: leaf.unavailable, detail: leaf.detail });
  };
  const { platform: _platform, takenAt: _takenAt, answers: _answers, apps, ...sections } = reading;
  for (const leaves of [...Object.values(sections), ...Object.values(apps)]) {
    for (const leaf of Object.values(leaves as Record<string, Leaf<unknown> | undefined>)) note(leaf);
  }
  return [...rows.values()];
}
