import { t } from '../language/words.ts';
import type { Change } from './changes-since.ts';

export type { Change } from './changes-since.ts';

export const changeWords = () =>
  ({
    fixed: { tone: 'good', words: t('Fixed') },
    new: { tone: 'bad', words: t('New since the scan before') },
    unreadable: { tone: 'warn', words: t('Could not be read this time') },
    readable: { tone: 'good', words: t('Could be read this time') },
  }) as const satisfies Record<Change, { tone: string; words: string }>;
