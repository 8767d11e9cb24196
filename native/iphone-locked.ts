import type { Leaf, Reading } from './reading.ts';

/** What an iPhone's answer says of itself that only a locked screen kept back. */
export const isLocked = 'The iPhone is locked.';

const keptBack = (leaf: Leaf<unknown>): boolean =>
  'unavailable' in leaf && leaf.unavailable === 'denied' && leaf.detail === isLocked;

/** Whether the screen was locked while something about the photos was asked for. */
export const wasLocked = ({ platform, icloud, photos }: Reading): boolean =>
  platform === 'ios' && [...Object.values(icloud), ...Object.values(photos)].some(keptBack);
