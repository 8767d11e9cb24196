import type { Answer, Finding, Question, ScanReport } from '../program/received.ts';

/** One question to the owner. What is the same for several apps is asked once. */
export interface OwnerQuestion {
  key: string;
  text: string;
  /** Where to look on the phone, in order. */
  where: readonly string[];
  /** What the answers are called. */
  words: Question['words'];
  /** The findings that the answer decides. */
  findings: readonly Finding[];
  /** null: not answered yet. */
  answer: Answer | null;
}

/** null: some of the findings have no answer, or not the same one. */
function commonAnswer(findings: readonly Finding[]): Answer | null {
  const [first, ...others] = findings.map(({ question }) => question?.answer ?? null);
  if (first === undefined || first === null) return null;
  return others.every((other) => other?.answer === first.answer) ? first : null;
}

/** The questions of a report, those of the backup first; unanswered ones in the report's order, answered ones in the order of answering. */
export function questionsOf({ findings }: Pick<ScanReport, 'findings'>): {
  open: readonly OwnerQuestion[];
  answered: readonly OwnerQuestion[];
} {
  const asked = findings.filter(({ question }) => question !== null);
  const groups = Map.groupBy(asked, ({ cause, question }) => JSON.stringify([cause, question?.text]));
  const questions = [...groups].flatMap(([key, own]): OwnerQuestion[] => {
    const question = own[0]?.question ?? null;
    if (question === null) return [];
    return [
      {
        key,
        text: question.text,
        where: question.where,
        words: question.words,
        findings: own,
        answer: commonAnswer(own),
      },
    ];
  });
  return {
    open: questions.filter(({ answer }) => answer === null),
    answered: questions
      .filter(({ answer }) => answer !== null)
      .toSorted((a, b) => (a.answer?.at ?? '').localeCompare(b.answer?.at ?? '')),
  };
}

/** What an answer has shown: the findings that it decided, which are not open questions any more. */
export const decidedBy = ({ findings }: OwnerQuestion): readonly Finding[] =>
  findings.filter(({ status }) => status !== 'manual' && status !== 'unknown');
