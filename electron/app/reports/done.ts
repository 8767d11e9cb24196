import type { ActionSummary } from '../actions/action-summary.ts';
import type { TestPhotoReport } from '../proof/test-photo-report.ts';
import type { Block } from './document.ts';
import type { ReportWords } from './kind.ts';

/** What a result is called; the JSON keeps its words. */
const resultWords: Record<ActionSummary['result'], string> = {
  taken: 'Corrected',
  'not-taken': 'Not corrected',
  refused: 'The phone refused it',
  unverified: 'Not verified',
  interrupted: 'Cut off',
  undone: 'Put back',
};

/** What became of corrections, with the values before and after. */
export function actionRows(actions: readonly ActionSummary[], { say, values }: ReportWords): Block[] {
  if (actions.length === 0) return [];
  return [
    {
      type: 'table',
      columns: [say('When'), say('What'), say('Result'), say('Values')],
      rows: actions.map(({ at, title, appName, result, before, after }) => [
        values.moment(at),
        appName === null || title.includes(appName) ? title : `${title} (${appName})`,
        say(resultWords[result]),
        values.pathChanges(before, after ?? {}).join('\n'),
      ]),
    },
  ];
}

/** What became of test photos, a line each. */
export function proofLines(proofs: readonly TestPhotoReport[], { say, values }: ReportWords): Block[] {
  if (proofs.length === 0) return [];
  return [
    {
      type: 'list',
      items: proofs.map(({ endedAt, appName, sentence }) => `${values.moment(endedAt)}, ${appName}: ${say(sentence)}`),
    },
  ];
}
