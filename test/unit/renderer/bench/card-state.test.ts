import { describe, expect, test } from 'vitest';
import {
  cardState,
  groupOf,
  progressOf,
  toneOf,
  type CardPhone,
  type CardState,
} from '../../../../renderer/bench/card-state.ts';
import type { ScanReport } from '../../../../renderer/program/received.ts';

type Answer = Pick<ScanReport['answer'], 'tone' | 'heldBack'>;

const phone = (state: CardPhone['slot']['phone']['state'] = 'ready'): CardPhone['slot'] => ({
  leftAt: null,
  phone: {
    id: 'A1',
    platform: 'android',
    state,
    manufacturer: null,
    model: null,
    name: null,
    osVersion: null,
    build: null,
    securityPatch: null,
    remedy: null,
    sample: false,
    port: null,
  },
});
const idle: CardPhone['work'] = { activity: null, asked: null, batch: null, report: null, problem: null };
const noPhoto: CardPhone['photo'] = { running: false, progress: null, report: null };
/** Only what the state is taken from. */
const report = (answer: Answer, uploads: readonly { state: string; settling: boolean }[] = [], takenAt = '') =>
  ({ answer, uploads, brokenOff: null, reading: { takenAt } }) as unknown as ScanReport;
const stateOf = (change: Partial<CardPhone>): CardState =>
  cardState({ slot: phone(), work: idle, photo: noPhoto, isCutOff: false, ...change });
const scan = (waiting: boolean, answered: number, total: number) =>
  ({ kind: 'scan', waiting, answered, total, probe: null, bytes: null, certain: [] }) as const;
const item = (state: 'waiting' | 'doing' | 'taken' | 'refused') =>
  ({ cause: 'x', app: null, correction: 'y', title: 'z', change: 'z: no → yes', state, problem: null }) as const;

const seen = (stage: string) => ({ running: true, progress: { stage }, report: null }) as unknown as CardPhone['photo'];

describe('a phone that was not scanned', () => {
  test.each([
    ['ready', { kind: 'ready' }, 'others', 'calm'],
    ['unauthorized', { kind: 'unreadable', state: 'unauthorized' }, 'hands', 'warn'],
    ['untrusted', { kind: 'unreadable', state: 'untrusted' }, 'hands', 'warn'],
    ['locked', { kind: 'unreadable', state: 'locked' }, 'hands', 'warn'],
    ['gone', { kind: 'unplugged' }, 'others', 'off'],
  ] as const)('that is %s', (state, expected, group, tone) => {
    const found = stateOf({ slot: phone(state) });
    expect([found, groupOf(found), toneOf(found)]).toEqual([expected, group, tone]);
  });

  test('and is unplugged says so, whatever it was before', () => {
    const slot = { ...phone('locked'), leftAt: '2026-05-01T10:00:00.000Z' };
    expect(stateOf({ slot })).toEqual({ kind: 'unplugged' });
  });

  test('because that failed', () => {
    const problem = { code: 'x', message: 'x', steps: [], details: null };
    expect(stateOf({ work: { ...idle, problem } })).toEqual({ kind: 'not-scanned' });
  });
});

describe('what is being done', () => {
  test('a scan waits for its turn, then tells whole percents, and never more than there are', () => {
    expect(stateOf({ work: { ...idle, activity: scan(true, 0, 0) } })).toEqual({ kind: 'waits-for-turn' });
    expect(stateOf({ work: { ...idle, activity: scan(false, 0, 0) } })).toEqual({ kind: 'scanning', percent: 0 });
    const found = stateOf({ work: { ...idle, activity: scan(false, 2, 3) } });
    expect(found).toEqual({ kind: 'scanning', percent: 66 });
    expect(progressOf(found)).toBe(66);
  });

  test('corrections tell the one that is carried out, of all; a phone that restarts for one is not unplugged', () => {
    const batch = { items: [item('taken'), item('doing'), item('waiting')], state: 'running', problem: null } as const;
    const work = { ...idle, activity: { kind: 'batch', steps: [] } as const, batch };
    const found = stateOf({ slot: { ...phone('gone'), leftAt: '2026-05-01T10:00:00.000Z' }, work });
    expect(found).toEqual({ kind: 'fixing', at: 2, of: 3 });
    expect(progressOf(found)).toBe(33);
  });

  test('a question comes before all else, and needs hands', () => {
    const asked = { question: {}, onYes: () => undefined } as unknown as CardPhone['work']['asked'];
    const found = stateOf({ work: { ...idle, asked, activity: scan(false, 1, 2) } });
    expect([found.kind, groupOf(found)]).toEqual(['asks', 'hands']);
  });

  test('a test photo needs hands until it was taken', () => {
    expect(stateOf({ photo: seen('take-photo') })).toEqual({ kind: 'take-photo' });
    expect(stateOf({ photo: seen('sending') })).toEqual({ kind: 'photo-on-its-way' });
    expect([groupOf({ kind: 'take-photo' }), groupOf({ kind: 'photo-on-its-way' })]).toEqual(['hands', 'others']);
  });
});

