import type { Catalog } from './catalog.ts';
import type { Finding, Severity, Step } from './finding.ts';

const open = (finding: Finding): boolean => finding.status === 'problem' || finding.status === 'possible';

/** What a person calls an app: the catalog's name, else its id. */
export function appName(catalog: Catalog, id: string): string {
  const app = catalog.apps.find((entry) => entry.android.includes(id) || entry.ios.includes(id));
  return app?.name ?? id;
}

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** Several apps with the same cause are one thing to a person. */
const causesIn = (findings: readonly Finding[]): number => new Set(findings.map((finding) => finding.cause)).size;

const consequence: Record<Severity, string> = {
  blocks: 'nothing is uploaded',
  delays: 'uploads come late',
  risk: 'uploads may stop',
  info: 'it is worth knowing',
};

/** Nothing was found: how much that is worth. */
function nothingFound(findings: readonly Finding[]): string {
  const unread = causesIn(findings.filter((finding) => finding.status === 'unknown'));
  const byHand = causesIn(findings.filter((finding) => finding.status === 'manual'));
  if (!findings.some((finding) => finding.status === 'ok')) {
    return 'Nothing could be judged, because this phone gave no answers about its settings.';
  }
  const rest = [
    ...(unread === 0 ? [] : [`${plural(unread, 'check', 'checks')} could not be read`]),
    ...(byHand === 0 ? [] : [`${plural(byHand, 'is', 'are')} left to look up by hand`]),
  ];
  const nothing = 'Nothing was found that keeps photos from being backed up';
  return rest.length === 0 ? `${nothing}.` : `${nothing}; ${rest.join(' and ')}.`;
}

/** The diagnosis in one sentence: where to start, what it does, and how much more there is. Findings come sorted. */
export function verdict(findings: readonly Finding[], catalog: Catalog): string {
  const matters = findings.filter((finding) => open(finding) && finding.severity !== 'info');
  const problems = matters.filter((finding) => finding.status === 'problem');
  const first = problems[0] ?? matters[0];
  if (first === undefined) return nothingFound(findings);
  const exact = catalog.causes.find(({ id }) => id === first.cause)?.text.effect;
  const effect =
    first.status === 'problem' ? `so ${exact ?? consequence[first.severity]}` : 'which may hold uploads back';
  const more = causesIn(problems.length > 0 ? problems : matters) - 1;
  const count =
    problems.length > 0
      ? `${plural(more, 'more thing needs', 'more things need')} attention`
      : `${plural(more, 'more thing is', 'more things are')} worth a look`;
  const others = more === 0 ? '' : `; ${count}`;
  return `${first.title}, ${effect}${others}.`;
}

/** The order of work: root causes before what they cause, what blocks before what delays. Findings come sorted. */
export function orderSteps(findings: readonly Finding[]): Step[] {
  return findings.filter(open).flatMap(({ cause, app, corrections, explanation }) => {
    const [correction] = corrections;
    return correction === undefined ? [] : [{ cause, app, correction: correction.id, why: explanation }];
  });
}
