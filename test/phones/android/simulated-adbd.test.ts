import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createSample } from '../../../native/samples/android/profiles.ts';
import { startAdbServer, type AdbRun, type TestAdbServer } from './adb-server.ts';
import type { PhoneFaults } from './faults.ts';
import { startSimulatedPhone, type SimulatedPhone } from './simulated-adbd.ts';

let server: TestAdbServer;

beforeAll(async () => {
  server = await startAdbServer();
});

afterAll(async () => {
  await server.stop();
});

async function plugIn(faults: Partial<PhoneFaults> = {}): Promise<SimulatedPhone> {
  const phone = await startSimulatedPhone({ phone: createSample('pixel-14'), faults });
  onTestFinished(async () => {
    await server.disconnect(phone);
    await phone.stop();
  });
  await server.connect(phone);
  return phone;
}

function adb(phone: SimulatedPhone, ...args: string[]): Promise<AdbRun> {
  return server.adb('-s', phone.address, ...args);
}

/** The state that the adb server lists for a phone. */
async function listedState(phone: SimulatedPhone): Promise<string | undefined> {
  const { stdout } = await server.adb('devices');
  const row = stdout
    .toString('utf8')
    .split('\n')
    .find((line) => line.startsWith(`${phone.address}\t`));
  return row?.split('\t')[1];
}

/** Asks until the state is the wanted one; the test's own time limit ends a wait that is in vain. */
async function waitForState(phone: SimulatedPhone, wanted: string): Promise<void> {
  while ((await listedState(phone)) !== wanted) await new Promise((resolve) => setImmediate(resolve));
}

/** Two questions for a phone's shell, each with its exit code; `how` stands before each command. */
const twoQuestions = (how: string) => `${how}dumpsys battery 2>&1; echo "rc=$?"; ${how}cmd nosuch 2>&1; echo "rc=$?"`;

