import { leavesByPath } from '../../../db/compare.ts';
import { isKnown, type Leaf, type Reading } from '../../../native/reading.ts';
import { groupsOf } from '../../../diagnosis/judge/groups.ts';
import { qrSvg } from '../printing/codes.ts';
import { facts, part, type Block } from './document.ts';
import { actionRows, proofLines } from './done.ts';
import { footer, phoneFacts, ticketFacts, unreadCount, uploadLines } from './head.ts';
import type { ReportKind, ReportWords } from './kind.ts';
import { pictureAddress } from './picture-address.ts';
import { reportCode, reportHash } from './report-code.ts';
import type { Report, ReportedSnapshot } from './report.ts';
import { correctedSince, knownSince } from './since.ts';

/** A value as it is called on paper; `unit` as labels of values have it. */
type Told = readonly [words: string, leaf: Leaf<unknown> | undefined, unit?: 'bytes' | '%'];

/** Every value that such a phone is asked for; one that it does not tell says so. */
function valueFacts(told: readonly Told[], { say, values }: ReportWords): Block[] {
  return facts(
    told.map(([words, leaf, unit]): [string, string | null] => {
      if (leaf === undefined) return [say(words), null];
      if ('value' in leaf) return [say(words), values.value(leaf.value, unit === undefined ? '' : `, ${unit}`)];
      const why =
        leaf.unavailable === 'missing' ? say('the phone does not tell') : `${say('not read')}: ${say(leaf.detail)}`;
      return [say(words), why];
    }),
  );
}

const batteryFacts = ({ battery }: Reading, words: ReportWords): Block[] =>
  valueFacts(
    [
      ['Holds of what it held as new', battery.capacityPercent, '%'],
      ['Holds, mAh', battery.fullMah],
      ['Held as new, mAh', battery.designMah],
      ['Charge cycles', battery.cycles],
      ['Health in the words of the phone', battery.health],
      ['First used', battery.firstUse],
    ],
    words,
  );

const storageFacts = ({ storage }: Reading, words: ReportWords): Block[] =>
  valueFacts(
    [
      ['Size of the storage', storage.diskBytes ?? storage.totalBytes, 'bytes'],
      ['Free room', storage.availableBytes ?? storage.freeBytes, 'bytes'],
    ],
    words,
  );

/** How much was read, and what could not be. */
function readFacts({ scan }: ReportedSnapshot, { say }: ReportWords): Block[] {
  const known = [...leavesByPath(scan.reading).values()].filter(({ leaf }) => isKnown(leaf)).length;
  const unread = unreadCount(scan);
  return facts([
    [say('Values that were read'), String(known)],
    [say('Could not be read'), unread === 0 ? say('nothing') : String(unread)],
  ]);
}

/** Groups of eight, so that it breaks where a line ends and can be compared by eye. */
const inGroups = (hash: string): string => hash.match(/.{8}/g)?.join(' ') ?? hash;

function codeBlocks(report: Report, { uid }: ReportedSnapshot, { say }: ReportWords): Block[] {
  const hash = reportHash(report);
  const code = reportCode(uid, hash);
  return [
    {
      type: 'group',
      blocks: [
        { type: 'picture', address: pictureAddress(qrSvg(code)), alt: code, width: 36, height: 36 },
        ...facts([
          [say('Snapshot'), uid],
          [say('SHA-256 of what was read and done'), inGroups(hash)],
        ]),
        {
          type: 'text',
          text: say('This report saved as JSON can be held against the code: phone-health report --check FILE'),
        },
      ],
    },
  ];
}

/** What condition a phone is in, to be handed to whoever owns or buys it. */
export const certificate: ReportKind = {
  snapshots: 1,
  ofShop: true,
  csv: 'text',
  document(report, words) {
    const { say } = words;
    return {
      title: say('Condition certificate'),
      blocks: report.snapshots.flatMap((snapshot): Block[] => {
        const { scan } = snapshot;
        const { health } = groupsOf(scan);
        const since = knownSince(snapshot, report, words);
        // What the reading says of photos is no longer so where something was done since.
        const asRead = since.isAsRead ? [scan.verdict, ...uploadLines(scan)] : [];
        const titles = [...since.held, ...health.filter(({ status }) => status === 'problem' || status === 'possible')];
        const done = report.actions.filter(({ result, phoneId }) => result === 'taken' && phoneId === scan.phone.id);
        const proofs = report.proofs.filter(({ verdict, phone }) => verdict === 'uploaded' && phone === scan.phone.id);
        return [
          { type: 'lead', text: since.headline },
          ...phoneFacts(snapshot, words, report),
          ...ticketFacts(report, words),
          ...part(say('Battery'), batteryFacts(scan.reading, words)),
          ...part(say('Storage'), storageFacts(scan.reading, words)),
          ...part(say('Photos'), [
            ...(asRead.length === 0 ? [] : [{ type: 'list', items: asRead } as const]),
            ...(titles.length === 0 ? [] : [{ type: 'list', items: titles.map(({ title }) => title) } as const]),
          ]),
          ...correctedSince(since, words),
          ...part(say('What was done'), actionRows(done, words)),
          ...part(say('Proof'), proofLines(proofs, words)),
          ...part(say('What was read'), readFacts(snapshot, words)),
          ...part(say('Check this certificate'), codeBlocks(report, snapshot, words)),
          ...part(say('About this report'), footer(report, words)),
        ];
      }),
    };
  },
};
