import { describe, expect, test } from 'vitest';
import {
  appValues,
  compileCondition,
  ConditionError,
  describePath,
  pathExists,
  phoneValues,
  type BackupFacts,
  type Truth,
} from '../../../../diagnosis/load/conditions.ts';
import type { ReadingValues } from '../../../../native/reading.ts';
import { unavailable } from '../../../../native/unavailable.ts';
import { buildReading } from '../judge/build-reading.ts';
import { photosApp } from '../judge/healthy-phone.ts';

function truth(source: string, values: ReadingValues): Truth {
  const reading = buildReading({ ...values, apps: values.apps ?? { [photosApp]: {} } });
  const leaves = reading.apps[photosApp] ?? {};
  const backup: BackupFacts = {
    uploadsBy: 'jobs',
    needs: { android: ['photos'] },
    accountTypes: ['com.google'],
    authorities: [],
    atHome: false,
    removable: true,
    endedOn: undefined,
    largest: { video: 10_000_000_000 },
  };
  return compileCondition(source).evaluate(appValues(phoneValues(reading), leaves, { backup, before: undefined }));
}

const unread = unavailable('timeout', 'No answer.');

describe('three-valued logic', () => {
  const on: ReadingValues = { power: { saverOn: true } };
  const off: ReadingValues = { power: { saverOn: false } };

  test.each<[string, ReadingValues, Truth]>([
    ['power.saverOn', on, true],
    ['power.saverOn', off, false],
    ['power.saverOn', {}, 'unknown'],
    ['power.saverOn', { power: { saverOn: unread } }, 'unknown'],
    ['!power.saverOn', {}, 'unknown'],
    ['power.saverOn || power.extremeMode', on, true],
    ['power.extremeMode || power.saverOn', on, true],
    ['power.saverOn || power.extremeMode', off, 'unknown'],
    ['power.saverOn && power.extremeMode', off, false],
    ['power.extremeMode && power.saverOn', off, false],
    ['power.saverOn && power.extremeMode', on, 'unknown'],
    ['has(power.saverOn) ? power.saverOn : false', {}, false],
    ['battery.level <= 15', { battery: { level: 15 } }, true],
    ['battery.temperature >= 45.0', { battery: { temperature: 45 } }, true],
    ['app.bucket in [40, 45]', { apps: { [photosApp]: { bucket: 45 } } }, true],
    ['app.netPolicy / 4 % 2 == 1', { apps: { [photosApp]: { netPolicy: 5 } } }, true],
    ['apps.exists(a, a.installed)', { apps: { [photosApp]: {}, other: { installed: true } } }, true],
    ['apps.exists(a, a.installed)', { apps: { [photosApp]: {}, other: { installed: false } } }, 'unknown'],
    ['"com.google" in backup.accountTypes', {}, true],
    ['takenAt - timestamp(photos.newest) < duration("24h")', { photos: { newest: '2026-11-22T00:00:00Z' } }, true],
    ['takenAt - timestamp(photos.newest) < duration("24h")', { photos: { newest: 'yesterday' } }, 'unknown'],
  ])('%s with %j is %s', (source, values, expected) => {
    expect(truth(source, values)).toBe(expected);
  });

  test('reaches into lists and maps of objects', () => {
    const leaves = {
      permissions: { 'android.permission.READ_MEDIA_IMAGES': { granted: true, flags: ['ONE_TIME'] } },
      jobs: [
        {
          id: '1',
          service: 's',
          userId: 0,
          required: [],
          satisfied: [],
          unsatisfied: ['IDLE'],
          needsUnmetered: false,
          failures: 3,
        },
      ],
    };
    const apps = { apps: { [photosApp]: leaves } };
    expect(truth('app.permissions["android.permission.READ_MEDIA_IMAGES"].granted', apps)).toBe(true);
    expect(truth('"ONE_TIME" in app.permissions["android.permission.READ_MEDIA_IMAGES"].flags', apps)).toBe(true);
    expect(truth('app.permissions["android.permission.CAMERA"].granted', apps)).toBe('unknown');
    expect(truth('app.jobs[0].failures == 3 && "IDLE" in app.jobs[0].unsatisfied', apps)).toBe(true);
    expect(truth('app.jobs[1].failures == 3', apps)).toBe('unknown');
  });
});

describe('a condition', () => {
  test('names what it reads, once each', () => {
    const condition = compileCondition('power.saverOn || (battery.powered && !has(power.saverOn) && app.exempt)');
    expect(condition.reads).toEqual(['power.saverOn', 'battery.powered', 'app.exempt']);
  });

  test.each([
    ['power.saverOnn', 'No such key: saverOnn'],
    ['pwoer.saverOn', 'Unknown variable: pwoer'],
    ['battery.level', 'The condition gives int, not a bool.'],
    ['battery.level == "low"', 'no such overload: int == string'],
    ['power.saverOn &&', ''],
    ['app.enabledState == "disabledd"', 'app.enabledState is never "disabledd", but one of: default, enabled'],
    ['identity.skin in ["samsung", "xiaomy"]', 'identity.skin is never "xiaomy"'],
    ['apps.exists(a, a.instaled)', 'No such key: instaled'],
  ])('%s is refused', (source, message) => {
    expect(() => compileCondition(source)).toThrow(ConditionError);
    expect(() => compileCondition(source)).toThrow(message);
  });
});

describe('a path', () => {
  test('exists where the vocabulary has it', () => {
    expect(pathExists('battery.level')).toBe(true);
    expect(pathExists('app.exempt')).toBe(true);
    expect(pathExists('battery.exempt')).toBe(false);
    expect(pathExists('constructor')).toBe(false);
  });

  test('is described in words, with what it does not prove', () => {
    expect(describePath('battery.level')).toEqual({ label: 'Battery level, %', doesNotProve: null, passing: true });
    expect(describePath('power.saverOn').doesNotProve).toMatch(/USB cable/);
    expect(describePath('no.such')).toEqual({ label: 'no.such', doesNotProve: null, passing: false });
  });
});
