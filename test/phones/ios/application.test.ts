import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { scanReportSchema, type ScanReport } from '../../../electron/app/scan/scan-report.ts';
import { sampleIphone } from '../../../native/samples/ios/sample-iphones.ts';
import { phoneSchema, remedySchema } from '../../../native/phone.ts';
import { createSample } from '../../../native/samples/android/profiles.ts';
import { startAdbServer, type TestAdbServer } from '../android/adb-server.ts';
import { startSimulatedPhone } from '../android/simulated-adbd.ts';
import { runCli, type CliRun } from '../terminal/run-cli.ts';
import { missingTools } from './debian-tools.ts';
import { SimulatedIphone } from './simulated-iphone.ts';
import { startSimulatedUsbmuxd, type SimulatedUsbmuxd } from './simulated-usbmuxd.ts';

const photos = 'com.apple.mobileslideshow';
const listSchema = z.array(phoneSchema.extend({ remedy: remedySchema.nullable() }));

interface Bench {
  usbmuxd: SimulatedUsbmuxd;
  phones: SimulatedIphone[];
  cli: (...args: string[]) => Promise<CliRun>;
}

let server: TestAdbServer;

beforeAll(async () => {
  server = await startAdbServer();
});

afterAll(async () => {
  await server.stop();
});

/** Sample iPhones on a usbmuxd of their own, an adb server without phones, and the command line on both. */
async function bench(...ids: string[]): Promise<Bench> {
  const usbmuxd = await startSimulatedUsbmuxd();
  const home = await mkdtemp(join(tmpdir(), 'phone-health-'));
  onTestFinished(async () => {
    await usbmuxd.stop();
    await rm(home, { recursive: true, force: true });
  });
  const phones = ids.map((id) => new SimulatedIphone(sampleIphone(id).create()));
  for (const phone of phones) usbmuxd.plug(phone);
  const env = {
    ANDROID_ADB_SERVER_PORT: String(server.port),
    USBMUXD_SOCKET_ADDRESS: usbmuxd.address,
    PHONE_HEALTH_HOME: home,
  };
  return { usbmuxd, phones, cli: (...args) => runCli(args, env) };
}

const reportOf = (run: CliRun): ScanReport => scanReportSchema.parse(JSON.parse(run.stdout));
const problemsOf = ({ findings }: ScanReport): string[] =>
  findings.filter(({ status }) => status === 'problem').map(({ cause }) => cause);

const suite = describe.skipIf(missingTools.length > 0);

