import type { Finding, Step } from '../finding.ts';
import type { Catalog } from '../load/catalog.ts';
import { fill } from '../load/sentences.ts';
import { holdsBack, isSevere, type Standing } from './verdict.ts';

/** So many questions at a time: nobody answers a form. */
const atATime = 3;

/** What a step is that is no correction: an answer to a question, or a photo. */
export const answerStep = 'answer';
export const testPhotoStep = 'test-photo';

/** Whether a step of a diagnosis is work on the phone, and neither a question nor the test photo. */
export const isWork = ({ correction }: Pick<Step, 'correction'>): boolean =>
  correction !== answerStep && correction !== testPhotoStep;

/**
 * The questions whose answer would change the verdict, in the order of how often they are the reason: where photos do not leave, or
 * nobody knows, and nothing is proven that holds them back. Findings come sorted.
 */
export function questionsToAsk(findings: readonly Finding[], standing: Standing, catalog: Catalog): Finding[] {
  const { worst, proven, urgent } = standing;
  if (urgent !== null || proven.length > 0 || worst === null || worst.settling) return [];
  if (worst.state !== 'stalled' && worst.state !== 'unknown') return [];
  const rank = new Map(catalog.causes.map(({ id, question }) => [id, question?.rank ?? Infinity]));
  return findings
    .filter(({ app }) => app === null || app === worst.app)
    .filter(
      ({ question, status, pack, severity }) =>
        question !== null &&
        question.answer === null &&
        (status === 'manual' || status === 'unknown') &&
        pack === 'backup' &&
        isSevere(severity),
    )
    .toSorted((a, b) => (rank.get(a.cause) ?? Infinity) - (rank.get(b.cause) ?? Infinity))
    .slice(0, atATime);
}

/** Takes the questions that need no answer now out of the findings; what was answered stays. */
export function askOnly(findings: readonly Finding[], asked: readonly Finding[]): void {
  for (const finding of findings) {
    if (finding.question !== null && finding.question.answer === null && !asked.includes(finding))
      finding.question = null;
  }
}

/**
 * What to do, in order. `work` are the corrections in the order of work; `tellsPhoto`: the phone shows whether a photo left. Where
 * uploads run, there is nothing to do but what keeps some photos back for good.
 */
export function stepsFor(
  { sentences }: Catalog,
  { worst, proven, urgent, beside }: Standing,
  asked: readonly Finding[],
  work: readonly Step[],
  tellsPhoto: (app: string) => boolean,
): Step[] {
  if (urgent !== null || proven.length > 0 || worst === null) return [...work];
  if (worst.state === 'running') return work.filter(({ cause }) => cause === beside?.cause);
  const { app } = worst;
  const others = work.filter(({ cause }) => cause !== holdsBack);
  const questions = asked.map((finding): Step => {
    const why = fill(sentences['step-question'], { question: finding.question?.text ?? '' });
    return { cause: finding.cause, app: finding.app, correction: answerStep, why };
  });
  const photo: Step[] = tellsPhoto(app)
    ? [{ cause: holdsBack, app, correction: testPhotoStep, why: sentences['step-test-photo'] }]
    : [];
  return worst.state === 'stalled' ? [...questions, ...photo, ...others] : [...photo, ...questions, ...others];
}
