import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import { judge } from '../../../../diagnosis/judge/judge.ts';
import type { ReadingValues } from '../../../../native/reading.ts';
import { buildReading, patched } from './build-reading.ts';
import { healthyPhone, photosApp, stalledPhone } from './healthy-phone.ts';

const catalog = loadCatalog();

const waitingFor = (...unsatisfied: string[]) => ({
  jobs: [
    {
      id: '1',
      service: 's',
      userId: 0,
      required: ['CONNECTIVITY'],
      satisfied: [],
      unsatisfied,
      needsUnmetered: false,
      failures: 0,
    },
  ],
});
const judged = (patch: ReadingValues) => judge(buildReading(patched(stalledPhone, patch)), catalog);
const becauseOf = (patch: ReadingValues, symptom: string) =>
  judged(patch)
    .findings.find(({ cause }) => cause === symptom)
    ?.becauseOf.map(({ cause, app }) => [cause, app]);

describe('a symptom', () => {
  test('comes from the causes that explain what its jobs wait for, and from no other that is open', () => {
    const patch = {
      network: { airplaneMode: true, connected: false, validated: false },
      apps: { [photosApp]: { bucket: 45, ...waitingFor('WITHIN_QUOTA') } },
    };
    expect(becauseOf(patch, 'jobs-blocked')).toEqual([['standby-bucket', photosApp]]);
  });

  test('whose entry names no causes comes from everything else that is wrong with the app or the phone', () => {
    const patch = {
      network: { airplaneMode: true, connected: false, validated: false },
      apps: { [photosApp]: { stopped: true } },
    };
    expect(becauseOf(patch, 'upload-stalled')).toEqual([
      ['airplane-mode', null],
      ['app-stopped', photosApp],
    ]);
  });

  test('that nothing explains stands for itself', () => {
    const patch = { apps: { [photosApp]: waitingFor('BATTERY_NOT_LOW') } };
    expect(becauseOf(patch, 'jobs-blocked')).toEqual([]);
    expect(judged(patch).verdict).toBe('Work of Google Photos is waiting for a fuller battery, so uploads come late.');
  });

  test('that something explains is not counted a second time in the verdict', () => {
    const patch = { apps: { [photosApp]: { runAnyInBackground: 'ignore' as const, ...waitingFor('CONNECTIVITY') } } };
    expect(judged(patch).verdict).toBe(
      'Google Photos may not run in the background, so it uploads only while it is open.',
    );
  });
});

describe('many photos', () => {
  const many = { photos: { count: 30_000 } };
  const queue = (patch: ReadingValues) => {
    const { findings, steps } = judged(patched(many, patch));
    const finding = findings.find(({ cause }) => cause === 'large-queue');
    return { finding, isStep: steps.some(({ cause }) => cause === 'large-queue') };
  };

  test('come of what is stuck, and nobody is told to wait for them', () => {
    const { finding, isStep } = queue({ apps: { [photosApp]: { runAnyInBackground: 'ignore' } } });
    expect(finding?.status).toBe('possible');
    expect(finding?.becauseOf.map(({ cause }) => cause)).toContain('background-restricted');
    expect(finding?.corrections).toEqual([]);
    expect(isStep).toBe(false);
  });

  test('stand for themselves where photos leave', () => {
    const { findings } = judge(buildReading(patched(healthyPhone, many)), catalog);
    expect(findings.find(({ cause }) => cause === 'large-queue')).toMatchObject({
      becauseOf: [],
      corrections: [{ id: 'smaller-batches' }],
    });
  });

  test('come neither of what is wrong with an app whose photos leave, nor of what comes of something stuck', () => {
    const restricted = { apps: { [photosApp]: { runAnyInBackground: 'ignore' as const } } };
    const running = judge(buildReading(patched(patched(healthyPhone, many), restricted)), catalog);
    expect(running.findings.find(({ cause }) => cause === 'background-restricted')?.status).toBe('problem');
    expect(running.findings.find(({ cause }) => cause === 'large-queue')?.becauseOf).toEqual([]);
    expect(queue(restricted).finding?.becauseOf).toEqual([{ cause: 'background-restricted', app: photosApp }]);
  });
});

test('what is no symptom comes from nothing', () => {
  const { findings } = judged({ apps: { [photosApp]: { runAnyInBackground: 'ignore', stopped: true } } });
  const open = findings
    .filter(({ status, cause }) => status === 'problem' && cause !== 'upload-stalled')
    .map(({ cause, becauseOf }) => [cause, becauseOf]);
  expect(open).toEqual([
    ['app-stopped', []],
    ['background-restricted', []],
  ]);
});

describe('an app that a Samsung has put into deep sleep', () => {
  const asleep: ReadingValues = {
    identity: { skin: 'samsung' },
    apps: { [photosApp]: { stopped: true, enabledState: 'disabled-until-used' } },
  };

  test('is stopped because it sleeps, and the verdict says that it sleeps', () => {
    expect(becauseOf(asleep, 'app-stopped')).toEqual([['maker-sleeping', photosApp]]);
    const { verdict, steps } = judged(asleep);
    expect(verdict).toMatch(/^The phone has put Google Photos to sleep/);
    expect(steps[0]?.cause).toBe('maker-sleeping');
  });

  test('is stopped by itself on any other phone, and where it does not sleep', () => {
    const awake: ReadingValues = { identity: { skin: 'samsung' }, apps: { [photosApp]: { stopped: true } } };
    expect(becauseOf(awake, 'app-stopped')).toEqual([]);
    expect(judged(awake).verdict).toMatch(/^Google Photos was stopped/);
  });
});

const severity = (patch: ReadingValues): unknown =>
  judged(patch).findings.find(({ cause }) => cause === 'photos-permission-partial')?.severity;

describe('an app that may see photos and no videos', () => {
  test('uploads the photos: it delays, where a selection of photos blocks', () => {
    const partial = { mediaAccess: 'partial' as const, videosGranted: false };
    expect(severity({ apps: { [photosApp]: { ...partial, imagesGranted: true } } })).toBe('delays');
    expect(severity({ apps: { [photosApp]: { ...partial, imagesGranted: false } } })).toBe('blocks');
  });
});
