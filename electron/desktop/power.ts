import type { PowerSaveBlocker } from 'electron';
import type { UnderWay } from '../app/program/under-way.ts';

/** Keeps the computer awake while a phone is corrected or its photos are copied; the screen may go dark. Returns the way to stop. */
export function stayAwake(
  underWay: Pick<UnderWay, 'follow'>,
  blocker: Pick<PowerSaveBlocker, 'start' | 'stop'>,
): () => void {
  let held: number | null = null;
  const release = (): void => {
    if (held !== null) blocker.stop(held);
    held = null;
  };
  const unfollow = underWay.follow(({ correction, copy }) => {
    if (correction + copy === 0) release();
    else held ??= blocker.start('prevent-app-suspension');
  });
  return () => {
    unfollow();
    release();
  };
}
