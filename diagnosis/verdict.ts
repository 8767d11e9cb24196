import type { Catalog } from './catalog.ts';
import type { Finding, Step } from './finding.ts';

const open = (finding: Finding): boolean => finding.status === 'problem' || finding.status === 'possible';

/** What a person calls an app: the catalog's name, else its id. */
export function appName(catalog: Catalog, id: string): string {
  const app = catalog.apps.find((entry) => entry.android.includes(id) || entry.ios.includes(id));
  return app?.name ?? id;
}

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** The diagnosis in one sentence. */
export function verdict(findings: readonly Finding[], catalog: Catalog): string {
  const problems = findings.filter((finding) => finding.status === 'problem' && finding.severity !== 'info');
  const possible = findings.filter((finding) => finding.status === 'possible');
  const unread = findings.filter((finding) => finding.status === 'unknown').length;
  const first = problems[0] ?? possible[0];
  if (first === undefined) {
    return unread === 0
      ? 'Nothing on this phone keeps photos from backing up.'
      : `Nothing found that keeps photos from backing up, but ${plural(unread, 'check', 'checks')} could not be read.`;
  }
  const who = first.app === null ? '' : ` (${appName(catalog, first.app)})`;
  const count =
    problems.length > 0
      ? `${plural(problems.length, 'thing keeps', 'things keep')} photos from backing up`
      : `${plural(possible.length, 'thing', 'things')} may keep photos from backing up`;
  return `${count}; start with: ${first.title}${who}.`;
}

/** The order of work: what blocks first, root causes before what they cause. Findings come sorted. */
export function orderSteps(findings: readonly Finding[], catalog: Catalog): Step[] {
  return findings.filter(open).flatMap((finding) => {
    const correction = finding.corrections[0];
    if (correction === undefined) return [];
    const who = finding.app === null ? '' : `${appName(catalog, finding.app)}: `;
    return [{ cause: finding.cause, app: finding.app, correction: correction.id, why: `${who}${finding.explanation}` }];
  });
}
