import type { Change } from './report-groups.ts';

export type { Change } from './report-groups.ts';

export const changeWords = {
  fixed: { tone: 'good', words: 'Fixed' },
  new: { tone: 'bad', words: 'New since the scan before' },
  unreadable: { tone: 'warn', words: 'Could not be read this time' },
  readable: { tone: 'good', words: 'Could be read this time' },
} as const satisfies Record<Change, { tone: string; words: string }>;
