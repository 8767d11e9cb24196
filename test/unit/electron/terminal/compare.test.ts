import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../../../db/records/snapshots.ts';
import { backupApps } from '../../../../diagnosis/judge/judge.ts';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import { comparedSnapshots } from '../../../../electron/app/history/snapshot-list.ts';
import { judgeCapture } from '../../../../electron/app/scan/scan.ts';
import { compareText } from '../../../../electron/terminal/compare.ts';
import { changeWords, labelWords, momentWords, valueWords } from '../../../../electron/terminal/value-words.ts';
import { unreadPhone } from '../../../../native/phone.ts';
import { createSample } from '../../../../native/samples/android/profiles.ts';
import type { SamplePhone } from '../../../../native/samples/android/sample-phone.ts';
import { readSample } from '../../diagnosis/judge/matrix-scenarios.ts';
import { captureOfSample } from '../../native/android/read/sample-capture.ts';

const catalog = loadCatalog();
const photos = 'com.google.android.apps.photos';

/** What a scan of the sample keeps, at a moment of its own; the sample's clock stands still. */
function snapshotOf(phone: SamplePhone, id: number): Snapshot {
  phone.state.clock.fixedAt ??= Date.now();
  const capture = captureOfSample(phone, backupApps(catalog, 'android'));
  const { diagnosis, incomplete, reading, ...scan } = judgeCapture(
    { ...unreadPhone(phone.serial, 'android', 'ready'), name: 'Pixel 8' },
    capture,
    readSample(phone, catalog),
    catalog,
  );
  const takenAt = `2026-06-01T12:0${id}:00.000Z`;
  const { verdict } = diagnosis;
  const kept = {
    id,
    uid: `uid-${id}`,
    note: '',
    technician: '',
    version: 1,
    label: null,
    ticket: null,
    takenAt,
    savedAt: takenAt,
    problems: 0,
    catalog: catalog.version,
  };
  return { phone: scan.phone, capture, reading, diagnosis, incomplete, verdict, ...kept };
}

const causes = (list: readonly { cause: string }[]): string[] => list.map(({ cause }) => cause);

const textOf = (before: Snapshot, after: Snapshot, all = false): string =>
  compareText(comparedSnapshots(before, after, catalog), { all }).join('\n');

