import { describe, expect } from 'vitest';
import { driftOf } from '../../../../../electron/app/actions/drift.ts';
import { loadCatalog } from '../../../../../diagnosis/load/catalog.ts';
import type { Action, ActionEvent } from '../../../../../db/records/actions.ts';
import { appPath, emptyReading, type Reading } from '../../../../../native/reading.ts';
import { test } from '../application-test.ts';

const photos = 'com.google.android.apps.photos';
const path = appPath(photos, 'exempt');
const catalog = loadCatalog();
const takenAt = '2026-05-01T10:00:00.000Z';

const taken: ActionEvent = { kind: 'verified', result: 'taken', after: { [path]: true } };

function action(id: number, events: readonly ActionEvent[] = [taken]): Action {
  const started: ActionEvent = { kind: 'started' };
  return {
    id,
    uid: `uid-${id}`,
    phone: 'PIXEL1',
    snapshot: null,
    ticket: null,
    walkthrough: null,
    cause: 'battery-optimized',
    app: photos,
    correction: 'exempt-app',
    commands: [`cmd deviceidle whitelist +${photos}`],
    inverse: [`cmd deviceidle whitelist -${photos}`],
    before: { [path]: false },
    identity: null,
    who: 'Sam',
    plannedAt: takenAt,
    events: [started, ...events].map((event) => ({ ...event, at: takenAt })),
    takenIn: false,
  };
}

interface Shown {
  exempt?: boolean;
  bootedAgoMs?: number;
  build?: string;
  version?: string;
}

/** What the phone shows an hour after the correction took. */
function reading({ exempt, bootedAgoMs, build, version }: Shown): Reading {
  const source = 'a';
  const known = <T>(value: T | undefined) => (value === undefined ? {} : { value, source });
  const leaf = <T>(name: string, value: T | undefined) => (value === undefined ? {} : { [name]: known(value) });
  return {
    ...emptyReading('android', '2026-05-01T11:00:00.000Z', [photos]),
    identity: leaf('build', build),
    system: leaf('bootedAgoMs', bootedAgoMs),
    apps: { [photos]: { ...leaf('exempt', exempt), ...leaf('version', version) } },
  };
}

const states = (actions: readonly Action[], now: Reading) =>
  driftOf(actions, now, null, catalog).map(({ action: of, state }) => [of, state]);

/** The same phone with a user in front, and the app restricted or not for that user. */
const inFront = (userId: number, mode: 'allow' | 'ignore'): Reading => ({
  ...emptyReading('android', '2026-05-01T11:00:00.000Z', [photos]),
  identity: { userId: { value: userId, source: 'a' } },
  apps: { [photos]: { runAnyInBackground: { value: mode, source: 'a' } } },
});

describe("a value of one of a phone's users", () => {
  const mode = appPath(photos, 'runAnyInBackground');
  const ofUser10: Action = {
    ...action(1, [{ kind: 'verified', result: 'taken', after: { [mode]: 'allow' } }]),
    commands: [`appops set --user 10 ${photos} RUN_ANY_IN_BACKGROUND allow`],
    before: { [mode]: 'ignore' },
  };

  test('is told to be back when that user is in front', () => {
    expect(states([ofUser10], inFront(10, 'ignore'))).toEqual([['1', 'reverted']]);
    expect(states([ofUser10], inFront(10, 'allow'))).toEqual([]);
  });

  test('is not taken from somebody else, a guest or a maintenance mode', () => {
    expect(states([ofUser10], inFront(77, 'ignore'))).toEqual([['1', 'unknown']]);
    expect(states([ofUser10], inFront(77, 'allow'))).toEqual([['1', 'unknown']]);
  });

  test('is told by its uid as well, where a command names no user', () => {
    const policy = appPath(photos, 'netPolicy');
    const byUid: Action = {
      ...action(1, [{ kind: 'verified', result: 'taken', after: { [policy]: 0 } }]),
      commands: ['cmd netpolicy remove restrict-background-blacklist 1010204'],
      before: { [policy]: 1 },
    };
    const of = (userId: number): Reading => ({
      ...inFront(userId, 'allow'),
      apps: { [photos]: { netPolicy: { value: 1, source: 'a' } } },
    });
    expect(states([byUid], of(10))).toEqual([['1', 'reverted']]);
    expect(states([byUid], of(0))).toEqual([['1', 'unknown']]);
  });
});

describe('a corrected value', () => {
  test('that is as it was left has not drifted', () => {
    expect(states([action(1)], reading({ exempt: true }))).toEqual([]);
  });

  test('that has its former value again is told, with all that is known of it', () => {
    expect(driftOf([action(1)], reading({ exempt: false }), null, catalog)).toEqual([
      {
        action: '1',
        cause: 'battery-optimized',
        app: photos,
        correction: 'exempt-app',
        title: 'Exempt Google Photos from battery optimisation',
        takenAt,
        path,
        state: 'reverted',
        former: false,
        left: true,
        present: false,
        since: [],
      },
    ]);
  });

  test('that could not be read is neither right nor wrong', () => {
    expect(states([action(1)], reading({}))).toEqual([['1', 'unknown']]);
  });

  test('counts as its latest correction left it, and not where that was put back, refused or never ended', () => {
    const undone: ActionEvent[] = [
      taken,
      { kind: 'undo-started' },
      { kind: 'undo-verified', result: 'taken', after: { [path]: false } },
    ];
    const now = reading({ exempt: false });
    expect(states([action(2), action(1)], now)).toEqual([['2', 'reverted']]);
    expect(states([action(1, undone)], now)).toEqual([]);
    expect(states([action(1, [{ kind: 'verified', result: 'refused', after: { [path]: false } }])], now)).toEqual([]);
    expect(states([action(1, [])], now)).toEqual([]);
  });

  test('is told with what usually sets such values back', () => {
    const before = reading({ build: 'A1', version: '6.1' });
    const now = reading({ exempt: false, bootedAgoMs: 60_000, build: 'A2', version: '6.2' });
    expect(driftOf([action(1)], now, before, catalog)[0]?.since).toEqual([
      'The phone was restarted.',
      'The system was updated, from A1 to A2.',
      'The app was updated, from 6.1 to 6.2.',
    ]);
    const upForDays = reading({ exempt: false, bootedAgoMs: 86_400_000, build: 'A1', version: '6.1' });
    expect(driftOf([action(1)], upForDays, before, catalog)[0]?.since).toEqual([]);
  });
});

describe('a scan', () => {
  test('tells what came back behind its back, and nothing else', async ({ app, phones, phoneId }) => {
    for (const cause of ['battery-optimized', 'standby-bucket']) {
      await app.corrections.correct(
        { phoneId, cause, app: photos, correction: null },
        () => undefined,
        () => Promise.resolve(true),
      );
    }
    expect((await app.scan({ phoneId, save: true })).drift).toEqual([]);
    await phones.samples.run(phoneId, ['cmd', 'deviceidle', 'whitelist', `-${photos}`]);
    const report = await app.scan({ phoneId, save: true });
    expect(report.drift).toMatchObject([{ cause: 'battery-optimized', state: 'reverted', present: false, left: true }]);
    expect(app.snapshotReport(report.snapshot ?? '').drift).toEqual([]);
  });
});
