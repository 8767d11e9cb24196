import type { Platform } from '../native/phone.ts';
import { appPath, isKnown, type Leaf, type Reading } from '../native/reading.ts';
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
import { fillCommand, TemplateError } from './template.ts';
import { orderSteps, verdict } from './verdict.ts';

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
function statusOf(cause: Cause, values: ConditionValues): Status {
  const applies = evaluate(cause.applies, values, true);
  if (applies === false) return 'not-applicable';
  const problem = cause.problem.evaluate(values);
  if (applies === 'unknown') return 'unknown';
  if (problem === true) return 'problem';
  const possible = evaluate(cause.possible, values, false);
  if (possible === true) return 'possible';
  const proven = problem === false && possible === false;
  if (cause.ok === null) return proven ? 'ok' : 'unknown';
  return cause.ok.evaluate(values) === true && problem !== 'unknown' ? 'ok' : 'unknown';
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

function evidencePaths(cause: Cause): string[] {
  const conditions = [cause.problem, cause.possible, cause.ok].filter((condition) => condition !== null);
  const paths = [...conditions.flatMap((condition) => condition.reads), ...cause.evidence];
  return [...new Set(paths)];
}

function offer(correction: Correction, cause: Cause, reading: Reading, app: string | null): OfferedCorrection | null {
  const text = cause.text.corrections[correction.id];
  const fill = (templates: readonly string[]) =>
    templates.map((template) => commandText(fillCommand(template, reading, app)));
  try {
    const automatic = correction.kind === 'automatic';
    return {
      id: correction.id,
      kind: correction.kind,
      title: text?.title ?? correction.id,
      steps: text?.steps ?? [],
      commands: automatic ? fill(correction.commands) : [],
      inverse: automatic ? fill(correction.inverse) : [],
      caution: text?.caution ?? null,
      lastVerified: correction.lastVerified,
      source: correction.source,
    };
  } catch (error) {
    if (error instanceof TemplateError) return null;
    throw error;
  }
}

/** Every automatic correction that is sound here, and the first guided one that fits this phone. */
function offers(cause: Cause, reading: Reading, app: string | null, values: ConditionValues): OfferedCorrection[] {
  const fits = cause.corrections.filter((correction) => evaluate(correction.when, values, true) === true);
  const guided = fits.find((correction) => correction.kind === 'guided');
  return fits
    .filter((correction) => correction.kind === 'automatic' || correction === guided)
    .map((correction) => offer(correction, cause, reading, app))
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

function judgeCause(cause: Cause, reading: Reading, app: string | null, values: ConditionValues): Finding {
  const status = statusOf(cause, values);
  const needsWork = status === 'problem' || status === 'possible';
  return {
    cause: cause.id,
    app,
    status,
    severity: cause.severity,
    title: titleOf(cause, status),
    explanation: cause.text.explanation,
    check: status === 'unknown' || status === 'manual' ? cause.text.check : [],
    evidence: evidencePaths(cause)
      .map((path) => evidenceOf(reading, app, path))
      .filter((evidence) => evidence !== null),
    corrections: needsWork ? offers(cause, reading, app, values) : [],
  };
}

const statusOrder: readonly Status[] = ['problem', 'possible', 'unknown', 'manual', 'ok', 'not-applicable'];
const severityOrder: readonly Severity[] = ['blocks', 'delays', 'risk', 'info'];

/** Failing first; among equals the worse first, then the catalog's order. */
function compareFindings(a: Finding, b: Finding): number {
  return (
    statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status) ||
    severityOrder.indexOf(a.severity) - severityOrder.indexOf(b.severity)
  );
}

/** Compares a reading with the catalog. Pure: the same reading and catalog always give the same diagnosis. */
export function judge(reading: Reading, catalog: Catalog): Diagnosis {
  const phone = phoneValues(reading);
  const causes = catalog.causes.filter((cause) => cause.platforms.includes(reading.platform));
  const apps = Object.entries(reading.apps).filter(
    ([, leaves]) => !isKnown(leaves.installed) || leaves.installed.value,
  );
  const findings = causes.flatMap((cause) =>
    cause.per === 'phone'
      ? [judgeCause(cause, reading, null, phone)]
      : apps.map(([id, leaves]) => judgeCause(cause, reading, id, appValues(phone, leaves))),
  );
  findings.sort(compareFindings);
  return {
    findings,
    verdict: verdict(findings, catalog),
    steps: orderSteps(findings, catalog),
    catalog: catalog.version,
  };
}

/** Whether a correction took, judged on the reading made after it. */
export function verifyCorrection(correction: Correction, reading: Reading, app: string | null): Truth {
  const phone = phoneValues(reading);
  const leaves = app === null ? undefined : reading.apps[app];
  return evaluate(correction.verify, leaves === undefined ? phone : appValues(phone, leaves), 'unknown');
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
