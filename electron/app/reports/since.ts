import type { Finding } from '../../../diagnosis/finding.ts';
import { groupsOf } from '../../../diagnosis/judge/groups.ts';
import type { TestPhotoReport } from '../proof/test-photo-report.ts';
import { part, type Block } from './document.ts';
import type { ReportWords } from './kind.ts';
import type { Report, ReportedSnapshot } from './report.ts';

/** What is known of a phone that was worked on after it was read: a correction and a test photo are proven without a snapshot of their own. */
export interface Since {
  /** The first line: what is known last. */
  headline: string;
  /** Whether the snapshot alone is what is known. */
  isAsRead: boolean;
  /** What was found to hold photos back and was corrected since. */
  corrected: Finding[];
  /** The same, and not corrected. */
  held: Finding[];
}

type Done = Pick<Report, 'actions' | 'proofs'>;

/** Whether it was found in this snapshot, and its correction was taken since and is not put back. */
export function isCorrectedSince(
  { cause, app }: Finding,
  { scan, takenAt }: ReportedSnapshot,
  { actions }: Done,
): boolean {
  return actions.some(
    (one) =>
      one.result === 'taken' &&
      one.at >= takenAt &&
      one.phoneId === scan.phone.id &&
      one.cause === cause &&
      one.app === app,
  );
}

/** Whether it waits for what corrections do of which none stands any more. */
function isPutBackSince({ scan, takenAt }: ReportedSnapshot, { actions }: Done): boolean {
  const before = actions.filter(({ at, phoneId }) => phoneId === scan.phone.id && at < takenAt);
  return (
    scan.uploads.some(({ settling }) => settling) &&
    before.every(({ result }) => result !== 'taken') &&
    before.some(({ result, endedAt }) => result === 'undone' && endedAt !== null && endedAt > takenAt)
  );
}

function proofWords({ sentBytes, endedAt }: TestPhotoReport, { say, values }: ReportWords): string {
  const moment = values.moment(endedAt);
  return sentBytes === null
    ? say(`Photos leave this phone: a test photo was sent, ${moment}`)
    : say(`Photos leave this phone: ${values.value(sentBytes, ', bytes')} sent, ${moment}`);
}

function correctedWords(
  all: number,
  corrected: number,
  photo: TestPhotoReport | undefined,
  { say }: ReportWords,
): string {
  const words =
    all === corrected
      ? say('What held photos back is corrected.')
      : say(`${corrected} of ${all} things that held photos back are corrected.`);
  return `${words} ${say(photo === undefined ? 'No test photo was taken since.' : 'The test photo taken since has not proven it.')}`;
}

/** What is known last of a phone: what was read, unless it was corrected or proven since. */
export function knownSince(snapshot: ReportedSnapshot, report: Done, words: ReportWords): Since {
  const { scan, takenAt } = snapshot;
  const found = groupsOf(scan).held;
  const corrected = found.filter((finding) => isCorrectedSince(finding, snapshot, report));
  const held = found.filter((finding) => !corrected.includes(finding));
  const photo = report.proofs.findLast(({ phone, endedAt }) => phone === scan.phone.id && endedAt >= takenAt);
  if (photo?.verdict === 'uploaded') {
    return { headline: proofWords(photo, words), isAsRead: false, corrected, held };
  }
  if (corrected.length === 0 && isPutBackSince(snapshot, report)) {
    return { headline: words.say('What was corrected was put back since.'), isAsRead: false, corrected, held };
  }
  if (corrected.length === 0) return { headline: scan.answer.headline, isAsRead: true, corrected, held };
  const headline = correctedWords(found.length, corrected.length, photo, words);
  return { headline, isAsRead: false, corrected, held };
}

/** What was corrected since, a line each. */
export const correctedSince = ({ corrected }: Since, { say }: ReportWords): Block[] =>
  part(
    say('Corrected since'),
    corrected.length === 0 ? [] : [{ type: 'list', items: corrected.map(({ title }) => title) }],
  );
