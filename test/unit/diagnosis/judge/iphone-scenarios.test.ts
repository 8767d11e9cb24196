import { describe, expect, test } from 'vitest';
import { backupApps, judge } from '../../../../diagnosis/judge/judge.ts';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import type { Finding, Status } from '../../../../diagnosis/finding.ts';
import { pauseWords } from '../../../../native/ios/read/sync-status.ts';
import type { SampleIphone } from '../../../../native/samples/ios/iphone.ts';
import { setFlag } from '../../../../native/samples/ios/owner-actions.ts';
import { sampleIphone, sampleIphones } from '../../../../native/samples/ios/sample-iphones.ts';
import { judgeIphone, readIphone } from './read-iphone.ts';

const catalog = loadCatalog();
const now = new Date('2026-11-22T12:00:00.000Z');
const photos = 'com.apple.mobileslideshow';
const google = 'com.google.photos';
const oneDrive = 'com.microsoft.skydrive';

const findingsOf = async (id: string): Promise<readonly Finding[]> =>
  (await judgeIphone(sampleIphone(id).create(now), catalog, now)).findings;

/** The cause that a pause of the engine in this word belongs to. */
const causeOfWord: Readonly<Record<string, string>> = {
  'low-power-mode': 'low-power-mode',
  'no-network': 'no-internet',
  'airplane-mode': 'airplane-mode',
  'poor-network': 'weak-signal',
  'low-data-mode': 'low-data-mode',
  'cellular-restricted': 'cellular-not-allowed',
  'cellular-budget': 'cellular-not-allowed',
  'low-battery': 'low-battery',
  'battery-budget': 'battery-budget-spent',
  'system-conditions': 'system-deferring',
  busy: 'system-deferring',
  warm: 'overheating',
  'too-warm': 'overheating',
  'storage-low': 'phone-storage-full',
  'storage-very-low': 'phone-storage-full',
  'icloud-full': `cloud-storage-full ${photos}`,
  'shared-library-full': 'shared-library-full',
  'signed-out': `signed-out ${photos}`,
  'version-too-old': 'icloud-version-too-old',
  'container-wiped': 'icloud-engine-stuck',
  'library-wiped': 'icloud-engine-stuck',
  'leaving-shared-library': 'leaving-shared-library',
};

const nameOf = ({ cause, app }: Finding): string => (app === null ? cause : `${cause} ${app}`);
const having = (findings: readonly Finding[], status: Status): string[] =>
  findings.filter((finding) => finding.status === status && finding.pack === 'backup').map(nameOf);

/** Before iOS 18 the system itself is a possible cause. */
const old = 'os-outdated';
/** Where uploads are held up, photos wait. */
const queue = 'large-queue';

