import type { Catalog } from '../load/catalog.ts';
import type { Finding, OfferedCorrection, Pack, Severity, Status, Step } from '../finding.ts';

export const isOpen = ({ status }: Pick<Finding, 'status'>): boolean => status === 'problem' || status === 'possible';

const statusOrder: readonly Status[] = ['problem', 'possible', 'unknown', 'manual', 'ok', 'not-applicable'];
const packOrder: readonly Pack[] = ['backup', 'device-health'];
const severityOrder: readonly Severity[] = ['blocks', 'delays', 'risk', 'info'];
const symptomsOf = (catalog: Catalog): ReadonlySet<string> =>
  new Set(catalog.causes.filter((cause) => cause.symptom).map((cause) => cause.id));

/**
 * The backup first, then the phone's own health; in each, failing first. Among equals: apps that are not the chosen ones last,
 * symptoms after what causes them, the worse first, then the catalog's order.
 */
export function compareFindings(
  catalog: Catalog,
  isAside: (app: string) => boolean,
): (a: Finding, b: Finding) => number {
  const symptoms = symptomsOf(catalog);
  const last = ({ app, cause }: Finding) => (app !== null && isAside(app) ? 2 : symptoms.has(cause) ? 1 : 0);
  return (a, b) =>
    packOrder.indexOf(a.pack) - packOrder.indexOf(b.pack) ||
    statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status) ||
    last(a) - last(b) ||
    severityOrder.indexOf(a.severity) - severityOrder.indexOf(b.severity);
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

/** The corrections of a cause that are carried out only where somebody chooses them. */
const optionalOf = ({ causes }: Catalog, cause: string): string[] =>
  (causes.find(({ id }) => id === cause)?.corrections ?? []).filter(({ optional }) => optional).map(({ id }) => id);

/** Corrections whose steps only give the phone time. */
const givingTime = ({ causes }: Catalog): ReadonlySet<string> =>
  new Set(
    causes.flatMap(({ id, corrections }) =>
      corrections.filter((one) => one.kind === 'guided' && one.givesTime).map((one) => `${id} ${one.id}`),
    ),
  );

/** The correction that is a step of the work. */
export function chosenOf(
  catalog: Catalog,
  { cause, corrections }: Pick<Finding, 'cause' | 'corrections'>,
): OfferedCorrection | undefined {
  const optional = new Set(optionalOf(catalog, cause));
  return corrections.find(({ id }) => !optional.has(id));
}

/**
 * The order of work: root causes before what they cause, what blocks before what delays, what may cost photos after what may not, what is
 * only worth knowing last; what only gives the phone time after what changes something. A symptom
 * is a step of its own only where nothing else is open that may cause it. Findings come sorted.
 */
export function orderSteps(catalog: Catalog, findings: readonly Finding[], recipes: readonly RecipeInUse[]): Step[] {
  const symptoms = symptomsOf(catalog);
  const roots = rootsAmong(catalog, findings);
  const mayCost = (finding: Finding): boolean => chosenOf(catalog, finding)?.needsCopy === true;
  const waiting = givingTime(catalog);
  const onlyWaits = (finding: Finding): boolean =>
    waiting.has(`${finding.cause} ${chosenOf(catalog, finding)?.id ?? ''}`);
  const hasRoot = (finding: Finding): boolean => roots.some((root) => concernSame(root, finding));
  const steps = findings
    .filter((finding) => isOpen(finding) && finding.pack === 'backup')
    .filter((finding) => finding.becauseOf.length === 0 && !(symptoms.has(finding.cause) && hasRoot(finding)))
    .toSorted(
      (a, b) =>
        Number(a.severity === 'info') - Number(b.severity === 'info') ||
        Number(mayCost(a)) - Number(mayCost(b)) ||
        Number(onlyWaits(a)) - Number(onlyWaits(b)),
    );
  const told = new Set<string>();
  return steps.flatMap(({ cause, app, corrections, explanation }): Step[] => {
    const recipe = recipes.find((one) => one.app === app && one.causes.includes(cause));
    if (recipe !== undefined) {
      return recipe.causes[0] === cause ? [{ cause, app, correction: recipe.correction, why: recipe.why }] : [];
    }
    const correction = chosenOf(catalog, { cause, corrections });
    // Two causes may be done with by the same work: it is one step, of the first of them.
    if (correction === undefined || told.has(correction.title)) return [];
    told.add(correction.title);
    return [{ cause, app, correction: correction.id, why: explanation }];
  });
}

/** The step that puts a finding right: its own, else the recipe that does it with others, else the one that is the same work. */
export function stepOf<Of extends Pick<Step, 'cause' | 'app' | 'correction'> & { finding: Finding }>(
  catalog: Catalog,
  steps: readonly Of[],
  finding: Finding,
): Of | undefined {
  const { cause, app } = finding;
  const inRecipe = ({ correction }: Of): boolean =>
    catalog.recipes.find(({ id }) => id === correction)?.causes.includes(cause) === true;
  const title = chosenOf(catalog, finding)?.title;
  return (
    steps.find((step) => step.cause === cause && step.app === app) ??
    steps.find((step) => step.app === app && inRecipe(step)) ??
    steps.find((step) => title !== undefined && chosenOf(catalog, step.finding)?.title === title)
  );
}
