import { groupsOf } from '../../../diagnosis/judge/groups.ts';
import type { Evidence, Finding, Step } from '../../../diagnosis/finding.ts';
import { labelWords } from '../program/value-words.ts';
import type { ScanReport } from '../scan/scan-report.ts';
import { actionRows, proofLines } from './done.ts';
import { facts, part, type Block } from './document.ts';
import { aboutChosen, footer, nameIn, phoneFacts, ticketFacts, unreadCount, uploadLines } from './head.ts';
import type { ReportKind, ReportWords } from './kind.ts';
import type { ReportedSnapshot } from './report.ts';
import { correctedSince, knownSince, type Since } from './since.ts';

/** Whole lists stand in the JSON; on paper a person wants to see the line. */
const longestLine = 300;

/** A value with the command that it came from. */
function evidenceLine({ label, value, unavailable, command, probe }: Evidence, { say, values }: ReportWords): string {
  const words = unavailable === null ? values.value(value, label) : `${say('not read')}: ${say(unavailable.detail)}`;
  const shown = words.length > longestLine ? `${words.slice(0, longestLine)}…` : words;
  return `${labelWords(label)}: ${shown} (${command === '' ? probe : command})`;
}

/** The values that decide; where none is marked, those that are known. */
function telling(evidence: readonly Evidence[]): readonly Evidence[] {
  const deciding = evidence.filter(({ decides }) => decides);
  return deciding.length > 0 ? deciding : evidence.filter(({ unavailable }) => unavailable === null);
}

function findingBlocks(finding: Finding, scan: ScanReport, words: ReportWords): Block[] {
  const name = finding.app === null ? '' : nameIn(scan, finding.app);
  const title = finding.title.includes(name) ? finding.title : `${finding.title} (${name})`;
  return [
    {
      type: 'group',
      blocks: [
        { type: 'subheading', text: title },
        { type: 'text', text: finding.explanation },
        { type: 'list', items: telling(finding.evidence).map((one) => evidenceLine(one, words)) },
        ...(finding.check.length === 0 ? [] : [{ type: 'steps', items: finding.check, boxes: false } as const]),
      ],
    },
  ];
}

/** What a step does, as its correction is called. */
function stepTitle({ cause, app, correction, why }: Step, { findings }: ScanReport): string {
  const finding = findings.find((one) => one.cause === cause && one.app === app);
  return finding?.corrections.find(({ id }) => id === correction)?.title ?? why;
}

const titles = (findings: readonly Finding[]): Block[] =>
  findings.length === 0 ? [] : [{ type: 'list', items: findings.map(({ title }) => title) }];

function foundBlocks({ scan }: ReportedSnapshot, since: Since, words: ReportWords): Block[] {
  const { say } = words;
  const unread = unreadCount(scan);
  const { worthALook, couldMatter, asked, byHand, settling, symptoms, passed, health } = groupsOf(scan);
  const blocksOf = (findings: readonly Finding[]) => findings.flatMap((one) => findingBlocks(one, scan, words));
  const open = scan.steps.filter(({ cause, app }) =>
    since.corrected.every((one) => one.cause !== cause || one.app !== app),
  );
  const steps = open.map((step) => stepTitle(step, scan));
  return [
    ...correctedSince(since, words),
    ...part(say('What holds photos back'), blocksOf(since.held)),
    ...part(
      say('What to do, in this order'),
      steps.length === 0 ? [] : [{ type: 'steps', items: steps, boxes: false }],
    ),
    ...part(say('Worth a look'), blocksOf(aboutChosen(scan, [...worthALook, ...couldMatter]))),
    ...part(say('Comes of these'), since.isAsRead || since.held.length > 0 ? titles(aboutChosen(scan, symptoms)) : []),
    ...part(say('Known after the next photo'), titles(aboutChosen(scan, settling))),
    ...part(say('To look up by hand'), blocksOf(aboutChosen(scan, [...asked, ...byHand]))),
    ...part(say('The phone itself'), titles(health.filter(({ status }) => status !== 'unknown'))),
    ...part(say('Checked and right'), titles(aboutChosen(scan, passed))),
    ...part(say('What was read'), facts([[say('Could not be read'), unread === 0 ? null : String(unread)]])),
  ];
}

/** What is wrong with a phone, with the evidence, and what to do about it. */
export const diagnosis: ReportKind = {
  snapshots: 1,
  ofShop: false,
  csv: 'values',
  document(report, words) {
    const { say } = words;
    return {
      title: say('What stands out'),
      blocks: report.snapshots.flatMap((snapshot): Block[] => {
        const { answer, verdict } = snapshot.scan;
        const since = knownSince(snapshot, report, words);
        const uploads = uploadLines(snapshot.scan);
        const actions = report.actions.filter(
          ({ at, phoneId }) => at >= snapshot.takenAt && phoneId === snapshot.scan.phone.id,
        );
        const proofs = report.proofs.filter(({ startedAt }) => startedAt >= snapshot.takenAt);
        return [
          { type: 'lead', text: since.isAsRead ? `${answer.headline}. ${answer.sentence}`.trim() : since.headline },
          // What the reading says of photos is no longer so where something was done since.
          ...(since.isAsRead ? [{ type: 'text', text: verdict } as const] : []),
          ...(since.isAsRead && uploads.length > 0 ? [{ type: 'list', items: uploads } as const] : []),
          ...part(say('The phone'), [...phoneFacts(snapshot, words, report), ...ticketFacts(report, words)]),
          ...foundBlocks(snapshot, since, words),
          ...part(say('Done since'), actionRows(actions, words)),
          ...part(say('Test photos'), proofLines(proofs, words)),
          ...part(say('About this report'), footer(report, words)),
        ];
      }),
    };
  },
};