/** What each scenario shows: problems, then possible causes. */
const expected: Readonly<Record<string, { problem: readonly string[]; possible: readonly string[] }>> = {
  healthy: { problem: [], possible: [] },
  'healthy-ios12': { problem: [], possible: [old] },
  'healthy-ios14': { problem: [], possible: [old] },
  'healthy-ios16': { problem: [], possible: [old] },
  'healthy-ios17': { problem: [], possible: [old] },
  'healthy-ios26': { problem: [], possible: [] },
  'healthy-french': { problem: [], possible: [] },
  locked: { problem: [], possible: [] },
  'icloud-photos-off': { problem: [`backup-off ${photos}`], possible: [old] },
  'icloud-photos-never-on': { problem: [`backup-off ${photos}`], possible: [] },
  'low-power': { problem: ['low-power-mode'], possible: [queue] },
  'quota-exceeded': { problem: [`cloud-storage-full ${photos}`], possible: [old, queue] },
  'cellular-restricted': { problem: ['cellular-not-allowed'], possible: [queue] },
  thermal: { problem: ['overheating'], possible: [old, queue] },
  'low-battery': { problem: ['low-battery'], possible: [queue] },
  'low-disk': { problem: ['phone-storage-full'], possible: [old, queue] },
  // field.md C, "syncstatus budgets": valid and absent = spent; valid=false = unknown, and no pause.
  'battery-budget': { problem: ['battery-budget-spent'], possible: [queue] },
  'cellular-budget': { problem: ['cellular-not-allowed'], possible: [queue] },
  'no-valid-budgets': { problem: [], possible: [] },
  // field.md C, "keys by version": exitDeleteTime, remainingCountInSharedLibraryExit.
  'being-removed': { problem: ['icloud-photos-being-removed'], possible: [] },
  // field.md C, "ZCLOUDLOCALSTATE": given up; a backlog all of whose members failed before.
  'given-up': { problem: ['photos-given-up'], possible: [old] },
  'all-failing': { problem: [], possible: ['photos-given-up'] },
  'leaving-shared-library': { problem: ['leaving-shared-library'], possible: [queue] },
  // field.md C, "both quota flags": the storage of the shared library's creator is full, not the owner's.
  'shared-library-full': { problem: ['shared-library-full'], possible: [queue] },
  'low-data-mode': { problem: ['low-data-mode'], possible: [queue] },
  'airplane-mode': { problem: ['airplane-mode', 'no-internet'], possible: [queue] },
  'signed-out': { problem: [`signed-out ${photos}`], possible: [queue] },
  'version-too-old': { problem: ['icloud-version-too-old'], possible: [old, queue] },
  'pending-resets': { problem: ['icloud-engine-stuck'], possible: [queue] },
  'attach-limbo': { problem: ['icloud-engine-stuck'], possible: [queue] },
  'backlog-falling': { problem: [], possible: [queue] },
  'backlog-frozen': { problem: ['icloud-engine-stuck'], possible: [old, queue] },
  rebaseline: { problem: [], possible: [queue] },
  managed: { problem: [`backup-off ${photos}`], possible: [`managed-restriction ${photos}`] },
  'wrong-clock': { problem: ['clock-wrong'], possible: [old, queue] },
  'upload-crashes': { problem: [`app-crashing ${photos}`], possible: [old, queue] },
};

describe('every sample iPhone', () => {
  test('has its findings in the table', () => {
    expect(Object.keys(expected)).toEqual(sampleIphones.map(({ id }) => id));
  });

  test.each(Object.entries(expected))('%s shows exactly what it is named for', async (id, { problem, possible }) => {
    const findings = await findingsOf(id);
    expect({ problem: having(findings, 'problem'), possible: having(findings, 'possible') }).toEqual({
      problem,
      possible,
    });
  });

  const correctable = sampleIphones.filter(({ correct, id }) => correct !== undefined && id !== 'locked');

  test.each(correctable)('$id no longer shows it once its owner has acted', async ({ id, create, correct }) => {
    const iphone = create(now);
    const named = expected[id]?.problem ?? [];
    correct?.(iphone, now);
    const { findings } = await judgeIphone(iphone, catalog, now);
    const left = findings.filter((finding) => named.includes(nameOf(finding)));
    expect(left.map(({ status }) => status)).toEqual(named.map(() => 'ok'));
  });

  test.each(correctable)('$id tells by which values the steps of its problem are verified', async ({ id, shows }) => {
    const [named] = [...(expected[id]?.problem ?? []), ...(expected[id]?.possible ?? [])];
    const problem = (await findingsOf(id)).find((finding) => nameOf(finding) === named);
    const cause = catalog.causes.find((one) => one.id === problem?.cause);
    const guided = problem?.corrections.find(({ kind }) => kind === 'guided');
    const steps = cause?.corrections.find((one) => one.id === guided?.id);
    expect(shows.filter((path) => steps?.verify?.reads.includes(path))).not.toEqual([]);
  });
});

