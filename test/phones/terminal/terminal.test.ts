import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { comparisonSchema } from '../../../db/compare.ts';
import { correctionOutcomeSchema } from '../../../electron/app/actions/correction-outcome.ts';
import { Application } from '../../../electron/app/application.ts';
import { scanReportSchema } from '../../../electron/app/scan/scan-report.ts';
import { createSample } from '../../../native/samples/android/profiles.ts';
import { SamplePhone } from '../../../native/samples/android/sample-phone.ts';
import { phoneSchema, remedySchema } from '../../../native/phone.ts';
import { startAdbServer, type TestAdbServer } from '../android/adb-server.ts';
import type { PhoneFaults } from '../android/faults.ts';
import { startSimulatedPhone, type SimulatedPhone } from '../android/simulated-adbd.ts';
import { runCli, type CliRun } from './run-cli.ts';

const photos = 'com.google.android.apps.photos';
const oneDrive = 'com.microsoft.skydrive';

let server: TestAdbServer;

beforeAll(async () => {
  server = await startAdbServer();
});

afterAll(async () => {
  await server.stop();
});

interface Bench {
  phone: SimulatedPhone;
  home: string;
  cli: (...args: string[]) => Promise<CliRun>;
  /** The program, in this process, on the same phone and data folder: for what the command line only passes on. */
  program: () => Application;
}

/** A phone on a real adb server, a data folder of its own, and the command line on both. */
async function bench(options: { sample?: SamplePhone; faults?: Partial<PhoneFaults> } = {}): Promise<Bench> {
  const phone = await startSimulatedPhone({
    phone: options.sample ?? createSample('pixel-14'),
    ...(options.faults ? { faults: options.faults } : {}),
  });
  const home = await mkdtemp(join(tmpdir(), 'phone-health-'));
  onTestFinished(async () => {
    await server.disconnect(phone);
    await phone.stop();
    await rm(home, { recursive: true, force: true });
  });
  await server.connect(phone);
  // A usbmuxd that is not there, so that iPhones of this computer stay out of the test.
  const env = {
    ANDROID_ADB_SERVER_PORT: String(server.port),
    USBMUXD_SOCKET_ADDRESS: 'UNIX:/nonexistent/usbmuxd',
    PHONE_HEALTH_HOME: home,
  };
  return {
    phone,
    home,
    cli: (...args) => runCli(args, env),
    program() {
      const app = new Application({ env: { ...process.env, ...env } });
      onTestFinished(() => app.close());
      return app;
    },
  };
}

const silent = () => undefined;

const json = <T>(schema: z.ZodType<T>, run: CliRun): T => schema.parse(JSON.parse(run.stdout));