describe('two snapshots on the terminal', () => {
  test('say what is gone by what it was, with the value that changed, and nothing in the words of the program', () => {
    const phone = createSample('pixel-14');
    const before = snapshotOf(phone, 1);
    phone.run(['appops', 'set', photos, 'RUN_ANY_IN_BACKGROUND', 'allow']);
    const text = textOf(before, snapshotOf(phone, 2));
    expect(text).toContain(
      [
        'Gone:',
        '  Google Photos may not run in the background',
        '      Running in the background: not allowed → allowed',
      ].join('\n'),
    );
    expect(text).not.toMatch(/RUN_ANY_IN_BACKGROUND|apps\.com|\{"|\d{4}-\d\d-\d\dT|problem → ok|not-applicable/);
  });

  test('of two phones are not called before and after, and nothing is gone from one to the other', () => {
    const [bad, good] = [createSample('pixel-14'), createSample('pixel-14', { healthy: true })];
    const other = snapshotOf(good, 2);
    const text = textOf(snapshotOf(bad, 1), { ...other, phone: { ...other.phone, id: 'ANOTHER' } }, true);
    expect(text).toMatch(/^Two phones: /);
    expect(text).toMatch(/^First: snapshot 1/m);
    expect(text).toMatch(/^Only on the first:$/m);
    expect(text).not.toMatch(/^(Before|After|Gone|New|Still there|Values that changed)\b|\d gone/m);
  });

  test('say that nothing changed where nothing did', () => {
    const phone = createSample('pixel-14', { healthy: true });
    const text = textOf(snapshotOf(phone, 1), snapshotOf(phone, 2));
    expect(text.split('\n').at(-1)).toBe('Nothing changed.');
  });

  test('name what came, what stays, and leave values that are others at every look to --all', () => {
    const phone = createSample('pixel-14');
    const before = snapshotOf(phone, 1);
    phone.state.battery.level -= 1;
    phone.run(['cmd', 'connectivity', 'airplane-mode', 'enable']);
    const after = snapshotOf(phone, 2);
    const text = textOf(before, after);
    expect(text).toMatch(/^New:\n {2}Airplane mode/m);
    expect(text).toMatch(/^Still there:\n {2}Google Photos may not run in the background$/m);
    expect(text).not.toContain('Battery level');
    expect(textOf(before, after, true)).toContain('Battery level: ');
  });

  test('changes are counted without those of apps that are not chosen, which stand apart', () => {
    const phone = createSample('pixel-14');
    const before = snapshotOf(phone, 1);
    phone.run(['appops', 'set', 'com.microsoft.skydrive', 'RUN_ANY_IN_BACKGROUND', 'ignore']);
    phone.run(['cmd', 'connectivity', 'airplane-mode', 'enable']);
    const { changes, comparison } = comparedSnapshots(before, snapshotOf(phone, 2), catalog);
    expect(causes(comparison.findings.new)).toEqual(expect.arrayContaining(['airplane-mode', 'background-restricted']));
    expect(causes(changes.fresh)).toContain('airplane-mode');
    expect(causes(changes.fresh)).not.toContain('background-restricted');
    expect(causes(changes.aside)).toContain('background-restricted');
  });

  test('the apps that are not chosen stand behind --all', () => {
    const phone = createSample('pixel-14');
    const before = snapshotOf(phone, 1);
    phone.run(['appops', 'set', 'com.microsoft.skydrive', 'RUN_ANY_IN_BACKGROUND', 'ignore']);
    const after = snapshotOf(phone, 2);
    expect(textOf(before, after)).not.toContain('OneDrive');
    expect(textOf(before, after, true)).toContain('OneDrive may not run in the background');
  });
});

const permission = (granted: boolean) => ({ 'android.permission.CAMERA': { granted, flags: [] }, other: 1 });

describe('values in words', () => {
  test.each([
    [40, 'Standby bucket: 5 exempted, 10 active, 20 working set, 40 rare', 'rare'],
    [
      4,
      'Network policy of the uid: 0 none, 1 no background data on metered networks, 4 allowed despite Data Saver',
      'allowed despite Data Saver',
    ],
    [-1, 'Limit that the owner set for mobile data, bytes; -1: none', 'none'],
    ['', 'Package of the VPN that is always on; empty: none', 'none'],
    ['NONE', "What keeps the app from the network now, in the phone's own words; NONE: nothing", 'nothing'],
    ['ignore', '"Pause app activity if unused": ignore means exempt from it', 'not allowed'],
    ['default', 'Running in the background', 'as the phone has it'],
    [1_500_000_000, 'Free room, bytes', '1.5 GB'],
    [7_200_000, 'Time since the last restart, ms', '2 hours'],
    [true, 'Data Saver is on', 'yes'],
    [[], 'Types of the accounts', 'none'],
    [{ a: { granted: false, flags: [] } }, 'Runtime permissions', 'a not allowed'],
  ])('%j of "%s" is "%s"', (value, label, words) => {
    expect(valueWords(value, label)).toBe(words);
  });

  test('a label loses its unit and its legend', () => {
    expect(labelWords('Limit that the owner set for mobile data, bytes; -1: none')).toBe(
      'Limit that the owner set for mobile data',
    );
  });

  test('a change of a list or a record says which entries changed', () => {
    expect(changeWords(['WIFI'], ['WIFI', 'VPN'])).toBe('with VPN');
    expect(changeWords(['a', 'b'], [])).toBe('without a, without b');
    expect(changeWords([{ at: 1 }], [{ at: 1 }, { at: 2 }])).toBe('1 entry more');
    expect(changeWords(permission(true), permission(false))).toBe('CAMERA allowed → not allowed');
  });

  test('a moment is told in the time of this computer', () => {
    expect(momentWords('2026-06-01T12:00:00.000Z')).toMatch(/^\d{1,2} (May|Jun) 2026, \d\d:\d\d$/);
    expect(momentWords('yesterday')).toBe('yesterday');
  });
});
