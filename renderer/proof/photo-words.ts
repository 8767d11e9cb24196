import type { Tone } from '../parts/notice.tsx';
import type { TestPhotoReport } from '../program/received.ts';

/** How a test photo ended, in two or three words. */
export const photoWords: Record<TestPhotoReport['verdict'], { title: string; tone: Tone }> = {
  uploaded: { title: 'Uploaded', tone: 'good' },
  sending: { title: 'Still sending', tone: 'calm' },
  'nothing-sent': { title: 'Nothing was sent', tone: 'bad' },
  unknown: { title: 'It cannot be told', tone: 'warn' },
};