// Issue 13: every word of pausedAtPlugIn belongs to a cause; a pause that ended because the cable went in is told.
describe('a pause of the first look that is over by now', () => {
  test('is one of the words in the table', () => {
    expect(Object.keys(causeOfWord).toSorted()).toEqual(pauseWords.toSorted());
  });

  test.each(Object.entries(causeOfWord))('%s is told as %s, and as nothing else', async (word, cause) => {
    const reading = await readIphone(sampleIphone('healthy').create(now), backupApps(catalog, 'ios'), now);
    const pausedAtPlugIn = { value: [word], source: 'icloud-first-status' };
    const paused = { ...reading, icloud: { ...reading.icloud, pausedAtPlugIn } };
    const open = judge(paused, catalog).findings.filter(
      ({ status, pack }) => pack === 'backup' && (status === 'problem' || status === 'possible'),
    );
    expect(open.map(nameOf)).toEqual([cause]);
  });
});

describe('what an iPhone does not tell', () => {
  test('is left to its owner, for the apps that are there', async () => {
    const manual = having(await findingsOf('healthy'), 'manual');
    expect(new Set(manual)).toEqual(
      new Set([
        'duplicate-backup-paths',
        'location-services',
        'restart-due',
        ...[photos, google, oneDrive].map((app) => `vpn ${app}`),
        ...['app-outdated', 'background-app-refresh', 'backup-off', 'cloud-storage-full', 'photos-permission'].flatMap(
          (cause) => [google, oneDrive].map((app) => `${cause} ${app}`),
        ),
        ...[
          'photos-permission-partial',
          'signed-out',
          'wifi-only-but-no-wifi',
          'backup-account',
          'rule-charging',
        ].flatMap((cause) => [google, oneDrive].map((app) => `${cause} ${app}`)),
        `location-always ${oneDrive}`,
      ]),
    );
  });

  test('leaves nothing unread on a healthy iPhone of today', async () => {
    expect(having(await findingsOf('healthy'), 'unknown')).toEqual([]);
    expect(having(await findingsOf('healthy-ios26'), 'unknown')).toEqual([]);
  });

  // field.md, "the network at the counter": the level at the counter says nothing of the hours before; the photo engine says what it waits for.
  test('a low battery that the photo engine does not wait for is possible at most', async () => {
    const iphone = sampleIphone('healthy').create(now);
    iphone.battery.percent = 9;
    const { findings } = await judgeIphone(iphone, catalog, now);
    expect(findings.find(({ cause }) => cause === 'low-battery')?.status).toBe('possible');
  });

  // field.md C, "free room": hard free room is well below what Settings shows; each number is told as what it is.
  test('of its free room every number says how it stands to the one in Settings', async () => {
    const room = (await findingsOf('healthy')).find(({ cause }) => cause === 'phone-storage-full');
    const told = (room?.evidence ?? []).filter(
      ({ path, unavailable }) => path.startsWith('storage.') && unavailable === null,
    );
    expect(
      Object.fromEntries(told.map(({ path, label, doesNotProve }) => [path, `${label} ${doesNotProve ?? ''}`])),
    ).toEqual({
      'storage.freeBytes': expect.stringContaining('Settings shows more'),
      'storage.availableBytes': expect.stringContaining('Settings shows no more than this'),
      'storage.totalBytes': expect.stringContaining('Settings counts the system as well'),
      'storage.diskBytes': expect.stringContaining('as Settings of an iPhone shows it'),
      'storage.volumeFreeBytes': expect.stringContaining('Settings counts more'),
    });
  });

  // field.md C, "crash reports": "has not crashed lately" needs reports that reach back 14 days.
  test('of crashes is unknown where it keeps no report that old, for the phone as for the app', async () => {
    const statuses = async (iphone: SampleIphone): Promise<Record<string, Status>> => {
      const { findings } = await judgeIphone(iphone, catalog, now);
      const named = findings.filter(
        ({ cause, app }) => cause === 'device-crashes' || (cause === 'app-crashing' && app === photos),
      );
      return Object.fromEntries(named.map(({ cause, status }) => [cause, status]));
    };
    const healthy = sampleIphone('healthy').create(now);
    expect(await statuses(healthy)).toEqual({ 'device-crashes': 'ok', 'app-crashing': 'ok' });
    expect(await statuses({ ...healthy, crashReports: [] })).toEqual({
      'device-crashes': 'unknown',
      'app-crashing': 'unknown',
    });
  });

  test('before iOS 15 are the reasons of the photo engine: they are unknown, and never ok', async () => {
    const findings = await findingsOf('healthy-ios14');
    expect(having(findings, 'unknown')).toEqual(
      expect.arrayContaining(['low-power-mode', 'icloud-engine-stuck', `cloud-storage-full ${photos}`]),
    );
    expect(having(findings, 'ok')).toEqual(
      expect.arrayContaining(['low-battery', 'overheating', 'phone-storage-full', `backup-off ${photos}`]),
    );
  });

  test('a locked iPhone says nothing about its photos', async () => {
    const findings = await findingsOf('locked');
    expect(having(findings, 'unknown')).toEqual(expect.arrayContaining([`backup-off ${photos}`, 'low-power-mode']));
    expect(having(findings, 'ok')).toEqual(expect.arrayContaining(['phone-storage-full', 'clock-wrong']));
  });

  test('with iCloud Photos off its reasons do not apply, and the phone is judged all the same', async () => {
    const findings = await findingsOf('icloud-photos-off');
    expect(having(findings, 'not-applicable')).toEqual(
      expect.arrayContaining(['icloud-engine-stuck', 'large-queue', `cloud-storage-full ${photos}`]),
    );
    expect(having(findings, 'ok')).toEqual(expect.arrayContaining(['low-battery', 'overheating', 'clock-wrong']));
  });
});

