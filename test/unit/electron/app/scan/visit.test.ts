import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Application } from '../../../../../electron/app/application.ts';
import type { ScanReport } from '../../../../../electron/app/scan/scan-report.ts';

const photos = 'com.google.android.apps.photos';

let home: string;
let log: string[];
const applications: Application[] = [];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'visit-'));
  log = [];
});
afterEach(async () => {
  for (const app of applications.splice(0)) await app.close();
  rmSync(home, { recursive: true });
});

function open(): Application {
  const app = new Application({ env: { PHONE_HEALTH_HOME: home }, sources: [], log: (line) => log.push(line) });
  applications.push(app);
  return app;
}

async function withSample(profile = 'pixel-14'): Promise<{ app: Application; phoneId: string }> {
  const app = open();
  return { app, ...(await app.addSample(profile)) };
}

const finding = (report: ScanReport, cause: string, of: string | null = null) =>
  report.findings.find((one) => one.cause === cause && one.app === of);

describe('an earlier snapshot', () => {
  test('is compared with where there is one, and missed where there is none', async () => {
    const { app, phoneId } = await withSample();
    expect(finding(await app.scan({ phoneId, save: true }), 'os-update-recent')?.status).toBe('not-applicable');
    const second = await app.scan({ phoneId, save: false });
    expect(finding(second, 'os-update-recent')?.status).toBe('ok');
    expect(finding(second, 'app-recently-updated', photos)?.status).toBe('ok');
  });

  test('in a store that cannot be opened does not fail the scan', async () => {
    writeFileSync(
      join(home, 'phone-health.sqlite'),
      'This is no database, and long enough to be looked at. '.repeat(40),
    );
    const { app, phoneId } = await withSample();
    expect(finding(await app.scan({ phoneId, save: false }), 'os-update-recent')?.status).toBe('not-applicable');
    expect(log.some((line) => line.startsWith('nothing is known from earlier: '))).toBe(true);
  });
});

describe('the answer of an owner', () => {
  const answer = { cause: 'backup-off', app: photos, answer: 'no' as const };

  test('changes the report, is kept in the snapshot, and holds for the next scan', async () => {
    const { app, phoneId } = await withSample();
    const report = await app.scan({ phoneId, save: true });
    expect(finding(report, 'backup-off', photos)?.status).toBe('manual');
    const answered = app.answer(phoneId, answer);
    expect(answered.snapshot).toBe(report.snapshot);
    expect(finding(answered, 'backup-off', photos)?.status).toBe('problem');
    const kept = app.snapshotReport(String(report.snapshot));
    expect(finding(kept, 'backup-off', photos)).toEqual(finding(answered, 'backup-off', photos));
    expect(app.snapshots()[0]?.problems).toBe(
      answered.findings.filter(({ status, pack }) => status === 'problem' && pack === 'backup').length,
    );
    expect(finding(await app.scan({ phoneId, save: false }), 'backup-off', photos)?.status).toBe('problem');
    expect(finding(app.answer(phoneId, { ...answer, answer: 'yes' }), 'backup-off', photos)?.status).toBe('ok');
  });

  test('is about the last scan that was seen, and not about one that was cancelled', async () => {
    const { app, phoneId } = await withSample();
    const report = await app.scan({ phoneId, save: true });
    const cancelled = await app.scan({ phoneId, save: true }, { signal: AbortSignal.abort() });
    expect(cancelled.brokenOff?.reason).toBe('cancelled');
    const answered = app.answer(phoneId, answer);
    expect([answered.brokenOff, answered.snapshot]).toEqual([null, report.snapshot]);
  });

  test('needs a scan to be about', async () => {
    const { app, phoneId } = await withSample();
    expect(() => app.answer(phoneId, answer)).toThrow('This phone was not scanned since the program was started.');
  });
});

describe('the screen of a guided correction', () => {
  test('is opened on the phone: the general one where the maker has none of its own', async () => {
    const { app, phoneId } = await withSample('xiaomi-14');
    const report = await app.scan({ phoneId, save: false });
    const held = finding(report, 'maker-autostart', photos);
    const steps = held?.corrections.find(({ kind }) => kind === 'guided');
    const request = { cause: 'maker-autostart', app: photos, correction: String(steps?.id) };
    expect(await app.openScreen(phoneId, request)).toEqual({ opened: steps?.opens[0], said: null });
    await expect(app.openScreen(phoneId, { ...request, correction: 'nonsense' })).rejects.toThrow(
      'No screen of this phone is known for these steps.',
    );
  });

  test('falls back to the page of the app where the phone does not know the screen', async () => {
    const { app, phoneId } = await withSample('oneplus-15');
    const report = await app.scan({ phoneId, save: false });
    const lead = report.findings.find(({ corrections }) =>
      corrections.some(({ id }) => id === 'background-recipe-coloros'),
    );
    const request = { cause: String(lead?.cause), app: photos, correction: 'background-recipe-coloros' };
    expect(await app.openScreen(phoneId, request)).toEqual({
      opened: `am start -a android.settings.APPLICATION_DETAILS_SETTINGS -d package:${photos}`,
      said: null,
    });
  });
});

describe("the shop's part of the catalog", () => {
  test('lies in the data folder', () => {
    mkdirSync(join(home, 'catalog'));
    writeFileSync(join(home, 'catalog', 'profile.yaml'), 'checks: { restart-due: off }\n');
    const app = open();
    expect(app.catalog.causes.map(({ id }) => id)).not.toContain('restart-due');
    expect(app.about().shopProblems).toEqual([]);
  });

  test('is read when something of the catalog is first asked for, not when the program starts', () => {
    const app = open();
    mkdirSync(join(home, 'catalog'));
    writeFileSync(join(home, 'catalog', 'profile.yaml'), 'checks: { restart-due: off }\n');
    expect(app.catalog.causes.map(({ id }) => id)).not.toContain('restart-due');
  });

  test('is left out and told of where it is not valid, and the built-in one works', () => {
    mkdirSync(join(home, 'catalog'));
    writeFileSync(join(home, 'catalog', 'profile.yaml'), 'checks: { restart-do: off }\n');
    const app = open();
    expect(app.catalog.causes.map(({ id }) => id)).toContain('restart-due');
    expect(app.about().shopProblems).toEqual(['profile.yaml:1: checks: there is no check restart-do']);
  });
});

describe('a recipe', () => {
  test('is carried out by the owner of a sample phone as one', async () => {
    const { app, phoneId } = await withSample('xiaomi-14');
    const before = await app.scan({ phoneId, save: false });
    const [step] = before.steps.filter(({ correction }) => correction === 'background-recipe-xiaomi');
    expect(step?.app).toBe(photos);
    const acted = await app.actAsOwner(phoneId, {
      cause: String(step?.cause),
      app: photos,
      correction: 'background-recipe-xiaomi',
    });
    expect(acted).toEqual({ changed: true });
    const after = await app.scan({ phoneId, save: false });
    expect(finding(after, 'maker-autostart', photos)?.status).toBe('ok');
    expect(finding(after, 'app-stopped', photos)?.status).toBe('ok');
  });
});
