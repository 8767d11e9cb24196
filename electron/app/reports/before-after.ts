import type { Finding, Status } from '../../../diagnosis/finding.ts';
import { groupsOf } from '../../../diagnosis/judge/groups.ts';
import { part, type Block } from './document.ts';
import { actionRows, proofLines } from './done.ts';
import { footer, phoneFacts, ticketFacts } from './head.ts';
import type { ReportKind, ReportWords } from './kind.ts';
import type { ReportedSnapshot } from './report.ts';

/** What a finding says to whoever brought the phone. */
const statusWords: Record<Status, string> = {
  problem: 'holds photos back',
  possible: 'may hold photos back',
  ok: 'right',
  unknown: 'not read',
  manual: 'to look up by hand',
  'not-applicable': 'does not apply',
};

const keyOf = ({ cause, app }: Finding): string => `${cause} ${app ?? ''}`;

/** What held photos back in either, with how it stood then and stands now. */
function foundBlocks(before: ReportedSnapshot, after: ReportedSnapshot, { say, values }: ReportWords): Block[] {
  const concerns = [before, after].flatMap(({ scan }) => {
    const { held, worthALook } = groupsOf(scan);
    return [...held, ...worthALook];
  });
  const keys = [...new Set(concerns.map(keyOf))];
  const foundIn = ({ scan }: ReportedSnapshot, key: string): Finding | undefined =>
    scan.findings.find((finding) => keyOf(finding) === key);
  const words = (finding: Finding | undefined): string =>
    say(finding === undefined ? 'not looked at' : statusWords[finding.status]);
  if (keys.length === 0) return [];
  return [
    {
      type: 'table',
      columns: [
        say('What was found'),
        `${say('Before')}: ${values.day(before.takenAt)}`,
        `${say('After')}: ${values.day(after.takenAt)}`,
      ],
      rows: keys.map((key) => {
        const concern = concerns.find((finding) => keyOf(finding) === key);
        return [concern?.title ?? '', words(foundIn(before, key)), words(foundIn(after, key))];
      }),
    },
  ];
}

/** How a phone was brought and how it is handed back, with what was done in between and what that was proven by. */
export const beforeAfter: ReportKind = {
  snapshots: 2,
  ofShop: true,
  csv: 'text',
  document(report, words) {
    const { say, values } = words;
    const [before, after] = report.snapshots;
    if (before === undefined || after === undefined) return { title: say('Before and after'), blocks: [] };
    const phone = after.scan.phone.id;
    // Work goes on for a while after the last reading: its proof is a photo that left since.
    const actions = report.actions.filter((one) => one.phoneId === phone && one.at >= before.takenAt);
    const proofs = report.proofs.filter((one) => one.phone === phone && one.startedAt >= before.takenAt);
    const said = ({ scan, takenAt }: ReportedSnapshot): Block[] => [
      { type: 'text', text: values.moment(takenAt) },
      { type: 'lead', text: scan.answer.headline },
      { type: 'text', text: scan.answer.sentence },
    ];
    return {
      title: say('Before and after'),
      blocks: [
        ...ticketFacts(report, words),
        ...phoneFacts(after, words),
        ...part(say('When it was brought'), said(before)),
        ...part(say('When it is handed back'), said(after)),
        ...part(say('What has changed'), foundBlocks(before, after, words)),
        ...part(say('What was done'), actionRows(actions, words)),
        ...part(say('Proof'), proofLines(proofs, words)),
        ...part(say('About this report'), footer(report, words)),
      ],
    };
  },
};