// Issue 13, "with one chosen app": what only the photo engine waits for keeps no photo of another app back.
test.each(['icloud-photos-off', 'icloud-photos-never-on', 'managed'])(
  '%s: the verdict on the app that is installed says that iCloud Photos is off, unless a person chose the app',
  async (id) => {
    const reading = await readIphone(sampleIphone(id).create(now), backupApps(catalog, 'ios'), now);
    expect(judge(reading, catalog).verdict).toMatch(/Google Photos back.* iCloud Photos is off on this iPhone\.$/);
    expect(judge(reading, catalog, { chosen: [google] }).verdict).not.toContain('iCloud Photos is off');
  },
);

describe('with Google Photos chosen', () => {
  test.each([
    'given-up',
    'battery-budget',
    'cellular-budget',
    'pending-resets',
    'shared-library-full',
    'version-too-old',
  ])('%s is no reason, and its finding stays to be read', async (id) => {
    const reading = await readIphone(sampleIphone(id).create(now), backupApps(catalog, 'ios'), now);
    const { findings, verdict, steps } = judge(reading, catalog, { chosen: [google] });
    const [problem] = expected[id]?.problem ?? [];
    expect(verdict).toMatch(/^Nothing that was read is known to hold Google Photos back/);
    expect(steps.map(({ cause }) => cause)).not.toContain(problem);
    expect(findings.find(({ cause }) => cause === problem)).toMatchObject({ status: 'problem', severity: 'info' });
  });

  test('Low Power Mode holds it back, and photos that iCloud is about to delete are said all the same', async () => {
    for (const [id, said] of [
      ['low-power', /^Low Power Mode is on/],
      ['being-removed', /^iCloud Photos is being removed/],
    ] as const) {
      const reading = await readIphone(sampleIphone(id).create(now), backupApps(catalog, 'ios'), now);
      expect(judge(reading, catalog, { chosen: [google] }).verdict).toMatch(said);
    }
  });

  test.each(['being-removed', 'icloud-photos-off'])(
    'a removal of iCloud Photos whose day is past is no reason either (%s)',
    async (id) => {
      const iphone = sampleIphone(id).create(now);
      const { status } = iphone.cloudPhotos;
      if (status === undefined) throw new Error('the sample has no status of the photo engine');
      status.exitDeleteTime = new Date(now.getTime() - 30 * 86_400_000);
      const reading = await readIphone(iphone, backupApps(catalog, 'ios'), now);
      const { findings, verdict } = judge(reading, catalog, { chosen: [google] });
      expect(verdict).toMatch(/^Nothing that was read is known to hold Google Photos back/);
      const removal = findings.find(({ cause }) => cause === 'icloud-photos-being-removed');
      expect(removal).toMatchObject({ status: 'possible', severity: 'info' });
    },
  );
});