describe('a simulated phone on a real adb server', () => {
  test('is listed with its product, model and device', async () => {
    const phone = await plugIn();
    const { stdout } = await server.adb('devices', '-l');
    expect(stdout.toString('utf8')).toMatch(
      new RegExp(`^${phone.address}\\s+device product:shiba model:Pixel_8 device:shiba transport_id:\\d+$`, 'm'),
    );
  });

  test('answers with the exit code of the command and keeps standard error apart', async () => {
    const phone = await plugIn();
    const run = await adb(phone, 'shell', 'echo out; echo err >&2; exit 13');
    expect({ out: run.stdout.toString('utf8'), err: run.stderr, code: run.code }).toEqual({
      out: 'out\n',
      err: 'err\n',
      code: 13,
    });
  });

  test('reads settings, changes them, and reads the change', async () => {
    const phone = await plugIn();
    const run = await adb(
      phone,
      'shell',
      'settings get global low_power_trigger_level; settings put global low_power_trigger_level 15 && settings get global low_power_trigger_level',
    );
    expect(run.stdout.toString('utf8')).toBe('0\n15\n');
    expect(phone.model.state.settings.global['low_power_trigger_level']).toBe('15');
  });

  test('passes words through the shell as quoted, empty ones too', async () => {
    const phone = await plugIn();
    await adb(phone, 'shell', `settings put system note 'a  "b" $HOME \\ ü'; settings put system empty ''`);
    expect(phone.model.state.settings.system).toMatchObject({ note: 'a  "b" $HOME \\ ü', empty: '' });
  });

  test('pipes, redirects and chains as a phone does', async () => {
    const phone = await plugIn();
    const run = await adb(
      phone,
      'shell',
      'dumpsys battery | grep level: | tr -d " "; nosuch 2>/dev/null; echo "rc=$?"; dumpsys nosuch 2>&1; cmd nosuch 2>/dev/null || echo "cmd=$?"',
    );
    expect(run.stdout.toString('utf8')).toBe("level:76\nrc=127\nCan't find service: nosuch\ncmd=20\n");
  });

  test('gives the same answer whichever way the shell asks: by itself, in a pipe, in a substitution, through another program', async () => {
    const phone = await plugIn();
    const words = `'a  b' "it's" '' 'two
lines' ü`;
    const put = (how: string) => `${how}settings put system note ${words}; echo "rc=$?"`;
    const runs = await Promise.all(
      ['', 'command ', 'env ', 'timeout 20 '].flatMap((how) => [
        adb(phone, 'shell', `${twoQuestions(how)}; ${put(how)}`),
        adb(phone, 'shell', `(${twoQuestions(how)}; ${put(how)}) | sed p -n`),
        adb(phone, 'shell', `{ ${twoQuestions(how)}; ${put(how)}; } | { x=$(sed p -n); echo "$x"; }`),
      ]),
    );
    expect(new Set(runs.map(({ stdout, stderr, code }) => `${code} ${stderr} ${stdout.toString('utf8')}`)).size).toBe(
      1,
    );
    expect(runs[0]?.stdout.toString('utf8')).toMatch(
      /^Current Battery Service state:\n[^]*rc=0\n[^]*rc=20\n[^]*rc=\d+\n$/,
    );
  });

  test('keeps no blank, empty line or byte of a value from the shell', async () => {
    const phone = await plugIn();
    const value = ' \\n \t\n\n-n x\u00fc\r\n\n';
    phone.model.state.settings.system['note'] = value;
    const [own, program] = await Promise.all(
      ['settings get system note', 'command settings get system note'].map((line) => adb(phone, 'exec-out', line)),
    );
    expect(own?.stdout.toString('utf8')).toBe(`${value}\n`);
    expect(program?.stdout).toEqual(own?.stdout);
  });

  test('reads standard input', async () => {
    const phone = await plugIn();
    const client = spawn('adb', ['-P', String(server.port), '-s', phone.address, 'shell', 'tr a-z A-Z']);
    client.stdin.end('from the computer\n');
    expect(await text(client.stdout)).toBe('FROM THE COMPUTER\n');
  });

  test('sends five megabytes without losing a byte', async () => {
    const phone = await plugIn();
    const run = await adb(phone, 'shell', 'seq 1 1000000 | head -c 5242880');
    const expected = Array.from({ length: 1_000_000 }, (_, index) => `${index + 1}\n`)
      .join('')
      .slice(0, 5_242_880);
    expect(sha256(run.stdout)).toBe(sha256(Buffer.from(expected)));
  });

  test('gives raw bytes through exec-out', async () => {
    const phone = await plugIn();
    const run = await adb(phone, 'exec-out', String.raw`printf 'a\r\nb\0\377'`);
    expect([...run.stdout]).toEqual([0x61, 0x0d, 0x0a, 0x62, 0x00, 0xff]);
  });

  test('takes a file and gives it back', async () => {
    const phone = await plugIn();
    const folder = await mkdtemp(join(tmpdir(), 'adb-files-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const bytes = Buffer.alloc(300_000, 'photo');
    await writeFile(join(folder, 'here.jpg'), bytes);
    expect((await adb(phone, 'push', join(folder, 'here.jpg'), '/sdcard/DCIM/there.jpg')).code).toBe(0);
    expect((await adb(phone, 'pull', '/sdcard/DCIM/there.jpg', join(folder, 'back.jpg'))).code).toBe(0);
    expect(sha256(await readFile(join(folder, 'back.jpg')))).toBe(sha256(bytes));
    const missing = await adb(phone, 'pull', '/sdcard/DCIM/none.jpg', join(folder, 'none.jpg'));
    expect([missing.code, missing.stdout.toString('utf8')]).toEqual([
      1,
      "adb: error: failed to stat remote object '/sdcard/DCIM/none.jpg': No such file or directory\n",
    ]);
  });
});

describe('a phone without the second shell protocol', () => {
  test('gives both outputs in one stream and no exit code', async () => {
    const phone = await plugIn({ shellV2: false });
    const run = await adb(phone, 'shell', 'echo out; echo err >&2; exit 13');
    expect({ out: run.stdout.toString('utf8'), err: run.stderr, code: run.code }).toEqual({
      out: 'out\nerr\n',
      err: '',
      code: 0,
    });
  });
});

describe('a phone that cannot be used', () => {
  test('is unauthorized until its owner presses Allow', async () => {
    const phone = await plugIn({ authorization: 'dialog-open' });
    await waitForState(phone, 'unauthorized');
    expect((await adb(phone, 'shell', 'echo hi')).stderr).toContain('unauthorized');
    phone.acceptDialog();
    await waitForState(phone, 'device');
    expect((await adb(phone, 'shell', 'echo hi')).stdout.toString('utf8')).toBe('hi\n');
  });

  test('is offline when it accepts the connection and never speaks', async () => {
    const phone = await plugIn({ offline: true });
    expect(await listedState(phone)).toBe('offline');
  });

  test('is listed as recovery or sideload', async () => {
    const recovery = await plugIn({ mode: 'recovery' });
    const sideload = await plugIn({ mode: 'sideload' });
    expect(await listedState(recovery)).toBe('recovery');
    expect(await listedState(sideload)).toBe('sideload');
  });
});

describe('an answer that goes wrong', () => {
  test('is cut after the given bytes, which adb takes for an end without error', async () => {
    const phone = await plugIn({ shellV2: false, cut: { command: 'seq', afterBytes: 10 } });
    const run = await adb(phone, 'shell', 'seq 1 100000');
    expect({ out: run.stdout.toString('utf8').length, code: run.code }).toEqual({ out: 10, code: 0 });
  });

  test('ends when the cable is pulled, and the phone does not come back', async () => {
    const phone = await plugIn({ silent: ['dumpsys power'] });
    const running = adb(phone, 'shell', 'echo begun; dumpsys power; echo never');
    await phone.pullCable();
    expect((await running).stdout.toString('utf8')).not.toContain('never');
    expect(await listedState(phone)).not.toBe('device');
  });

  test('never comes from a silent command, while others answer', async () => {
    const phone = await plugIn({ silent: ['dumpsys power'] });
    const run = await adb(phone, 'shell', 'timeout 0.2 dumpsys power; echo "rc=$?"; getprop ro.build.version.sdk');
    expect(run.stdout.toString('utf8')).toBe('rc=124\n34\n');
  });

  test('is a dump timeout or a security exception on standard output with exit code 0', async () => {
    const phone = await plugIn({
      dumpTimeouts: ['netstats'],
      securityExceptions: [{ command: 'settings put', text: 'Permission denial' }],
    });
    const timeout = await adb(phone, 'shell', 'dumpsys netstats');
    expect([timeout.stdout.toString('utf8'), timeout.code]).toEqual([
      "\n*** SERVICE 'netstats' DUMP TIMEOUT (10000ms) EXPIRED ***\n\n",
      0,
    ]);
    const refused = await adb(phone, 'shell', 'settings put global auto_time 1');
    expect([refused.stdout.toString('utf8'), refused.code]).toEqual([
      'java.lang.SecurityException: Permission denial\n',
      0,
    ]);
  });
});

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
