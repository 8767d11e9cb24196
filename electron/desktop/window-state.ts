import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { makeFolder } from '../../db/make-folder.ts';

const whole = z.int().min(-100_000).max(100_000);
const placeSchema = z.object({
  x: whole,
  y: whole,
  width: whole.min(1),
  height: whole.min(1),
  maximized: z.boolean(),
});

/** Where the window lies and how large it is, in the screen's own units. */
export type WindowPlace = z.infer<typeof placeSchema>;

/** A part of the screens that windows can use. */
export type WorkArea = Pick<WindowPlace, 'x' | 'y' | 'width' | 'height'>;

export const leastSize = { width: 900, height: 600 };
export const firstSize = { width: 1200, height: 800 };

/** As much of its upper edge must be seen as a person can take hold of. */
const grip = { width: 120, height: 32 };

const overlap = (from: number, to: number, otherFrom: number, otherTo: number): number =>
  Math.min(to, otherTo) - Math.max(from, otherFrom);

/**
 * Where a window is opened that was left at a place: there, where that can still be taken hold of on one of the screens; of no larger
 * size than that screen. Null: nothing is kept, or its screen is gone. Pure.
 */
export function placeOnScreen(kept: WindowPlace | null, areas: readonly WorkArea[]): WindowPlace | null {
  if (kept === null) return null;
  const area = areas.find(
    ({ x, y, width, height }) =>
      overlap(kept.x, kept.x + kept.width, x, x + width) >= grip.width &&
      kept.y >= y - grip.height &&
      kept.y <= y + height - grip.height,
  );
  if (area === undefined) return null;
  const width = Math.min(Math.max(kept.width, leastSize.width), Math.max(area.width, leastSize.width));
  const height = Math.min(Math.max(kept.height, leastSize.height), Math.max(area.height, leastSize.height));
  return { ...kept, y: Math.max(kept.y, area.y), width, height };
}

const fileOf = (dataFolder: string): string => join(dataFolder, 'window.json');

const isOfSystem = (error: unknown): boolean => error instanceof Error && 'code' in error;

/** What was kept; null where nothing was, or where it cannot be read: the window is opened as at first then. */
export function loadPlace(dataFolder: string): WindowPlace | null {
  try {
    const parsed = placeSchema.safeParse(JSON.parse(readFileSync(fileOf(dataFolder), 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError || isOfSystem(error)) return null;
    throw error;
  }
}

/** False: it could not be kept. */
export function keepPlace(dataFolder: string, place: WindowPlace): boolean {
  const next = `${fileOf(dataFolder)}.${process.pid}.new`;
  try {
    makeFolder(dataFolder, 0o700);
    writeFileSync(next, `${JSON.stringify(place)}\n`, { mode: 0o600 });
    renameSync(next, fileOf(dataFolder));
    return true;
  } catch (error) {
    if (isOfSystem(error)) return false;
    throw error;
  }
}
