import { t } from '../language/words.ts';
import type { Tone } from '../parts/notice.tsx';
import type { TestPhotoReport } from '../program/received.ts';

/** How a test photo ended, in two or three words. */
export const photoWords = (): Record<TestPhotoReport['verdict'], { title: string; tone: Tone }> => ({
  uploaded: { title: t('Uploaded'), tone: 'good' },
  sending: { title: t('Still sending'), tone: 'calm' },
  'nothing-sent': { title: t('Nothing was sent'), tone: 'bad' },
  unknown: { title: t('It cannot be told'), tone: 'warn' },
});
