import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { CatalogFile, type CatalogProblem } from '../../../diagnosis/load/catalog-file.ts';
import { builtInCatalog } from '../../../diagnosis/load/catalog.ts';
import { parsedAhead } from '../../../diagnosis/load/parsed-ahead.ts';
import { sampleIphone } from '../../../native/samples/ios/sample-iphones.ts';
import { SimulatedIphone } from '../ios/simulated-iphone.ts';
import { startSimulatedUsbmuxd } from '../ios/simulated-usbmuxd.ts';

const root = join(import.meta.dirname, '../../..');
const run = promisify(execFile);

const scanned = z.object({
  phone: z.object({ state: z.string() }),
  findings: z.array(z.unknown()),
  snapshot: z.string(),
});
const failure = z.object({ code: z.number(), stdout: z.string() });

/** The command line as people have it: out of the bundle, started by the launcher, in a folder that is not the project's. */
async function phoneHealth(args: readonly string[], env: NodeJS.ProcessEnv): Promise<{ code: number; stdout: string }> {
  try {
    const { stdout } = await run(process.execPath, [join(root, 'build/phone-health.mjs'), ...args], {
      cwd: tmpdir(),
      env: { ...process.env, ...env },
      maxBuffer: 64 * 1024 * 1024,
    });
    return { code: 0, stdout };
  } catch (error) {
    return failure.parse(error);
  }
}

describe('the built program', () => {
  beforeAll(() => phoneHealth(['--version'], {}));

  test('finds the process for iPhones, the catalog and the migrations: it scans an iPhone and keeps the snapshot', async () => {
    const usbmuxd = await startSimulatedUsbmuxd();
    const home = await mkdtemp(join(tmpdir(), 'phone-health-built-'));
    onTestFinished(async () => {
      await usbmuxd.stop();
      await rm(home, { recursive: true, force: true });
    });
    const phone = new SimulatedIphone(sampleIphone('low-power').create());
    usbmuxd.plug(phone);
    const env = { USBMUXD_SOCKET_ADDRESS: usbmuxd.address, PHONE_HEALTH_HOME: home, ANDROID_ADB_SERVER_PORT: '1' };

    const scan = await phoneHealth(['scan', phone.udid, '--save', '--json'], env);
    const report = scanned.parse(JSON.parse(scan.stdout));
    expect(scan.code).toBe(1);
    expect(report).toMatchObject({ phone: { state: 'ready' }, snapshot: '1' });
    expect(report.findings.length).toBeGreaterThan(10);

    expect(await phoneHealth(['frobnicate'], env)).toEqual({ code: 2, stdout: '' });
    const { code, stdout } = await phoneHealth(['catalog', 'check', '--json'], env);
    expect({ code, valid: (JSON.parse(stdout) as { valid: boolean }).valid }).toEqual({ code: 0, valid: true });
  });

  test('holds the catalog parsed, and a mistake in it is told at the same line all the same', async () => {
    const copies = await mkdtemp(join(tmpdir(), 'phone-health-catalog-'));
    onTestFinished(() => rm(copies, { recursive: true, force: true }));
    for (const name of [
      'limits.yaml',
      'recipes.yaml',
      'causes/power.yaml',
      'texts/en/power.yaml',
      'menus/pixel.yaml',
    ]) {
      const text = await readFile(join(builtInCatalog, name), 'utf8');
      await mkdir(join(copies, name, '..'), { recursive: true });
      await writeFile(join(copies, name), `${text}# This text is not parsed ahead.\n`);
      expect([parsedAhead(text), parsedAhead(`${text}\n`)]).toEqual([{ value: parse(text) as unknown }, null]);
      const told = [builtInCatalog, copies].map((folder) => {
        const problems: CatalogProblem[] = [];
        const file = new CatalogFile(folder, name, problems);
        const content = file.read(z.record(z.string(), z.unknown()));
        expect(file.read(z.record(z.string(), z.literal(1)))).toBeNull();
        return { content, problems };
      });
      expect(told[0]).toEqual(told[1]);
      expect(Math.max(...(told[0]?.problems ?? []).map(({ line }) => line))).toBeGreaterThan(1);
    }
  });

  test('holds the desktop shell, whose preload script needs nothing but Electron', async () => {
    const { main } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { main: string };
    expect(await readFile(join(root, main), 'utf8')).toMatch(/from ?"electron"/);
    const preload = await readFile(join(root, 'out/main/preload.cjs'), 'utf8');
    expect([...preload.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name)).toEqual(['electron']);
    expect(preload).toContain('phoneHealth');
  });

  test('is few files, and the packages that are no native code are in them', async () => {
    const text = await readFile(join(root, 'out/main/phone-health.js'), 'utf8');
    const outside = [...text.matchAll(/from ?"([^."][^"]*)"/g)].map(([, name]) => name ?? '');
    const native = ['better-sqlite3', 'koffi'];
    expect(outside.filter((name) => !name.startsWith('node:') && !native.includes(name))).toEqual([]);
  });
});
