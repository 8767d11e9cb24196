import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { reportSchema } from '../../../electron/app/reports/report.ts';
import { scanReportSchema, type ScanReport } from '../../../electron/app/scan/scan-report.ts';
import { createSample } from '../../../native/samples/android/profiles.ts';
import { startAdbServer, type TestAdbServer } from '../android/adb-server.ts';
import { startSimulatedPhone, type SimulatedPhone } from '../android/simulated-adbd.ts';
import { runCli, type CliRun } from './run-cli.ts';

let server: TestAdbServer;

beforeAll(async () => {
  server = await startAdbServer();
});

afterAll(async () => {
  await server.stop();
});

interface Counter {
  folder: string;
  cli: (...args: string[]) => Promise<CliRun>;
}

/** The command line with a data folder of its own and an adb server. */
async function counter(): Promise<Counter> {
  const folder = await mkdtemp(join(tmpdir(), 'phone-health-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const env = {
    ANDROID_ADB_SERVER_PORT: String(server.port),
    USBMUXD_SOCKET_ADDRESS: 'UNIX:/nonexistent/usbmuxd',
    PHONE_HEALTH_HOME: join(folder, 'home'),
  };
  return { folder, cli: (...args) => runCli(args, env) };
}

async function pluggedIn(): Promise<SimulatedPhone> {
  const phone = await startSimulatedPhone({ phone: createSample('pixel-14') });
  onTestFinished(async () => {
    await server.disconnect(phone);
    await phone.stop();
  });
  await server.connect(phone);
  return phone;
}

const reportOf = (run: CliRun): ScanReport => scanReportSchema.parse(JSON.parse(run.stdout));
const found = ({ findings }: ScanReport): string[] =>
  findings.map(({ cause, app, status }) => `${cause} ${app} ${status}`);

describe('a phone recorded in a file', () => {
  test('is judged from the file as it was when it was plugged in', async () => {
    const { folder, cli } = await counter();
    const phone = await pluggedIn();
    const file = join(folder, 'phone.capture');
    const live = reportOf(await cli('scan', phone.address, '--json'));
    const recorded = await cli('capture', phone.address, '-o', file);
    expect([recorded.code, recorded.stdout]).toEqual([0, '']);
    const run = await cli('scan', '--from', file, '--json');
    const fromFile = reportOf(run);
    expect(run.code).toBe(1);
    expect(found(fromFile)).toEqual(found(live));
    expect(fromFile.phone).toEqual({ ...live.phone, state: 'gone' });
  });

  test('tells nothing of its owner where it is redacted, and is judged the same', async () => {
    const { folder, cli } = await counter();
    const phone = await pluggedIn();
    const file = join(folder, 'phone.capture');
    expect((await cli('capture', phone.address, '-o', file, '--redact')).code).toBe(0);
    const bytes = await readFile(file);
    const text = zstdDecompressSync(bytes.subarray(8 + bytes.readUInt32LE(4))).toString('utf8');
    expect(text).not.toContain(phone.address);
    const report = reportOf(await cli('scan', '--from', file, '--json'));
    expect(report.phone.id).not.toBe(phone.address);
    expect(found(report)).toEqual(found(reportOf(await cli('scan', phone.address, '--json'))));
  });

  test('never replaces a file, unless it is told to', async () => {
    const { folder, cli } = await counter();
    const phone = await pluggedIn();
    const file = join(folder, 'phone.capture');
    await writeFile(file, 'precious');
    const refused = await cli('capture', phone.address, '-o', file);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('The file exists already');
    expect(await readFile(file, 'utf8')).toBe('precious');
    expect((await cli('capture', phone.address, '-o', file, '--overwrite')).code).toBe(0);
  });
});

describe('a file in place of a phone', () => {
  test('is saved with its label, as a snapshot of the phone it holds', async () => {
    const { folder, cli } = await counter();
    await writeFile(join(folder, 'dumpsys_battery.txt'), 'Current Battery Service state:\n  level: 41\n  scale: 100\n');
    const report = reportOf(
      await cli('scan', '--from', join(folder, 'dumpsys_battery.txt'), '--save', '--label', 'by mail', '--json'),
    );
    expect([report.snapshot, report.phone.id, report.phone.state]).toEqual(['1', 'dumpsys_battery.txt', 'gone']);
    expect((await cli('snapshots')).stdout).toContain('by mail');
  });

  test('is reported from its snapshot, to standard output or to a new file', async () => {
    const { folder, cli } = await counter();
    const dump = join(folder, 'dumpsys_battery.txt');
    await writeFile(dump, 'Current Battery Service state:\n  level: 41\n  scale: 100\n');
    await cli('scan', '--from', dump, '--save');
    const shown = await cli('report', '1');
    expect([shown.code, shown.stderr]).toEqual([0, '']);
    expect(shown.stdout).toMatch(/^# What stands out\n/);
    const file = join(folder, 'report.json');
    const wrote = await cli('report', '1', '--kind', 'support', '--format', 'json', '-o', file);
    expect([wrote.code, wrote.stdout, wrote.stderr]).toEqual([0, '', `Written to ${file}, redacted.\n`]);
    const before = await readFile(file, 'utf8');
    expect(reportSchema.parse(JSON.parse(before))).toMatchObject({ kind: 'support', redacted: true });
    const again = await cli('report', '1', '-o', file);
    expect([again.code, await readFile(file, 'utf8')]).toEqual([2, before]);
    const german = await cli('report', '1', '--language', 'de', '--overwrite', '-o', file);
    expect([german.code, (await readFile(file, 'utf8')).split('\n')[0]]).toEqual([0, '# Was auffällt']);
    expect(await cli('report', '9')).toMatchObject({ code: 2, stdout: '' });

    // A certificate is held against its JSON file by its code.
    await writeFile(file, before);
    const { stdout: code } = await cli('report', '--check', file);
    expect(code).toMatch(/^phone-health-report:1:[0-9a-f-]{36}:[0-9a-f]{64}\n$/);
    expect(await cli('report', '--check', file, '--code', code.trim())).toMatchObject({
      code: 0,
      stdout: 'The code is that of this file.\n',
      stderr: 'Its snapshot is kept here as 1.\n',
    });
    await writeFile(file, before.replace('"redacted": true', '"redacted": false'));
    expect(await cli('report', '--check', file, '--code', code.trim())).toMatchObject({ code: 1 });
    const pdf = join(folder, 'certificate.pdf');
    expect(await cli('report', '1', '--kind', 'certificate', '--format', 'pdf', '-o', pdf)).toMatchObject({ code: 0 });
    expect((await readFile(pdf, 'latin1')).slice(0, 5)).toBe('%PDF-');
    expect(await cli('report', '1', '1')).toMatchObject({ code: 2, stdout: '' });
  });

  test('lists the files of a folder that it did not read', async () => {
    const { folder, cli } = await counter();
    await writeFile(join(folder, 'dumpsys_battery.txt'), 'Current Battery Service state:\n  level: 41\n');
    await writeFile(join(folder, 'letter.txt'), 'Dear customer');
    const report = reportOf(await cli('scan', '--from', folder, '--json'));
    expect(report.incomplete.filter(({ probe }) => probe === 'letter.txt')).toEqual([
      { probe: 'letter.txt', reason: 'unparsed', detail: 'This file is no known dump; it was not read.' },
    ]);
  });

  test.each([
    ['that is not there', ['scan', '--from', 'nothing.zip'], 3, 'There is no such file or folder.'],
    ['that is no answer of a phone', ['scan', '--from', import.meta.filename], 3, 'no known dump'],
    ['named beside a phone', ['scan', 'SERIAL', '--from', 'x'], 2, 'Name a phone or a file, not both.'],
  ])('%s is refused in plain words', async (_what, args, code, words) => {
    const { cli } = await counter();
    const run = await cli(...args);
    expect([run.code, run.stdout]).toEqual([code, '']);
    expect(run.stderr).toContain(words);
  });
});