describe('a phone with a result', () => {
  const running = [{ state: 'running', settling: false }];
  test.each([
    ['three things hold photos back', report({ tone: 'bad', heldBack: 3 }), { kind: 'problems', count: 3 }, 'problems'],
    ['none leaves, nobody knows why', report({ tone: 'bad', heldBack: 0 }), { kind: 'stalled' }, 'problems'],
    ['too little was read', report({ tone: 'warn', heldBack: 0 }), { kind: 'unclear' }, 'others'],
    ['all is corrected', report({ tone: 'waits', heldBack: 0 }), { kind: 'photo-next' }, 'others'],
    ['photos leave', report({ tone: 'good', heldBack: 0 }, running), { kind: 'proven' }, 'proven'],
    ['nothing new is there to leave', report({ tone: 'good', heldBack: 0 }), { kind: 'nothing-new' }, 'others'],
    [
      'something holds new ones back although some leave',
      report({ tone: 'bad', heldBack: 1 }, running),
      { kind: 'problems', count: 1 },
      'problems',
    ],
  ] as const)('%s', (_name, found, expected, group) => {
    const state = stateOf({ work: { ...idle, report: found } });
    expect([state, groupOf(state)]).toEqual([expected, group]);
  });

  test('of which a correction was cut off needs hands before it says anything else; one that is unplugged or busy says that', () => {
    const work = { ...idle, report: report({ tone: 'bad', heldBack: 2 }) };
    const found = stateOf({ work, isCutOff: true });
    expect([found, groupOf(found), toneOf(found)]).toEqual([{ kind: 'cut-off' }, 'hands', 'warn']);
    expect(stateOf({ slot: phone('gone'), work, isCutOff: true }).kind).toBe('unplugged');
    expect(
      stateOf({ work: { ...work, activity: { kind: 'finish', action: '1', steps: [] } }, isCutOff: true }).kind,
    ).toBe('correcting');
  });

  test('a scan that broke off is no result', () => {
    const cut = { ...report({ tone: 'good', heldBack: 0 }, running), brokenOff: { reason: 'unplugged', detail: '' } };
    expect(stateOf({ work: { ...idle, report: cut as ScanReport } })).toEqual({ kind: 'broke-off' });
  });

  test('a test photo that left proves it where the phone itself tells nothing', () => {
    const photo = {
      running: false,
      progress: null,
      report: { verdict: 'uploaded', app: 'photos', endedAt: '2026-05-01T10:00:00.000Z' },
    } as unknown as CardPhone['photo'];
    expect(stateOf({ work: { ...idle, report: report({ tone: 'good', heldBack: 0 }) }, photo }).kind).toBe('proven');
    expect(stateOf({ work: { ...idle, report: report({ tone: 'bad', heldBack: 2 }) }, photo }).kind).toBe('problems');
    // A later reading that does not say so takes it back, here as on the phone's own screen.
    const unknown = [{ app: 'photos', state: 'unknown', settling: false }];
    const later = report({ tone: 'good', heldBack: 0 }, unknown, '2026-05-01T10:05:00.000Z');
    expect(stateOf({ work: { ...idle, report: later }, photo }).kind).toBe('nothing-new');
  });
});
