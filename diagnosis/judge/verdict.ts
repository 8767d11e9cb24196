import type { Catalog } from '../load/catalog.ts';
import type { Finding } from '../finding.ts';
import { isOpen } from './order.ts';
import { countedSentence, fill, type CountedName } from '../load/sentences.ts';

/** What a person calls an app: the catalog's name, else its id. */
export function appName(catalog: Pick<Catalog, 'apps'>, id: string): string {
  const app = catalog.apps.find((entry) => entry.android.includes(id) || entry.ios.includes(id));
  return app?.name ?? id;
}

/** Several apps with the same cause are one thing to a person. */
const causesIn = (findings: readonly Finding[]): number => new Set(findings.map((finding) => finding.cause)).size;

/** Nothing was found: how much that is worth. */
function nothingFound(findings: readonly Finding[], { sentences, language }: Catalog): string {
  if (!findings.some((finding) => finding.status === 'ok')) return sentences['no-answers'];
  const count = (status: Finding['status']) => causesIn(findings.filter((finding) => finding.status === status));
  const rest = (['unknown', 'manual'] as const).flatMap((status) => {
    const name = status === 'unknown' ? 'unread' : 'by-hand';
    return count(status) === 0 ? [] : [countedSentence(sentences, language, name, count(status))];
  });
  const [first, second] = rest;
  if (first === undefined) return sentences['nothing-found'];
  const both = second === undefined ? first : fill(sentences.and, { first, second });
  return fill(sentences[count('unknown') > count('ok') ? 'too-little' : 'nothing-found-but'], { rest: both });
}

const weighty = ({ severity }: Finding): boolean => severity === 'blocks' || severity === 'delays';

/** Photos wait, nothing leaves the app, and whatever the phone decides about it was read and is right. */
function isTheApp(findings: readonly Finding[], matters: readonly Finding[], { causes }: Catalog): boolean {
  const symptoms = new Set(causes.filter(({ symptom }) => symptom).map(({ id }) => id));
  const stalled = matters.some(({ cause, status }) => cause === 'upload-stalled' && status === 'problem');
  const unread = findings.some((finding) => finding.status === 'unknown' && weighty(finding));
  return stalled && !unread && matters.filter(weighty).every(({ cause }) => symptoms.has(cause));
}

/** The diagnosis in one sentence: where to start, what it does, and how much more there is. Findings come sorted. */
export function verdict(all: readonly Finding[], catalog: Catalog): string {
  const { sentences, language } = catalog;
  const findings = all.filter(({ pack }) => pack === 'backup');
  // A symptom is done with when what it comes from is.
  const matters = findings.filter(
    (finding) => isOpen(finding) && finding.severity !== 'info' && finding.becauseOf.length === 0,
  );
  const problems = matters.filter((finding) => finding.status === 'problem');
  const first = problems[0] ?? matters[0];
  if (first === undefined) return nothingFound(findings, catalog);
  if (first.app !== null && isTheApp(findings, matters, catalog)) {
    return fill(sentences['app-not-phone'], { app: appName(catalog, first.app) });
  }
  const exact = catalog.causes.find(({ id }) => id === first.cause)?.text.effect;
  const more = causesIn(problems.length > 0 ? problems : matters) - 1;
  const name: CountedName = problems.length > 0 ? 'more-problems' : 'more-possible';
  return fill(sentences[first.status === 'problem' ? 'verdict-problem' : 'verdict-possible'], {
    title: first.title,
    effect: exact ?? sentences[`effect-${first.severity}`],
    more: more === 0 ? '' : countedSentence(sentences, language, name, more),
  });
}
