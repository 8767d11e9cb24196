import { provingPhoto } from '../proof/still-proven.ts';
import type { TestPhotoRun } from '../program/long-runs.ts';
import type { PhoneWork } from '../program/phone-work.ts';
import type { BenchSlot, PhoneState, ScanReport } from '../program/received.ts';

/** The one thing that a card says of its phone. Whatever is being done comes before how it stands, and whether it can be read before both. */
export type CardState =
  | { kind: 'unplugged' }
  | { kind: 'unreadable'; state: Exclude<PhoneState, 'ready' | 'gone'> }
  | { kind: 'asks' }
  | { kind: 'waits-for-turn' }
  | { kind: 'scanning'; percent: number }
  | { kind: 'fixing'; at: number; of: number }
  | { kind: 'correcting' }
  | { kind: 'undoing' }
  | { kind: 'take-photo' }
  | { kind: 'photo-on-its-way' }
  | { kind: 'ready' }
  | { kind: 'cut-off' }
  | { kind: 'not-scanned' }
  | { kind: 'broke-off' }
  | { kind: 'problems'; count: number }
  | { kind: 'stalled' }
  | { kind: 'photo-next' }
  | { kind: 'unclear' }
  | { kind: 'nothing-new' }
  | { kind: 'proven' };

/** What the bench counts its phones by. `hands`: nothing goes on before somebody touches the phone. */
export type CardGroup = 'hands' | 'problems' | 'proven' | 'others';

/** How much a state stands out, in colour. */
export type CardTone = 'bad' | 'warn' | 'good' | 'busy' | 'calm' | 'off';

export interface CardPhone {
  slot: Pick<BenchSlot, 'leftAt'> & { phone: NonNullable<BenchSlot['phone']> };
  work: Pick<PhoneWork, 'activity' | 'asked' | 'batch' | 'report' | 'problem'>;
  photo: Pick<TestPhotoRun, 'running' | 'progress' | 'report'>;
  /** Whether a correction of it was cut off, and is to be finished or put back. */
  isCutOff: boolean;
}

function activityState({ activity, batch }: CardPhone['work']): CardState | null {
  switch (activity?.kind) {
    case undefined:
      return null;
    case 'scan': {
      if (activity.waiting) return { kind: 'waits-for-turn' };
      const { answered, total } = activity;
      return { kind: 'scanning', percent: total === 0 ? 0 : Math.floor((answered / total) * 100) };
    }
    case 'batch': {
      const items = batch?.items ?? [];
      const over = items.filter(({ state }) => state !== 'waiting' && state !== 'doing').length;
      return { kind: 'fixing', at: Math.min(over + 1, items.length), of: items.length };
    }
    case 'correct':
    case 'finish':
      return { kind: 'correcting' };
    case 'undo':
    case 'undo-all':
      return { kind: 'undoing' };
  }
}

/** A photo that is seen to leave proves it, whether a test photo or one that the phone tells of. */
function reportState(report: ScanReport, photo: CardPhone['photo']): CardState {
  if (report.brokenOff !== null) return { kind: 'broke-off' };
  const { answer, uploads } = report;
  if (answer.tone === 'waits') return { kind: 'photo-next' };
  if (answer.heldBack > 0) return { kind: 'problems', count: answer.heldBack };
  if (answer.tone === 'bad') return { kind: 'stalled' };
  if (answer.tone === 'warn') return { kind: 'unclear' };
  const left = uploads.some(({ state, settling }) => state === 'running' && !settling);
  return left || provingPhoto(photo, report) !== null ? { kind: 'proven' } : { kind: 'nothing-new' };
}

/** Pure. */
export function cardState({ slot, work, photo, isCutOff }: CardPhone): CardState {
  if (work.asked !== null) return { kind: 'asks' };
  // A phone that a correction restarts is gone for a while, as it should be.
  const doing = activityState(work);
  if (doing !== null) return doing;
  const { state } = slot.phone;
  if (slot.leftAt !== null || state === 'gone') return { kind: 'unplugged' };
  if (state !== 'ready') return { kind: 'unreadable', state };
  if (photo.running) return { kind: photo.progress?.stage === 'take-photo' ? 'take-photo' : 'photo-on-its-way' };
  // Nobody knows how the phone stands before that is settled.
  if (isCutOff) return { kind: 'cut-off' };
  if (work.problem !== null) return { kind: 'not-scanned' };
  return work.report === null ? { kind: 'ready' } : reportState(work.report, photo);
}

export function groupOf({ kind }: CardState): CardGroup {
  switch (kind) {
    case 'unreadable':
    case 'asks':
    case 'take-photo':
    case 'cut-off':
      return 'hands';
    case 'problems':
    case 'stalled':
      return 'problems';
    case 'proven':
      return 'proven';
    default:
      return 'others';
  }
}

export function toneOf({ kind }: CardState): CardTone {
  switch (kind) {
    case 'problems':
    case 'stalled':
      return 'bad';
    case 'unreadable':
    case 'asks':
    case 'take-photo':
    case 'cut-off':
    case 'unclear':
    case 'broke-off':
    case 'not-scanned':
      return 'warn';
    case 'proven':
    case 'nothing-new':
      return 'good';
    case 'scanning':
    case 'fixing':
    case 'correcting':
    case 'undoing':
    case 'photo-on-its-way':
    case 'photo-next':
      return 'busy';
    case 'unplugged':
      return 'off';
    case 'waits-for-turn':
    case 'ready':
      return 'calm';
  }
}

/** How far it is, of 100; null where nothing is under way that tells it. */
export function progressOf(state: CardState): number | null {
  if (state.kind === 'scanning') return state.percent;
  return state.kind === 'fixing' && state.of > 0 ? Math.round(((state.at - 1) / state.of) * 100) : null;
}
