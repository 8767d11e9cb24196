import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { fileName } from '../../../../../db/file-name.ts';
import { test } from '../application-test.ts';

describe('the backups of a program that is open', () => {
  test('are listed with what they hold, and one is restored while the window stays open', async ({ app, phoneId }) => {
    await app.scan({ phoneId, save: true, label: 'before' });
    await app.backups.make();
    await app.scan({ phoneId, save: true, label: 'since' });
    const [item] = app.backups.list().items;
    expect(item).toMatchObject({
      kind: 'backup',
      holds: { snapshots: 1, newest: expect.stringMatching(/Z$/), actions: 0, tickets: 0 },
      since: { snapshots: 1, actions: 0, tickets: 0 },
    });
    const { setAside } = await app.backups.restore(item?.name ?? '');
    expect(app.snapshots().map(({ label }) => label)).toEqual(['before']);
    // Its numbers mean other snapshots now: nothing of this sitting is known any more.
    expect(app.report(phoneId)).toBe(null);
    expect(app.backups.list().items.find(({ kind }) => kind === 'set-aside')).toMatchObject({
      file: setAside,
      holds: { snapshots: 2 },
    });
  });

  test('say what was kept since also where its numbers were given before', async ({ app, phoneId }) => {
    await app.scan({ phoneId, save: true, label: 'first' });
    const early = await app.backups.make();
    await app.scan({ phoneId, save: true, label: 'second' });
    await app.backups.make();
    await app.backups.restoreFile(early);
    await app.scan({ phoneId, save: true, label: 'second again' });
    // The newest backup holds a snapshot 2 as well, which is another one.
    expect(app.backups.list().items[0]).toMatchObject({
      kind: 'backup',
      holds: { snapshots: 2 },
      since: { snapshots: 1 },
    });
  });

  test('are refused by a name that is in no list, and while a phone is read', async ({ app, phoneId }) => {
    await app.scan({ phoneId, save: true });
    await app.backups.make();
    const name = app.backups.list().items[0]?.name ?? '';
    await expect(app.backups.restore('backup/../../etc/passwd')).rejects.toMatchObject({ code: 'unknown-backup' });
    const scanning = app.scan({ phoneId, save: true });
    // The phone is taken once it was found.
    await expect
      .poll(async () => app.backups.restore(name).catch((error: unknown) => error), { interval: 0 })
      .toMatchObject({ code: 'phone-busy' });
    await scanning;
  });
});

describe('a scan that cannot be kept', () => {
  test('shows its result, says that it was not kept, and is kept later', async ({ app, home, phoneId }) => {
    const file = join(home, fileName);
    writeFileSync(file, 'Dear Ada, the weather is fine.');
    const report = await app.scan({ phoneId, save: true, label: 'before' });
    expect(report.findings.length).toBeGreaterThan(0);
    expect(report).toMatchObject({ snapshot: null, notKept: { code: 'not-a-database' } });
    expect(app.report(phoneId)?.notKept).toEqual(report.notKept);
    expect(app.storeHealth).toMatchObject({ state: 'damaged', problem: { code: 'not-a-database' } });
    expect(() => app.keepScan(phoneId)).toThrow(expect.objectContaining({ code: 'not-a-database' }));
    const { setAside } = await app.backups.beginAnew();
    expect(readFileSync(setAside ?? '', 'utf8')).toContain('Dear Ada');
    expect(app.keepScan(phoneId)).toMatchObject({ snapshot: '1', notKept: null });
  });

  test('is kept as it was to be, once there is room for it', async ({ app, home, phoneId }) => {
    const file = join(home, fileName);
    writeFileSync(file, 'Dear Ada');
    await app.scan({ phoneId, save: true, label: 'before' });
    rmSync(file);
    expect(app.keepScan(phoneId)).toMatchObject({ snapshot: '1', notKept: null });
    expect(app.keepScan(phoneId).snapshot).toBe('1');
    expect(app.snapshots().map(({ label }) => label)).toEqual(['before']);
  });

  test('because the folder is gone says so, and is kept once it is back', async ({ app, home, phoneId }) => {
    await app.scan({ phoneId, save: true, label: 'before' });
    renameSync(home, `${home}-away`);
    const report = await app.scan({ phoneId, save: true, label: 'since' });
    expect(report.notKept?.message).toMatch(/was moved, deleted or replaced/);
    rmSync(home, { recursive: true, force: true });
    renameSync(`${home}-away`, home);
    expect(app.keepScan(phoneId).snapshot).toBe('2');
    expect(existsSync(join(home, fileName))).toBe(true);
  });
});
