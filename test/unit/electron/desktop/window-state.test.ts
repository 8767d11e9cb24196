import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test as plain } from 'vitest';
import { keepPlace, loadPlace, placeOnScreen } from '../../../../electron/desktop/window-state.ts';

const test = plain.extend('home', ({ onTestFinished }) => {
  const home = mkdtempSync(join(tmpdir(), 'phone-health-place-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  return home;
});

const left = { x: 0, y: 25, width: 1920, height: 1055 };
const right = { x: 1920, y: 0, width: 1280, height: 1024 };
const place = { x: 2000, y: 100, width: 1000, height: 700, maximized: false };

describe('a window is opened where it was left', () => {
  plain('on the screen it was on', () => {
    expect(placeOnScreen(place, [left, right])).toEqual(place);
  });

  plain('not where that screen is gone, and not where it could not be taken hold of', () => {
    expect(placeOnScreen(place, [left])).toBeNull();
    expect(placeOnScreen({ ...place, x: 100 - place.width }, [left])).toBeNull();
    expect(placeOnScreen({ ...place, x: 100, y: 1070 }, [left])).toBeNull();
    expect(placeOnScreen({ ...place, x: 100, y: -400 }, [left])).toBeNull();
    expect(placeOnScreen(null, [left])).toBeNull();
    expect(placeOnScreen(place, [])).toBeNull();
  });

  plain('with its upper edge below the menu of the system, no larger than the screen, and never too small', () => {
    const huge = { x: 10, y: 0, width: 5000, height: 3000, maximized: true };
    expect(placeOnScreen(huge, [left])).toEqual({ x: 10, y: 25, width: 1920, height: 1055, maximized: true });
    const tiny = { x: 10, y: 30, width: 200, height: 50, maximized: false };
    expect(placeOnScreen(tiny, [left])).toMatchObject({ width: 900, height: 600 });
  });

  test('as it was kept in the data folder, and nothing lies beside it', ({ home }) => {
    expect(loadPlace(home)).toBeNull();
    expect(keepPlace(home, place)).toBe(true);
    expect(loadPlace(home)).toEqual(place);
    expect(readdirSync(home)).toEqual(['window.json']);
  });

  test.for([
    ['{', 'a file that was cut'],
    ['{"x":1,"y":1,"width":-5,"height":5,"maximized":false}', 'a size of nothing'],
    ['{"x":1e12,"y":1,"width":5,"height":5,"maximized":false}', 'a place beyond every screen'],
    ['null', 'nothing'],
  ] as const)('as at first where there is %s', ([text], { home }) => {
    writeFileSync(join(home, 'window.json'), text);
    expect(loadPlace(home)).toBeNull();
  });

  test('is not kept where the folder takes nothing, and nothing is thrown', ({ home }) => {
    const blocked = join(home, 'file');
    writeFileSync(blocked, '');
    expect(keepPlace(blocked, place)).toBe(false);
  });
});