describe('the way from the cable to the proven correction', () => {
  test('lists, scans, fixes, compares and undoes', async () => {
    const { phone, cli } = await bench();
    const serial = phone.address;

    const listed = json(
      z.array(phoneSchema.extend({ remedy: remedySchema.nullable() })),
      await cli('phones', '--json'),
    );
    expect(listed.find(({ id }) => id === serial)).toMatchObject({ state: 'ready', model: 'Pixel 8', remedy: null });

    const first = await cli('scan', serial, '--json', '--save', '--label', 'before');
    expect(first.code).toBe(1);
    const before = json(scanReportSchema, first);
    expect(before.snapshot).toBe('1');
    const finding = before.findings.find(({ cause, app }) => cause === 'battery-optimized' && app === photos);
    // The phone lay in deep doze, and nothing left: only then battery optimisation matters.
    expect(finding).toMatchObject({ status: 'possible', severity: 'info' });
    expect(finding?.evidence[0]).toMatchObject({
      path: 'apps.com·google·android·apps·photos.exempt',
      value: false,
      probe: 'deviceidle',
      command: 'dumpsys deviceidle',
    });

    const fixed = await cli('fix', serial, 'battery-optimized', '--app', photos, '--yes', '--json');
    expect(fixed.code).toBe(0);
    expect(json(correctionOutcomeSchema, fixed)).toMatchObject({
      action: '1',
      result: 'taken',
      before: { 'apps.com·google·android·apps·photos.exempt': false },
      after: { 'apps.com·google·android·apps·photos.exempt': true },
    });
    expect(fixed.stderr).toContain(`Running: cmd deviceidle whitelist +${photos}`);

    // The reading that proves the correction is kept as snapshot 2.
    expect((await cli('scan', serial, '--save', '--label', 'after')).stdout).toContain('Saved as snapshot 3.');
    const comparison = json(comparisonSchema, await cli('compare', '1', '3', '--json'));
    expect(new Set(comparison.findings.gone.map(({ cause }) => cause))).toEqual(new Set(['doze', 'battery-optimized']));
    expect(comparison.findings.new).toEqual([]);

    const undone = await cli('undo', '1', '--json');
    expect(undone.code).toBe(0);
    expect(json(correctionOutcomeSchema, undone)).toMatchObject({
      result: 'taken',
      after: { 'apps.com·google·android·apps·photos.exempt': false },
    });
    expect((await cli('snapshots')).stdout).toMatch(/^3 .*\n2 .*\n1 /m);
  });

  test.each([
    ['background-restricted', photos, 'apps.com·google·android·apps·photos.runAnyInBackground', 'ignore', 'allow'],
    ['background-data-denied', oneDrive, 'apps.com·microsoft·skydrive.netPolicy', 1, 0],
    ['data-saver', photos, 'apps.com·google·android·apps·photos.netPolicy', 0, 4],
  ])('corrects %s and puts the exact former value back', async (cause, app, path, before, after) => {
    const { phone, program } = await bench();
    const { corrections } = program();
    const request = { phoneId: phone.address, cause, app, correction: null };
    const fixed = await corrections.correct(request, silent, () => Promise.resolve(true));
    expect(fixed?.outcome).toMatchObject({ result: 'taken', before: { [path]: before }, after: { [path]: after } });
    const undone = await corrections.undo(fixed?.outcome.action ?? '', silent);
    expect(undone.outcome).toMatchObject({ result: 'taken', before: { [path]: after }, after: { [path]: before } });
  });

  test('switches Data Saver off for the whole phone where no app is named', async () => {
    const { phone, cli } = await bench();
    const fixed = json(correctionOutcomeSchema, await cli('fix', phone.address, 'data-saver', '--yes', '--json'));
    expect(fixed).toMatchObject({
      result: 'taken',
      before: { 'dataPolicy.dataSaver': true },
      after: { 'dataPolicy.dataSaver': false },
    });
    const again = await cli('fix', phone.address, 'data-saver', '--yes', '--json');
    expect(again).toMatchObject({ code: 0, stdout: '' });
    expect(again.stderr).toContain('Nothing to correct');
  });
});