/** The steps of the guided correction of a cause. */
async function stepsOf(scenario: string, cause: string, version?: string): Promise<readonly string[]> {
  const iphone = sampleIphone(scenario).create(now);
  const phone =
    version === undefined ? iphone : { ...iphone, identity: { ...iphone.identity, productVersion: version } };
  const { findings } = await judgeIphone(phone, catalog, now);
  const finding = findings.find((one) => one.cause === cause && one.corrections.length > 0);
  return finding?.corrections.find(({ kind }) => kind === 'guided')?.steps ?? [];
}

describe('guided steps', () => {
  test.each([
    ['low-power', 'low-power-mode', '18.6.2', 'Open Settings > Battery.'],
    ['low-power', 'low-power-mode', '26.1', 'Open Settings > Battery > Power Mode.'],
    [
      'cellular-restricted',
      'cellular-not-allowed',
      '17.7',
      'Or open Settings > Photos > Mobile Data (Cellular Data) and switch it on. This can cost money.',
    ],
    [
      'cellular-restricted',
      'cellular-not-allowed',
      '18.1',
      'Or open Settings > Apps > Photos > Mobile Data (Cellular Data) and switch it on. This can cost money.',
    ],
    [
      'icloud-photos-off',
      'backup-off',
      '15.8',
      'Open Settings > your name > iCloud > Photos and switch iCloud Photos on.',
    ],
    [
      'icloud-photos-off',
      'backup-off',
      '16.7.8',
      'Open Settings > your name > iCloud > Photos and switch Sync this iPhone on.',
    ],
  ])('of %s, %s on iOS %s are in the words of that version', async (scenario, cause, version, step) => {
    expect(await stepsOf(scenario, cause, version)).toContain(step);
  });

  test('tell a stuck engine to restart first, and to switch off and on where resets are pending', async () => {
    expect((await stepsOf('backlog-frozen', 'icloud-engine-stuck')).join(' ')).toContain('slide to power off');
    // field.md C, "iCloud Photos off and on": last of all, with Apple's warning, after a verified copy.
    const [first, second] = await stepsOf('pending-resets', 'icloud-engine-stuck');
    expect(first).toMatch(/^Restart the iPhone and leave it on Wi-Fi and its charger for a night.*still stuck\.$/);
    expect(second).toBe('Copy the photos to a computer, and check that the newest ones are there.');
  });

  test('what may cost photos is worked on after everything that may not', async () => {
    const iphone = sampleIphone('pending-resets').create(now);
    setFlag(iphone, 'isBlockedByLowPowerModeKey', true, now);
    const { steps } = await judgeIphone(iphone, catalog, now);
    expect(steps.slice(0, 2).map(({ correction }) => correction)).toEqual([
      'low-power-mode-off',
      'icloud-photos-off-and-on',
    ]);
  });

  test('an iPhone is offered nothing over USB but its restart, and that only where a restart helps', async () => {
    const offered: string[] = [];
    for (const { id } of sampleIphones) {
      const automatic = (await findingsOf(id)).flatMap(({ corrections }) =>
        corrections.filter(({ kind }) => kind === 'automatic'),
      );
      offered.push(...automatic.map(({ commands }) => `${id}: ${commands.join(', ')}`));
    }
    expect(offered).toEqual(['backlog-frozen: diagnostics restart']);
  });
});
