import type { Finding, OfferedCorrection, Step } from '../../../diagnosis/finding.ts';
import { answerStep, testPhotoStep } from '../../../diagnosis/judge/ask.ts';
import { groupsOf } from '../../../diagnosis/judge/groups.ts';
import type { ScanReport } from '../scan/scan-report.ts';
import { part, type Block } from './document.ts';
import { aboutChosen, footer, nameIn, phoneFacts, ticketFacts } from './head.ts';
import type { ReportKind, ReportWords } from './kind.ts';
import type { ReportedSnapshot } from './report.ts';

const boxes = (...items: readonly string[]): Block => ({ type: 'steps', items, boxes: true });
const note = (text: string | null): Block[] => (text === null ? [] : [{ type: 'text', text }]);

/** Looks at everything that can be done about a finding: what a person does on the phone comes before what only a computer can. */
function ways({ corrections }: Finding, { correction }: Step): OfferedCorrection[] {
  const meant = corrections.filter(({ id }) => id === correction);
  const byHand = corrections.filter(
    ({ kind, steps, locked }) => kind === 'guided' && steps.length > 0 && locked === null,
  );
  return meant.some(({ kind }) => kind === 'guided') || byHand.length === 0 ? meant : [...meant, ...byHand.slice(0, 1)];
}

function wayBlocks(offered: OfferedCorrection, { say }: ReportWords): Block[] {
  const { kind, title, steps, caution, locked, afterwards } = offered;
  if (kind === 'automatic') return [boxes(say(`With this program, over USB: ${title}`))];
  return [
    ...note(caution),
    ...(locked === null
      ? []
      : [boxes(`${say('Copy the photos to a computer first, and verify the copy.')} ${locked}`)]),
    ...(steps.length === 0 ? [boxes(title)] : [boxes(...steps)]),
    ...note(afterwards),
  ];
}

function stepBlocks(step: Step, scan: ScanReport, words: ReportWords): Block[] {
  const { say } = words;
  const finding = scan.findings.find(({ cause, app }) => cause === step.cause && app === step.app);
  const offered = finding === undefined ? [] : ways(finding, step);
  const [first] = offered;
  if (finding === undefined || first === undefined) return [];
  return [
    {
      type: 'group',
      blocks: [
        { type: 'subheading', text: first.title },
        ...note(finding.title),
        ...offered.flatMap((one) => wayBlocks(one, words)),
        boxes(say('Take a photo and leave the phone alone for ten minutes: did the photo leave?')),
      ],
    },
  ];
}

/** A question, with where to look, and its answers to be ticked. */
function questionBlocks({ question, title, check }: Finding): Block[] {
  if (question === null) return [{ type: 'subheading', text: title }, boxes(...check)];
  const { text, where, words, answers } = question;
  return [
    { type: 'subheading', text },
    ...(where.length === 0 ? [] : [{ type: 'steps', items: where, boxes: false } as const]),
    boxes(...answers.map((answer) => words[answer])),
  ];
}

const together = (blocks: readonly Block[]): Block[] => (blocks.length === 0 ? [] : [{ type: 'group', blocks }]);

/** The days of watching; the guide watches a week. */
const watchedDays = 7;

function guideBlocks({ scan, guide }: ReportedSnapshot, words: ReportWords): Block[] {
  const { say } = words;
  const { asked, byHand } = groupsOf(scan);
  const work = scan.steps.filter(({ correction }) => correction !== answerStep && correction !== testPhotoStep);
  const isOpen = scan.steps.length > 0;
  const wins = isOpen ? guide : [];
  return [
    ...part(say('Before you begin'), [
      boxes(
        say('Delete no photo from the phone until its backup is proven.'),
        say('Charge the phone, and connect it to Wi-Fi that reaches the internet.'),
      ),
    ]),
    ...part(
      say('Try this first'),
      wins.flatMap(({ app, quickWin }) =>
        together([
          { type: 'subheading', text: wins.length > 1 ? `${nameIn(scan, app)}: ${quickWin.title}` : quickWin.title },
          ...note(quickWin.caution),
          boxes(...quickWin.steps),
          ...note(quickWin.afterwards),
        ]),
      ),
    ),
    ...part(
      say('Then in this order'),
      work.flatMap((step) => stepBlocks(step, scan, words)),
    ),
    ...part(
      say('Answer these'),
      aboutChosen(scan, asked).flatMap((one) => together(questionBlocks(one))),
    ),
    ...part(
      say('Look these up'),
      aboutChosen(scan, byHand).flatMap((one) =>
        one.check.length === 0 ? [] : together(questionBlocks({ ...one, question: null })),
      ),
    ),
    ...part(
      say('Meanwhile'),
      wins.flatMap(({ alternative }) =>
        together([
          { type: 'subheading', text: alternative.title },
          ...note(alternative.caution),
          boxes(...alternative.steps),
          ...note(alternative.switchBack),
        ]),
      ),
    ),
    ...part(say('Watch it for a week: did a new photo leave?'), [
      boxes(...Array.from({ length: watchedDays }, (_, index) => say(`Day ${index + 1}`))),
    ]),
  ];
}

/** What is right already is not on the list, and is said not to be; a line each would be a page. */
function leftOut({ scan }: ReportedSnapshot, { say }: ReportWords): Block[] {
  const titles = aboutChosen(scan, groupsOf(scan).passed).map(({ title }) => title);
  return part(
    say('Right already, and so not on this list'),
    titles.length === 0 ? [] : [{ type: 'text', text: `${titles.join('. ')}.` }],
  );
}

/** The guide on paper, for one phone: what applies to it, in the words of its own menus, with boxes to tick. */
export const checklist: ReportKind = {
  snapshots: 1,
  ofShop: false,
  csv: 'text',
  document(report, words) {
    const { say } = words;
    return {
      title: say('Checklist'),
      blocks: report.snapshots.flatMap((snapshot) => [
        { type: 'lead', text: snapshot.scan.answer.headline },
        ...phoneFacts(snapshot, words, report),
        ...ticketFacts(report, words),
        ...guideBlocks(snapshot, words),
        ...leftOut(snapshot, words),
        ...part(say('About this report'), footer(report, words)),
      ]),
    };
  },
};