describe('a correction', () => {
  test('is not carried out when nobody agreed', async () => {
    const { phone, cli } = await bench();
    const before = structuredClone(phone.model.state);
    const run = await cli('fix', phone.address, 'battery-optimized', '--app', photos);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(`cmd deviceidle whitelist -${photos}`);
    expect(run.stderr).toContain('Add --yes');
    expect(phone.model.state).toEqual(before);
  });

  test('that the phone refuses on standard output with exit code 0 is reported as refused', async () => {
    const text =
      'java.lang.SecurityException: Neither user 2000 nor current process has android.permission.MANAGE_APP_OPS_MODES.';
    const { phone, cli } = await bench({ faults: { securityExceptions: [{ command: 'appops set', text }] } });
    const run = await cli('fix', phone.address, 'background-restricted', '--app', photos, '--yes', '--json');
    expect(run.code).toBe(1);
    expect(json(correctionOutcomeSchema, run)).toMatchObject({
      result: 'refused',
      detail: `The phone refused: java.lang.SecurityException: ${text}`,
    });
  });

  test('that a Xiaomi refuses is told with the way to allow it', async () => {
    const { phone, cli } = await bench({ sample: createSample('xiaomi-14') });
    const run = await cli('fix', phone.address, 'battery-saver-threshold', '--yes');
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('Not corrected: The phone refused: java.lang.SecurityException: Permission denial:');
    expect(run.stdout).toContain('Switch "USB debugging (Security settings)" on\n  1. On the phone, open Settings');
  });

  test('that nothing undoes says so before anybody agrees, and when it is to be undone', async () => {
    const { phone, cli } = await bench({ sample: createSample('pixel-16') });
    const asked = await cli('fix', phone.address, 'cache-suspect', '--app', photos);
    expect(asked.stderr).toContain(`pm clear --cache-only --user 0 ${photos}`);
    expect(asked.stderr).toContain('because Google Photos fills its cache again by itself.');
    expect(asked.stderr).not.toContain('This puts it back');
    const run = await cli('fix', phone.address, 'cache-suspect', '--app', photos, '--yes', '--json');
    const outcome = json(correctionOutcomeSchema, run);
    expect(outcome).toMatchObject({ result: 'taken', undoable: false });
    expect(outcome.after['storage.freeBytes']).toBe(
      Number(outcome.before['storage.freeBytes']) + Math.floor(4_812_335_104 / 1024) * 1024,
    );
    const undone = await cli('undo', outcome.action);
    expect(undone).toMatchObject({ code: 0, stdout: '' });
    expect(undone.stderr).toContain('There is nothing to put back.');
  });

  test('names the Wi-Fi in use, whatever it is called, and puts its exact mark back', async () => {
    const sample = createSample('pixel-14');
    const { wifi } = sample.state.network;
    if (wifi === null) throw new Error('The sample has no Wi-Fi.');
    wifi.ssid = `Alex's "Wi-Fi"; reboot`;
    for (const job of sample.state.jobs) if (job.package === photos && job.network !== null) job.network = 'unmetered';
    const { phone, cli } = await bench({ sample });
    const run = await cli('fix', phone.address, 'wifi-only-but-no-wifi', '--app', photos, '--yes', '--json');
    const outcome = json(correctionOutcomeSchema, run);
    expect(outcome).toMatchObject({
      result: 'taken',
      before: { 'network.meteredMark': 'true' },
      after: { 'network.meteredMark': 'false' },
    });
    expect(run.stderr).toContain(`metered-network 'Alex'\\''s "Wi-Fi"; reboot' false`);
    expect(json(correctionOutcomeSchema, await cli('undo', outcome.action, '--json'))).toMatchObject({
      result: 'taken',
      after: { 'network.meteredMark': 'true' },
    });
    expect(phone.model.state.restarts).toBe(0);
  });

  test('after which the phone cannot be read again is reported as unverified', async () => {
    const { phone, cli } = await bench({ faults: { cut: { command: 'cmd deviceidle whitelist', afterBytes: 0 } } });
    const run = await cli('fix', phone.address, 'battery-optimized', '--app', photos, '--yes', '--json');
    expect(run.code).toBe(4);
    expect(json(correctionOutcomeSchema, run)).toMatchObject({ result: 'unverified', after: {} });
  });
});

