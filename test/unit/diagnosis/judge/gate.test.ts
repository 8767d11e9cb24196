import { describe, expect, test } from 'vitest';
import { judge } from '../../../../diagnosis/judge/judge.ts';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import type { ReadingValues } from '../../../../native/reading.ts';
import { buildReading, patched } from './build-reading.ts';
import { photosApp, stalledPhone } from './healthy-phone.ts';

const catalog = loadCatalog();

/** Nearly everything about the app is wrong, and so is the battery of the phone. */
const troubled = patched(stalledPhone, {
  battery: { health: 'dead' },
  power: { saverOn: true },
  apps: { [photosApp]: { stopped: true, mediaAccess: 'none', runAnyInBackground: 'ignore' } },
});
const inFront = (identity: ReadingValues['identity']) =>
  judge(buildReading(patched(troubled, identity === undefined ? {} : { identity })), catalog);

const maintenance = inFront({ skin: 'samsung', userId: 77, userKind: 'maintenance' });

describe('where somebody else is in front of the phone', () => {
  test('nothing of the backup is a problem, or fine, but that', () => {
    const others = maintenance.findings.filter(({ cause, pack }) => cause !== 'not-the-owner' && pack === 'backup');
    expect(others.length).toBeGreaterThan(40);
    for (const { status, title, question, check, corrections } of others) {
      expect([status, question, check, corrections]).toEqual(['not-applicable', null, [], []]);
      expect(title).toContain('not judged (This phone is in Maintenance mode)');
    }
    expect(inFront({}).findings.filter(({ status }) => status === 'problem').length).toBeGreaterThan(4);
  });

  test('the verdict and the steps speak of that alone', () => {
    expect(maintenance.verdict).toBe(
      'This phone is in Maintenance mode, so nothing can be said about the apps and photos of its owner.',
    );
    expect(maintenance.steps.map(({ cause, correction }) => [cause, correction])).toEqual([
      ['not-the-owner', 'leave-maintenance-mode'],
    ]);
  });

  test('the health of the phone is judged all the same: it is the same battery', () => {
    const health = maintenance.findings.filter(({ pack }) => pack === 'device-health');
    expect(health.some(({ status }) => status === 'problem')).toBe(true);
  });

  test('it says how to leave, in the words of the maker', () => {
    const [leave] = maintenance.findings.find(({ cause }) => cause === 'not-the-owner')?.corrections ?? [];
    expect(leave?.title).toBe('End Maintenance mode');
    expect(leave?.steps[0]).toBe('Open the notification panel (swipe down) > Maintenance mode > Exit.');
    const pixel = inFront({ repairMode: true });
    expect(pixel.verdict).toContain('This phone is in repair mode,');
    expect(pixel.findings.find(({ cause }) => cause === 'not-the-owner')?.corrections[0]?.steps[0]).toBe(
      'Open Settings > System > Repair mode > Exit repair mode.',
    );
  });

  test('a guest and a second user without a backup are told apart', () => {
    expect(inFront({ userId: 11, userKind: 'guest' }).verdict).toContain('This phone is in guest mode,');
    const second = patched(troubled, {
      identity: { userId: 10, userKind: 'second' },
      apps: { [photosApp]: { bucket: 50 } },
    });
    const { verdict, steps } = judge(buildReading(second), catalog);
    expect(verdict).toContain('This phone is open for a second user, who backs up no photos here,');
    expect(steps.map(({ correction }) => correction)).toEqual(['leave-second-user']);
  });
});

test('a second user who backs up is judged as such', () => {
  const { findings } = inFront({ userId: 10, userKind: 'second' });
  const statusOf = (cause: string) => findings.find((finding) => finding.cause === cause)?.status;
  expect([statusOf('not-the-owner'), statusOf('app-stopped'), statusOf('photos-permission')]).toEqual([
    'ok',
    'problem',
    'problem',
  ]);
});

test('a phone that is still locked begins with that', () => {
  const { verdict, steps } = judge(buildReading(patched(troubled, { identity: { unlocked: false } })), catalog);
  expect(verdict).toMatch(
    /^The phone has not been unlocked since it was restarted, so nothing is uploaded; \d+ more things need/,
  );
  expect(steps[0]).toMatchObject({ cause: 'locked-since-restart', correction: 'unlock-once' });
});

test('an iPhone has one owner, and neither finding', () => {
  const findings = judge(buildReading({ identity: { skin: 'ios' }, apps: {} }, 'ios'), catalog).findings;
  expect(findings.filter(({ cause }) => ['not-the-owner', 'locked-since-restart'].includes(cause))).toEqual([]);
});
