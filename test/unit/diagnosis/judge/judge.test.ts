import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import { findingSchema, type Status } from '../../../../diagnosis/finding.ts';
import { backupAppOf, backupApps, incompleteOf, judge } from '../../../../diagnosis/judge/judge.ts';
import type { ReadingValues } from '../../../../native/reading.ts';
import { unavailable } from '../../../../native/unavailable.ts';
import { buildReading, patched, takenAt } from './build-reading.ts';
import { galleryApp, healthyApp, healthyPhone, healthySamsung, photosApp, stalledPhone } from './healthy-phone.ts';

const catalog = loadCatalog();
const ofIcloud = (app: string | null) => app === 'com.apple.mobileslideshow';
const finding = (values: ReadingValues, cause: string, app: string | null = null) =>
  judge(buildReading(values), catalog).findings.find((one) => one.cause === cause && (app === null || one.app === app));

describe('what was not read', () => {
  test.each(['android', 'ios'] as const)('is never ok: a reading of %s without any value', (platform) => {
    const apps = Object.fromEntries(backupApps(catalog, platform).map((id) => [id, {}]));
    const { findings } = judge(buildReading({ apps }, platform), catalog);
    const shown = new Set(findings.map(({ status }) => status));
    expect(['ok', 'problem', 'possible'].filter((status) => shown.has(status as Status))).toEqual([]);
    // What the catalog alone decides: apps without a sync adapter, permissions that an app does not need, and what iCloud Photos has
    // no use for or has alone; apps that cannot be taken off the phone; and what needs an earlier snapshot.
    const decided = [
      'sync-off',
      'reinstall',
      'app-recently-updated',
      'os-update-recent',
      'photos-permission',
      'photos-permission-partial',
      'notification-permission',
    ];
    const notApplicable = findings.filter(({ status }) => status === 'not-applicable');
    const unexplained = notApplicable.filter(
      ({ cause, app }) => ![...decided, 'managed-restriction'].includes(cause) && !ofIcloud(app),
    );
    expect(unexplained).toEqual([]);
    expect(findings.filter(({ status }) => status === 'unknown').length).toBeGreaterThan(5);
  });

  test('does not hide what is proven without it', () => {
    const values = patched(healthyPhone, {
      network: { captivePortal: true, validated: unavailable('unparsed', 'Not described.') },
    });
    expect(finding(values, 'captive-portal')?.status).toBe('problem');
  });

  test('is shown as evidence with its reason', () => {
    const values = patched(healthyPhone, { apps: { [photosApp]: { exempt: unavailable('timeout', 'DUMP TIMEOUT') } } });
    expect(finding(values, 'battery-optimized')?.evidence.find(({ path }) => path.endsWith('.exempt'))).toEqual({
      path: 'apps.com·google·android·apps·photos.exempt',
      label: 'The app is exempt from battery optimisation',
      value: null,
      unavailable: { reason: 'timeout', detail: 'DUMP TIMEOUT' },
      probe: 'test',
      command: 'dumpsys test',
      at: takenAt,
      doesNotProve: null,
      underPower: false,
      decides: false,
    });
  });

  test('is listed once for each question', () => {
    const reading = buildReading({
      battery: { level: unavailable('denied', 'No.'), status: unavailable('denied', 'No.') },
      apps: { [photosApp]: { exempt: unavailable('timeout', 'Too long.') } },
    });
    expect(incompleteOf(reading)).toEqual([
      { probe: 'test', reason: 'denied', detail: 'No.' },
      { probe: 'test', reason: 'timeout', detail: 'Too long.' },
    ]);
  });
});

describe('the USB cable', () => {
  test('proves nothing about battery saver: off now is not off before', () => {
    const values = patched(healthyPhone, { power: { saverBeforePower: unavailable('missing', 'No history.') } });
    const judged = finding(values, 'battery-saver');
    expect(judged?.status).toBe('unknown');
    expect(judged?.evidence.find(({ path }) => path === 'power.saverOn')).toMatchObject({
      value: false,
      underPower: true,
      doesNotProve: 'A USB cable switches battery saver off while it is plugged in.',
    });
  });
});

describe('evidence', () => {
  test('shows the value, the command and the moment, of the app it is about', () => {
    const values = patched(healthyPhone, { apps: { [photosApp]: { bucket: 45, bucketReason: 's-4' } } });
    const evidence = finding(values, 'standby-bucket', photosApp)?.evidence ?? [];
    expect(evidence.map(({ path, value }) => [path, value])).toEqual([
      ['apps.com·google·android·apps·photos.bucket', 45],
      ['apps.com·google·android·apps·photos.jobs', []],
      ['apps.com·google·android·apps·photos.bucketReason', 's-4'],
    ]);
  });

  test('of a cause of the whole phone is shown for every app', () => {
    const values: ReadingValues = { apps: { [photosApp]: { installed: false }, [galleryApp]: { installed: false } } };
    const judged = finding(values, 'app-not-installed');
    expect(judged?.status).toBe('possible');
    expect(judged?.evidence.map(({ path, value }) => [path, value])).toEqual([
      ['apps.com·google·android·apps·photos.installed', false],
      ['apps.com·sec·android·gallery3d.installed', false],
    ]);
  });
});

