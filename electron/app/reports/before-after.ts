import { comparedChanges, comparedFindings, isConcern, type ComparedFinding } from '../../../db/compare.ts';
import type { Status } from '../../../diagnosis/finding.ts';
import { part, type Block } from './document.ts';
import { actionRows, proofLines } from './done.ts';
import { footer, phoneFacts, ticketFacts } from './head.ts';
import type { ReportKind, ReportWords } from './kind.ts';
import type { Report, ReportedSnapshot } from './report.ts';
import { isCorrectedSince, knownSince } from './since.ts';

/** What a finding says to whoever brought the phone. */
const statusWords: Record<Status, string> = {
  problem: 'holds photos back',
  possible: 'may hold photos back',
  ok: 'right',
  unknown: 'not read',
  manual: 'to look up by hand',
  'not-applicable': 'does not apply',
};

/** What was or is wrong in either, with how it stood then and stands now: what a comparison of the two counts. */
function foundBlocks(report: Report, before: ReportedSnapshot, after: ReportedSnapshot, words: ReportWords): Block[] {
  const { say, values } = words;
  const chosen = [before, after].flatMap(({ scan }) => scan.chosen.map(({ app }) => app));
  const findings = comparedFindings(before.scan.findings, after.scan.findings);
  const { gone, lost, still, fresh } = comparedChanges({ findings }, chosen);
  const concerns = [...gone, ...lost, ...still, ...fresh];
  const standing = (snapshot: ReportedSnapshot, { cause, app }: ComparedFinding): string => {
    const finding = snapshot.scan.findings.find((one) => one.cause === cause && one.app === app);
    if (finding === undefined) return say('not looked at');
    const isCorrected = snapshot === after && isCorrectedSince(finding, after, report);
    return say(isCorrected ? 'corrected since' : statusWords[finding.status]);
  };
  if (concerns.length === 0) return [];
  return [
    {
      type: 'table',
      columns: [
        say('What was found'),
        `${say('Before')}: ${values.day(before.takenAt)}`,
        `${say('After')}: ${values.day(after.takenAt)}`,
      ],
      rows: concerns.map((one) => [
        (isConcern(one.before) ? one.titleBefore : null) ?? one.title,
        standing(before, one),
        standing(after, one),
      ]),
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
    // How much work it is concerns whoever does it.
    const said = ({ takenAt }: ReportedSnapshot, headline: string): Block[] => [
      { type: 'text', text: `${say('Read')}: ${values.moment(takenAt)}` },
      { type: 'lead', text: headline },
    ];
    return {
      title: say('Before and after'),
      blocks: [
        ...ticketFacts(report, words),
        ...phoneFacts(after, words, report),
        ...part(say('When it was brought'), said(before, before.scan.answer.headline)),
        ...part(say('When it is handed back'), said(after, knownSince(after, report, words).headline)),
        ...part(say('What has changed'), foundBlocks(report, before, after, words)),
        ...part(say('What was done'), actionRows(actions, words)),
        ...part(say('Proof'), proofLines(proofs, words)),
        ...part(say('About this report'), footer(report, words)),
      ],
    };
  },
};
