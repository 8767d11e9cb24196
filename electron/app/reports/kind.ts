import type { ProgramSentences } from '../../../diagnosis/load/program-sentences.ts';
import type { Papers } from '../printing/paper.ts';
import { ValueWords } from '../program/value-words.ts';
import type { ReportDocument } from './document.ts';
import type { Report } from './report.ts';

/** How a report speaks: in its own language, and of moments where it was made. */
export interface ReportWords {
  /** What is English here, in the language of the report: a line of `texts/xx/programs.yaml`. */
  say: (english: string) => string;
  values: ValueWords;
}

/** What a report is for, and what stands in it. A kind is pure: the same report gives the same document. */
export interface ReportKind {
  /** How many snapshots it is made of. */
  snapshots: 0 | 1 | 2;
  /** The shop hands it to its own customer, whose name stands on it. */
  ofShop: boolean;
  /** What its CSV holds: every value of the readings, or what its document says. */
  csv: 'values' | 'text';
  document: (report: Report, words: ReportWords, papers: Papers) => ReportDocument;
}

/** The words of a report; `programs`: in the language of that report. */
export function reportWords({ language, timeZone }: Report, programs: ProgramSentences): ReportWords {
  const say = (english: string): string => programs.say(english);
  return { say, values: new ValueWords({ language, timeZone, say }) };
}