describe('faults and wrong usage', () => {
  test('an unknown serial, no serial with two phones, an unknown cause, command and option each have their exit code', async () => {
    const { phone, cli } = await bench();
    const other = await bench();
    expect(await cli('scan', 'nobody', '--json')).toMatchObject({ code: 3, stdout: '' });
    const unnamed = await cli('scan', '--json');
    expect(unnamed).toMatchObject({ code: 2, stdout: '' });
    expect(unnamed.stderr).toContain(other.phone.address);
    expect(await cli('fix', phone.address, 'nonsense', '--yes')).toMatchObject({ code: 2, stdout: '' });
    expect(
      await cli(
        'fix',
        phone.address,
        'photos-permission-partial',
        '--app',
        oneDrive,
        '--correction',
        'nonsense',
        '--yes',
      ),
    ).toMatchObject({ stdout: '' });
    expect(await cli('frobnicate')).toMatchObject({ code: 2, stdout: '' });
    expect(await cli('scan', '--nonsense')).toMatchObject({ code: 2, stdout: '' });
    expect(await cli('undo', '99')).toMatchObject({ code: 2, stdout: '' });
    expect(await cli('compare', '1', '2')).toMatchObject({ code: 2, stdout: '' });
  });

  test('a phone that is unplugged during the scan gives exit code 4, what was read, and no snapshot', async () => {
    const { phone, cli } = await bench({ faults: { cut: { command: 'dumpsys netpolicy', afterBytes: 200 } } });
    const run = await cli('scan', phone.address, '--json', '--save');
    expect(run.code).toBe(4);
    const report = json(scanReportSchema, run);
    expect(report.brokenOff?.reason).toBe('unplugged');
    expect(report.snapshot).toBeNull();
    expect(report.reading.identity.model).toMatchObject({ value: 'Pixel 8' });
    expect(report.incomplete.map(({ reason }) => reason)).toContain('unplugged');
    expect((await cli('snapshots', '--json')).stdout.trim()).toBe('[]');
  });

  test('a phone that waits for its dialog is named with what to do', async () => {
    const { phone, cli } = await bench({ faults: { authorization: 'dialog-open' } });
    const run = await cli('scan', phone.address);
    expect(run.code).toBe(3);
    expect(run.stderr).toContain('Allow USB debugging');
    expect(run.stderr).not.toContain('    at ');
  });

  test('a hostile device name is shown as harmless text', async () => {
    const name = `<img src=x onerror=alert(1)>'; DROP TABLE phone;--\u202eedoC\u001b[31m`;
    const state = structuredClone(createSample('pixel-14').state);
    const hostile = { ...state, build: { ...state.build, model: name } };
    const { phone, cli } = await bench({ sample: new SamplePhone(hostile) });
    const report = json(scanReportSchema, await cli('scan', phone.address, '--json', '--save'));
    // Colours are taken for a terminal's and not for the phone's (native/plain-text.ts); the rest stays to the letter.
    expect(report.phone.model).toBe(name.replace('\u001b[31m', ''));
    const shown = await cli('snapshots');
    expect(shown.stdout).not.toContain('\u001b[31m');
    expect(shown.stdout).not.toContain('\u202e');
    expect(shown.stdout).toContain(String.raw`\u202e`);
  });

  test('a data folder that cannot be used takes nothing from a scan: its result is there, and that it was not kept', async () => {
    const { phone, home, cli } = await bench();
    await writeFile(
      join(home, 'phone-health.sqlite'),
      'this is a letter to my grandmother, not a database'.repeat(100),
    );
    const saving = await cli('scan', phone.address, '--save', '--json');
    expect(saving.code).toBe(3);
    expect(json(scanReportSchema, saving)).toMatchObject({ snapshot: null, notKept: { code: 'not-a-database' } });
    expect(saving.stderr).toMatch(/This result was not kept\. .* is not a database/);
    expect(saving.stderr).not.toContain('    at ');
    expect((await cli('scan', phone.address, '--json')).code).toBe(1);
  });

  test('a port in use is told in one sentence', async () => {
    const { cli } = await bench();
    const occupier = createServer();
    await new Promise<void>((resolve) => {
      occupier.listen(0, '127.0.0.1', resolve);
    });
    onTestFinished(() => void occupier.close());
    const { port } = occupier.address() as AddressInfo;
    const run = await cli('serve', '--port', String(port));
    expect(run.code).not.toBe(0);
    expect(run.stderr).toContain(String(port));
    expect(run.stderr).not.toContain('    at ');
  });
});
