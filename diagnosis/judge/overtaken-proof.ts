import type { Reading } from '../../native/reading.ts';
import type { Diagnosis } from '../diagnosis.ts';
import type { Finding } from '../finding.ts';
import { leftPhotoOf, type TestPhotoSeen } from '../uploads/upload-state.ts';
import type { CorrectedOnce } from './settling.ts';
import { isObstacle } from './verdict.ts';

export interface KeptProof {
  testPhotos: readonly TestPhotoSeen[];
  /** Corrections that took, those that came back by themselves among them. */
  taken: readonly CorrectedOnce[];
  /** The findings of an earlier reading. */
  findingsOf: (reading: Reading) => readonly Finding[];
}

const isSame = (a: { cause?: string; app: string | null }, b: Finding): boolean =>
  a.cause === b.cause && a.app === b.app;

/** Whether a finding that holds uploads back now was right when a test photo left: by the last that is known of it before the photo. */
function wasRight(
  finding: Finding,
  photo: TestPhotoSeen,
  taken: readonly CorrectedOnce[],
  findingsBefore: (before: Reading) => readonly Finding[],
): boolean {
  const { before = null } = photo;
  const corrected = taken
    .filter((one) => isSame(one, finding) && Date.parse(one.at) <= Date.parse(photo.at))
    .map(({ at }) => Date.parse(at));
  if (corrected.some((at) => before === null || at > Date.parse(before.takenAt))) return true;
  // Delays come and go with the day: one that nobody had corrected takes no proof away.
  if (before === null || (corrected.length === 0 && finding.severity !== 'blocks')) return false;
  return findingsBefore(before).some((one) => isSame(one, finding) && one.status === 'ok');
}

/** The apps whose test photo left before what holds their uploads back now came back, or came to be: it proves nothing any more. */
export function appsOvertaken({ findings, uploads }: Diagnosis, kept: KeptProof): string[] {
  return uploads.flatMap(({ app, proof }) => {
    const photo = proof.by === 'test-photo' ? leftPhotoOf(app, kept.testPhotos) : undefined;
    if (photo === undefined) return [];
    const own = findings.filter((finding) => isObstacle(finding) && (finding.app === null || finding.app === app));
    // Judged once for each photo, and only where it decides.
    let judged: readonly Finding[] | null = null;
    const findingsBefore = (before: Reading): readonly Finding[] => (judged ??= kept.findingsOf(before));
    return own.some((finding) => wasRight(finding, photo, kept.taken, findingsBefore)) ? [app] : [];
  });
}