describe('apps', () => {
  test('that are not installed, or that nothing is said of, have no findings; one dump speaks of the apps in it', () => {
    const { findings } = judge(
      buildReading({
        apps: { [photosApp]: { installed: false }, [galleryApp]: {}, 'com.dropbox.android': { bucket: 30 } },
      }),
      catalog,
    );
    expect(new Set(findings.map(({ app }) => app))).toEqual(new Set([null, 'com.dropbox.android']));
  });

  test('are known by any of their ids and named in the order of the catalog', () => {
    expect(backupAppOf(catalog, 'com.google.photos')?.name).toBe('Google Photos');
    expect(backupAppOf(catalog, 'com.example')).toBeUndefined();
    expect(backupApps(catalog, 'android').slice(0, 3)).toEqual([photosApp, 'com.microsoft.skydrive', galleryApp]);
    expect(backupApps(catalog, 'ios').slice(0, 2)).toEqual(['com.google.photos', 'com.apple.mobileslideshow']);
    expect(catalog.apps.slice(0, 4).map(({ name }) => name)).toEqual([
      'Google Photos',
      'iCloud Photos',
      'OneDrive',
      'Samsung Gallery',
    ]);
  });

  test('of which nobody knows whether they are there are judged with doubt, and stand last', () => {
    // A folder of dumps without the list of packages: whole lists speak of apps that may not exist on the phone.
    const values: ReadingValues = {
      apps: {
        'com.dropbox.android': { suspended: true, netPolicy: 0, netPolicyName: 'NONE', jobs: [] },
        [photosApp]: { suspended: true, bucket: 10, mediaAccess: 'full' },
      },
    };
    const { findings, verdict } = judge(buildReading(values), catalog);
    const statuses = findings
      .filter(({ cause }) => ['app-suspended', 'background-data-denied'].includes(cause))
      .map(({ cause, app, status }) => [cause, app, status]);
    expect(statuses).toEqual([
      ['app-suspended', photosApp, 'problem'],
      ['app-suspended', 'com.dropbox.android', 'possible'],
      ['background-data-denied', photosApp, 'unknown'],
      ['background-data-denied', 'com.dropbox.android', 'unknown'],
    ]);
    expect(verdict).toMatch(/^Google Photos is suspended/);
  });

  test('that nobody ever opened stand behind those in use', () => {
    const values = patched(healthySamsung, {
      apps: {
        [galleryApp]: { bucket: 50, stopped: true, mediaAccess: 'none', sentBuckets: unavailable('missing', 'None.') },
        [photosApp]: { suspended: true },
      },
    });
    const problems = judge(buildReading(values), catalog).findings.filter(({ status }) => status === 'problem');
    expect(problems.map(({ cause, app }) => [cause, app])).toEqual([
      ['app-suspended', photosApp],
      ['app-stopped', galleryApp],
      ['photos-permission', galleryApp],
    ]);
  });

  test('the catalog does not know are judged under their id', () => {
    const values: ReadingValues = { ...healthyPhone, apps: { 'org.example.photos': { ...healthyApp, stopped: true } } };
    expect(finding(values, 'app-stopped')?.title).toBe('org.example.photos was stopped and not opened since');
    expect(finding(values, 'signed-out')?.status).toBe('unknown');
  });

  test('have names that cannot smuggle in a replacement pattern', () => {
    const values: ReadingValues = { ...healthyPhone, apps: { "$&$'{app}": { ...healthyApp, stopped: true } } };
    expect(finding(values, 'app-stopped')?.title).toBe("$&$'{app} was stopped and not opened since");
  });
});

describe('order', () => {
  const values = patched(stalledPhone, {
    network: { airplaneMode: true, connected: false, transports: [], validated: false },
    system: { bootedAgoMs: 5_000_000_000, managed: true },
    battery: { level: 18 },
    apps: {
      [photosApp]: {
        stopped: true,
        sentBuckets: [],
        usedByUserAgoMs: 4_320_000_000,
        mediaAccess: 'partial',
        jobs: [
          {
            id: '1',
            service: 's',
            userId: 0,
            required: [],
            satisfied: [],
            unsatisfied: ['CONNECTIVITY'],
            needsUnmetered: false,
            failures: 0,
          },
        ],
      },
    },
  });
  const { findings, steps } = judge(buildReading(values), catalog);

  test('is problems before what is possible, the worse first, roots before symptoms', () => {
    expect(findings.filter(({ status }) => status === 'problem').map(({ cause }) => cause)).toEqual([
      'airplane-mode',
      'no-internet',
      'app-stopped',
      'photos-permission-partial',
      'jobs-blocked',
      'upload-stalled',
    ]);
    expect(
      findings.filter(({ status, pack }) => status === 'possible' && pack === 'backup').map(({ cause }) => cause),
    ).toEqual(['low-battery', 'managed-restriction', 'permission-auto-revoke', 'restart-due']);
  });

  test('of the steps is the order of the findings without the symptoms, each with its first correction and a reason', () => {
    expect(steps.map(({ cause, app, correction }) => [cause, app, correction])).toEqual([
      ['airplane-mode', null, 'airplane-mode-off'],
      ['app-stopped', photosApp, 'open-app-once'],
      ['photos-permission-partial', photosApp, 'all-photos-by-hand'],
      ['low-battery', null, 'charge'],
      ['managed-restriction', photosApp, 'ask-the-administrator'],
      ['permission-auto-revoke', photosApp, 'keep-permissions'],
      ['restart-due', null, 'restart-over-usb'],
    ]);
    expect(steps[1]?.why).toMatch(/^Force stop and cleaners stop an app/);
  });

  test('does not depend on anything but reading and catalog', () => {
    expect(judge(buildReading(values), catalog)).toEqual(judge(buildReading(values), catalog));
    for (const one of findings) expect(findingSchema.parse(one)).toEqual(one);
  });
});