suite('the command line with iPhones', () => {
  test('forgets one: nothing is kept, and neither knows the other any more', async () => {
    const { phones, cli } = await bench('low-power');
    const udid = phones[0]?.udid ?? '';
    expect((await cli('scan', udid, '--save')).code).toBe(1);
    const unasked = await cli('forget', udid);
    expect(unasked).toMatchObject({ code: 2, stdout: '' });
    expect(JSON.parse((await cli('snapshots', '--json')).stdout)).toHaveLength(1);

    const forgotten = await cli('forget', udid, '--yes', '--json');
    expect(forgotten.code).toBe(0);
    expect(JSON.parse(forgotten.stdout)).toEqual({ trust: 'removed', detail: null, waits: null });
    expect(JSON.parse((await cli('snapshots', '--json')).stdout)).toEqual([]);
    const [listed] = listSchema.parse(JSON.parse((await cli('phones', '--json')).stdout));
    expect(listed?.state).toBe('untrusted');
    expect(phones[0]?.trust.dialogsShown).toBe(0);
  });

  test('lists each with its state and what to do about it', async () => {
    const { phones, cli } = await bench('healthy', 'locked');
    const { code, stdout } = await cli('phones', '--json');
    expect(code).toBe(0);
    const listed = listSchema.parse(JSON.parse(stdout));
    const states = Object.fromEntries(listed.map(({ id, state }) => [id, state]));
    expect(states).toEqual({ [phones[0]?.udid ?? '']: 'ready', [phones[1]?.udid ?? '']: 'locked' });
    expect(listed.find(({ state }) => state === 'locked')?.remedy?.title).toBe('Unlock the iPhone');
  });

  test('scans one, with exit code 1 where a problem is found, and writes nothing to it', async () => {
    const { phones, cli } = await bench('low-power');
    const [phone] = phones;
    const run = await cli('scan', phone?.udid ?? '', '--json');
    expect(run.code).toBe(1);
    const report = reportOf(run);
    expect(report.phone).toMatchObject({ id: phone?.udid, platform: 'ios', state: 'ready', model: 'iPhone 15' });
    expect(problemsOf(report)).toEqual(['low-power-mode']);
    const finding = report.findings.find(({ cause }) => cause === 'low-power-mode');
    expect(finding?.evidence[0]).toMatchObject({
      path: 'power.lowPowerMode',
      value: true,
      probe: 'icloud-status',
      command: 'afc read /PhotoData/CPL/syncstatus.plist',
    });
    expect(report.steps[0]).toMatchObject({ cause: 'low-power-mode', correction: 'low-power-mode-off' });
    expect(phone?.changes).toEqual([]);
  });

  test('finds nothing on a healthy one: exit code 0', async () => {
    const { phones, cli } = await bench('healthy');
    const run = await cli('scan', phones[0]?.udid ?? '', '--json');
    expect(run.code).toBe(0);
    expect(problemsOf(reportOf(run))).toEqual([]);
    expect(run.stderr).toBe('');
  });

  test.each([
    ['icloud-photos-off', 'backup-off'],
    ['quota-exceeded', 'cloud-storage-full'],
    ['pending-resets', 'icloud-engine-stuck'],
    ['upload-crashes', 'app-crashing'],
  ])('reads %s through the real library as %s', async (id, cause) => {
    const { phones, cli } = await bench(id);
    expect(problemsOf(reportOf(await cli('scan', phones[0]?.udid ?? '', '--json')))).toEqual([cause]);
  });

  test('refused files make findings unknown, never ok', async () => {
    const { phones, cli } = await bench('low-power');
    phones[0]?.faults.afcErrors.set('/PhotoData', 'PERM_DENIED');
    const { findings } = reportOf(await cli('scan', phones[0]?.udid ?? '', '--json'));
    const statusOf = (wanted: string) =>
      findings.find(({ cause, app }) => cause === wanted && (app === null || app === photos))?.status;
    expect(['low-power-mode', 'icloud-engine-stuck', 'backup-off', 'cloud-storage-full'].map(statusOf)).toEqual([
      'unknown',
      'unknown',
      'unknown',
      'unknown',
    ]);
  });

  test('one that locks itself while it is read: unlocking it is what to do, and nothing is asked or chosen before', async () => {
    const { phones, cli } = await bench('healthy');
    for (const service of ['com.apple.afc', 'com.apple.crashreportmover']) {
      phones[0]?.faults.lockdownErrors.set(service, 'PasswordProtected');
    }
    const run = await cli('scan', phones[0]?.udid ?? '', '--json');
    const { verdict, steps, chosen, findings } = reportOf(run);
    expect(run.code).toBe(5);
    expect(verdict).toMatch(
      /^The iPhone was locked while it was read.*Unlock it, keep its screen on, and check again\.$/,
    );
    expect([steps, chosen]).toEqual([[], []]);
    expect(findings.filter(({ question }) => question !== null)).toEqual([]);
  });

  test('one that is pulled out during the scan gives exit code 4 and what was read', async () => {
    const { phones, cli } = await bench('healthy');
    const [phone] = phones;
    if (phone !== undefined) phone.faults.unplugAfterFileBytes = 1000;
    const run = await cli('scan', phone?.udid ?? '', '--json');
    expect(run.code).toBe(4);
    expect(reportOf(run).brokenOff?.reason).toBe('unplugged');
  });

  test('one that never met this computer is not read: exit code 3, with what to do, and no dialog appears', async () => {
    const phone = new SimulatedIphone(sampleIphone('healthy').create(), { pairing: 'never' });
    const { usbmuxd, cli } = await bench();
    usbmuxd.plug(phone);
    const run = await cli('scan', phone.udid, '--json');
    expect(run.code).toBe(3);
    expect(run.stdout).toBe('');
    expect(run.stderr).toContain('Pair the iPhone with this computer');
    expect(phone.trust.dialogsShown).toBe(0);
  });

  test('one that is locked and says only who it is, is not read: exit code 3, with what to do, and nothing is kept', async () => {
    const { phones, cli } = await bench('locked');
    const run = await cli('scan', phones[0]?.udid ?? '', '--save', '--json');
    expect([run.code, run.stdout]).toEqual([3, '']);
    expect(run.stderr).toContain('Unlock the iPhone.');
    expect(JSON.parse((await cli('snapshots', '--json')).stdout)).toEqual([]);
  });

  test('one that is not there gives exit code 3', async () => {
    const { cli } = await bench('healthy');
    expect((await cli('scan', '00008020-000000000000DEAD', '--json')).code).toBe(3);
  });
});

suite('iPhones and Android phones side by side', () => {
  test('without usbmuxd Android is listed and scanned as ever, and usbmuxd is one trouble', async () => {
    const phone = await startSimulatedPhone({ phone: createSample('pixel-14') });
    onTestFinished(async () => {
      await server.disconnect(phone);
      await phone.stop();
    });
    await server.connect(phone);
    const env = { ANDROID_ADB_SERVER_PORT: String(server.port), USBMUXD_SOCKET_ADDRESS: 'UNIX:/nonexistent/usbmuxd' };
    const { code, stdout, stderr } = await runCli(['phones', '--json'], env);
    expect(code).toBe(0);
    expect(listSchema.parse(JSON.parse(stdout)).map(({ id }) => id)).toEqual([phone.address]);
    expect(stderr).toBe(
      'iPhones: nothing listens at USBMUXD_SOCKET_ADDRESS.\nWhat to do, and more: phone-health connection help\n',
    );
  });
});
