import { isKnown, type AppReading, type Leaf, type Reading } from '../../native/reading.ts';
import type { BackupApp } from '../load/apps.ts';
import type { Catalog } from '../load/catalog.ts';
import type { Finding, Pack, Severity, Status, Step } from '../finding.ts';

export const isOpen = ({ status }: Pick<Finding, 'status'>): boolean => status === 'problem' || status === 'possible';

const statusOrder: readonly Status[] = ['problem', 'possible', 'unknown', 'manual', 'ok', 'not-applicable'];
const packOrder: readonly Pack[] = ['backup', 'device-health'];
const severityOrder: readonly Severity[] = ['blocks', 'delays', 'risk', 'info'];
/** UsageStatsManager.STANDBY_BUCKET_NEVER: installed, as many apps are by the maker, and never opened. */
const bucketNever = 50;

/** Leaves that an app has only where it is there: whole lists speak of every other app too, by not naming it. */
const provesPresence = ['uid', 'version', 'enabledState', 'bucket', 'mediaAccess', 'sentInBackground'] as const;

/** null: whether the app is on this phone was not read. */
export function isPresent(app: AppReading): boolean | null {
  if (isKnown(app.installed)) return app.installed.value;
  const leaves: Record<string, Leaf<unknown> | undefined> = app;
  if (provesPresence.some((name) => isKnown(leaves[name]))) return true;
  if (isKnown(app.exempt) && app.exempt.value) return true;
  if (isKnown(app.jobsRestricted) && app.jobsRestricted.value) return true;
  return isKnown(app.jobs) && app.jobs.value.length > 0 ? true : null;
}

const symptomsOf = (catalog: Catalog): ReadonlySet<string> =>
  new Set(catalog.causes.filter((cause) => cause.symptom).map((cause) => cause.id));

/** Bytes a day that no app sends by the way: it uploads. */
const sendingBytes = 1_000_000;

/** An app that came with the phone is in use where it has its account, and no longer where its service has ended. */
function isWithoutUse(app: BackupApp, { accounts, takenAt }: Reading): boolean {
  const { uploadsBy, removable, accountTypes, endedOn } = app;
  if (endedOn !== undefined && takenAt > endedOn) return true;
  if (removable || uploadsBy === 'icloud') return false;
  return !isKnown(accounts.types) || !accounts.types.value.some((type) => accountTypes.includes(type));
}

/**
 * The apps of which nothing shows that the owner backs up with them: those that may not be here, were never opened, or came with the
 * phone and are not signed in. One that sends is in use.
 */
export function unusedApps(catalog: Pick<Catalog, 'apps'>, reading: Reading): ReadonlySet<string> {
  const isUnused = ([id, leaves]: [string, AppReading]): boolean => {
    if (isKnown(leaves.sentBytes24h) && leaves.sentBytes24h.value >= sendingBytes) return false;
    if (isPresent(leaves) === null || (isKnown(leaves.bucket) && leaves.bucket.value === bucketNever)) return true;
    const app = catalog.apps.find(({ android, ios }) => android.includes(id) || ios.includes(id));
    return app !== undefined && isWithoutUse(app, reading);
  };
  return new Set(Object.entries(reading.apps).flatMap((entry) => (isUnused(entry) ? [entry[0]] : [])));
}

/**
 * The backup first, then the phone's own health; in each, failing first. Among equals: apps that nobody seems to use last, symptoms
 * after what causes them, the worse first, then the catalog's order.
 */
export function compareFindings(catalog: Catalog, unused: ReadonlySet<string>): (a: Finding, b: Finding) => number {
  const symptoms = symptomsOf(catalog);
  const last = ({ app, cause }: Finding) => (app !== null && unused.has(app) ? 2 : symptoms.has(cause) ? 1 : 0);
  return (a, b) =>
    packOrder.indexOf(a.pack) - packOrder.indexOf(b.pack) ||
    statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status) ||
    last(a) - last(b) ||
    severityOrder.indexOf(a.severity) - severityOrder.indexOf(b.severity);
}

/** The findings that a verdict is about: not those of apps that nobody seems to use, where there are others. */
export function ofAppsInUse(findings: readonly Finding[], unused: ReadonlySet<string>): readonly Finding[] {
  const inUse = findings.filter(({ app }) => app === null || !unused.has(app));
  return inUse.some(({ app }) => app !== null) ? inUse : findings;
}

/** What is wrong, and may show in symptoms. */
export function rootsAmong(catalog: Catalog, findings: readonly Finding[]): Finding[] {
  const symptoms = symptomsOf(catalog);
  return findings.filter(
    (finding) =>
      isOpen(finding) && finding.pack === 'backup' && finding.severity !== 'info' && !symptoms.has(finding.cause),
  );
}

/** What concerns the whole phone concerns every app. */
export const concernSame = (a: Pick<Finding, 'app'>, b: Pick<Finding, 'app'>): boolean =>
  a.app === null || b.app === null || a.app === b.app;

/** Findings of one app that one recipe works on together, in the order of work. */
export interface RecipeInUse {
  app: string | null;
  correction: string;
  why: string;
  causes: readonly string[];
}

/**
 * The order of work: root causes before what they cause, what blocks before what delays, what is only worth knowing last. A symptom
 * is a step of its own only where nothing else is open that may cause it. Findings come sorted.
 */
export function orderSteps(catalog: Catalog, findings: readonly Finding[], recipes: readonly RecipeInUse[]): Step[] {
  const symptoms = symptomsOf(catalog);
  const roots = rootsAmong(catalog, findings);
  const hasRoot = (finding: Finding): boolean => roots.some((root) => concernSame(root, finding));
  const steps = findings
    .filter((finding) => isOpen(finding) && finding.pack === 'backup')
    .filter((finding) => !(symptoms.has(finding.cause) && hasRoot(finding)))
    .toSorted((a, b) => Number(a.severity === 'info') - Number(b.severity === 'info'));
  return steps.flatMap(({ cause, app, corrections, explanation }): Step[] => {
    const recipe = recipes.find((one) => one.app === app && one.causes.includes(cause));
    if (recipe !== undefined) {
      return recipe.causes[0] === cause ? [{ cause, app, correction: recipe.correction, why: recipe.why }] : [];
    }
    const [correction] = corrections;
    return correction === undefined ? [] : [{ cause, app, correction: correction.id, why: explanation }];
  });
}
