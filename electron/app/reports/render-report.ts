import type { ProgramSentences } from '../../../diagnosis/load/program-sentences.ts';
import type { Papers } from '../printing/paper.ts';
import type { ReportFormat } from './formats.ts';
import type { ReportDocument } from './document.ts';
import { htmlOf } from './html.ts';
import { reportWords } from './kind.ts';
import { reportKinds } from './report-kinds.ts';
import { markdownOf } from './markdown.ts';
import { csvOf } from './csv.ts';
import { reportJson, asData } from './report-code.ts';
import type { Report } from './report.ts';

export interface RenderOptions {
  /** What code says, in the language of the report. */
  programs: ProgramSentences;
  papers: Papers;
}

/** A report in a format of text. Pure: the same report gives the same bytes. */
export function renderReport(report: Report, format: ReportFormat, { programs, papers }: RenderOptions): string {
  const kind = reportKinds[report.kind];
  const words = reportWords(report, programs);
  const document = (): ReportDocument => {
    const made = kind.document(report, words, papers);
    // A label says it in its own few words.
    if (!report.sample || (made.page ?? 'sheet') !== 'sheet') return made;
    const text = words.say('A sample phone: nothing here is about a real one.');
    return { ...made, blocks: [{ type: 'text', text }, ...made.blocks] };
  };
  switch (format) {
    case 'html':
      return htmlOf(report, document(), papers.sheet);
    case 'md':
      return markdownOf(document());
    case 'csv':
      return csvOf(report, document(), words, kind.csv);
    case 'json':
      return reportJson(asData(report));
  }
}
