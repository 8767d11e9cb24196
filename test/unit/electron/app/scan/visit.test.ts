import { heldBack } from '../../../../../diagnosis/judge/verdict.ts';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, vi } from 'vitest';
import type { Application } from '../../../../../electron/app/application.ts';
import { goOnWithout } from '../../../../../electron/app/scan/copy-guard.ts';
import type { ScanReport } from '../../../../../electron/app/scan/scan-report.ts';
import { test as application } from '../application-test.ts';

const photos = 'com.google.android.apps.photos';

const test = application
  .extend('log', (): string[] => [])
  .override('options', ({ log }) => ({ sources: [], log: (line) => log.push(line) }));

async function withSample(open: () => Application, profile = 'pixel-14') {
  const app = open();
  return { app, ...(await app.addSample(profile)) };
}

const finding = (report: ScanReport, cause: string, of: string | null = null) =>
  report.findings.find((one) => one.cause === cause && one.app === of);

describe('an earlier snapshot', () => {
  test('is compared with where there is one, and missed where there is none', async ({ open }) => {
    const { app, phoneId } = await withSample(open);
    expect(finding(await app.scan({ phoneId, save: true }), 'os-update-recent')?.status).toBe('not-applicable');
    const second = await app.scan({ phoneId, save: false });
    expect(finding(second, 'os-update-recent')?.status).toBe('ok');
    expect(finding(second, 'app-recently-updated', photos)?.status).toBe('ok');
  });

  test('in a store that cannot be opened does not fail the scan', async ({ open, home, log }) => {
    writeFileSync(
      join(home, 'phone-health.sqlite'),
      'This is no database, and long enough to be looked at. '.repeat(40),
    );
    const { app, phoneId } = await withSample(open);
    expect(finding(await app.scan({ phoneId, save: false }), 'os-update-recent')?.status).toBe('not-applicable');
    expect(log.some((line) => line.startsWith('nothing is known from earlier: '))).toBe(true);
  });
});

describe('the answer of an owner', () => {
  const answer = { cause: 'backup-off', app: photos, answer: 'no' as const };

  test('changes the report, is kept in the snapshot, and holds for the next scan', async ({ open }) => {
    const { app, phoneId } = await withSample(open);
    const report = await app.scan({ phoneId, save: true });
    expect(finding(report, 'backup-off', photos)?.status).toBe('manual');
    const answered = app.answer(phoneId, answer);
    expect(answered.snapshot).toBe(report.snapshot);
    expect(finding(answered, 'backup-off', photos)?.status).toBe('problem');
    const kept = app.snapshotReport(String(report.snapshot));
    expect(finding(kept, 'backup-off', photos)).toEqual(finding(answered, 'backup-off', photos));
    expect(app.snapshots()[0]?.problems).toBe(heldBack(answered).length);
    expect(finding(await app.scan({ phoneId, save: false }), 'backup-off', photos)?.status).toBe('problem');
    expect(finding(app.answer(phoneId, { ...answer, answer: 'yes' }), 'backup-off', photos)?.status).toBe('ok');
  });

  test('is about the last scan that was seen, and not about one that was cancelled', async ({ open }) => {
    const { app, phoneId } = await withSample(open);
    const report = await app.scan({ phoneId, save: true });
    const cancelled = await app.scan({ phoneId, save: true }, { signal: AbortSignal.abort() });
    expect(cancelled.brokenOff?.reason).toBe('cancelled');
    const answered = app.answer(phoneId, answer);
    expect([answered.brokenOff, answered.snapshot]).toEqual([null, report.snapshot]);
  });

  test('needs a scan to be about', async ({ open }) => {
    const { app, phoneId } = await withSample(open);
    expect(() => app.answer(phoneId, answer)).toThrow('This phone was not scanned since the program was started.');
  });
});

describe('the screen of a guided correction', () => {
  test('is opened on the phone: the general one where the maker has none of its own', async ({ open }) => {
    const { app, phoneId } = await withSample(open, 'xiaomi-14');
    const report = await app.scan({ phoneId, save: false });
    const held = finding(report, 'maker-autostart', photos);
    const steps = held?.corrections.find(({ kind }) => kind === 'guided');
    const request = { cause: 'maker-autostart', app: photos, correction: String(steps?.id) };
    expect(await app.openScreen(phoneId, request)).toEqual({ opened: steps?.opens[0], said: null });
    await expect(app.openScreen(phoneId, { ...request, correction: 'nonsense' })).rejects.toThrow(
      'No screen of this phone is known for these steps.',
    );
  });

  test('falls back to the page of the app where the phone does not know the screen', async ({ open }) => {
    const { app, phoneId } = await withSample(open, 'oneplus-15');
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
  test('lies in the data folder', ({ open, home }) => {
    mkdirSync(join(home, 'catalog'));
    writeFileSync(join(home, 'catalog', 'profile.yaml'), 'checks: { restart-due: off }\n');
    const app = open();
    expect(app.catalog.causes.map(({ id }) => id)).not.toContain('restart-due');
    expect(app.about().shopProblems).toEqual([]);
  });

  test('is read when something of the catalog is first asked for, not when the program starts', ({ open, home }) => {
    const app = open();
    mkdirSync(join(home, 'catalog'));
    writeFileSync(join(home, 'catalog', 'profile.yaml'), 'checks: { restart-due: off }\n');
    expect(app.catalog.causes.map(({ id }) => id)).not.toContain('restart-due');
  });

  test('is left out and told of where it is not valid, and the built-in one works', ({ open, home }) => {
    mkdirSync(join(home, 'catalog'));
    writeFileSync(join(home, 'catalog', 'profile.yaml'), 'checks: { restart-do: off }\n');
    const app = open();
    expect(app.catalog.causes.map(({ id }) => id)).toContain('restart-due');
    expect(app.about().shopProblems).toEqual(['profile.yaml:1: checks: there is no check restart-do']);
  });
});

describe('a recipe', () => {
  test('is carried out by the owner of a sample phone as one', async ({ open }) => {
    const { app, phoneId } = await withSample(open, 'xiaomi-14');
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

test('what is told of a phone that another program has forgotten is not kept, and its report is gone here too', async ({
  open,
}) => {
  const { app, phoneId } = await withSample(open);
  await app.scan({ phoneId, save: true });
  const left = new AbortController();
  const forgotten: string[] = [];
  const following = (async () => {
    for await (const news of app.followCorrections(left.signal)) if (news.forgotten) forgotten.push(news.phoneId);
  })();
  const health = (async () => {
    for await (const _ of app.followStoreHealth(left.signal)) continue;
  })();
  open().store.forgetPhone(phoneId);
  expect(() => app.chooseApps(phoneId, [photos])).toThrow('This phone was forgotten meanwhile.');
  expect(() => app.answer(phoneId, { cause: 'backup-off', app: photos, answer: 'no' })).toThrow('forgotten meanwhile');
  expect(() => app.declineCopy(phoneId, app.catalog.programs.say(goOnWithout))).toThrow('forgotten meanwhile');
  expect(app.store.listPhones()).toEqual([]);
  await vi.waitFor(() => expect(app.report(phoneId)).toBeNull(), { timeout: 4000 });
  await vi.waitFor(() => expect(forgotten).toEqual([phoneId]));
  left.abort();
  await Promise.all([following, health]);
});
