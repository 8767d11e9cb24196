import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** What needs no Electron of the built shell is run here in plain Node; the rest is type-checked only. */
describe('the built desktop shell', () => {
  beforeAll(async () => {
    const vite = join(createRequire(import.meta.url).resolve('vite/package.json'), '../bin/vite.js');
    await run(process.execPath, [vite, 'build', '--app', '--config', 'vite.desktop.config.ts', '--logLevel', 'warn'], {
      cwd: root,
    });
  });

  test('holds the whole application with its catalog and migrations: it scans a sample and keeps the snapshot', async () => {
    const home = await mkdtemp(join(tmpdir(), 'phone-health-built-'));
    const script = `
      const { Application } = await import(${JSON.stringify(pathToFileURL(join(root, 'out/main/electron/app/application.js')).href)});
      const app = new Application({ env: { PHONE_HEALTH_HOME: ${JSON.stringify(home)} }, sources: [] });
      const { phoneId } = await app.addSample('pixel-14');
      const report = await app.scan({ phoneId, save: true });
      console.log(JSON.stringify({ findings: report.findings.length > 20, snapshot: report.snapshot }));
      await app.close();`;
    try {
      const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: home });
      expect(JSON.parse(stdout)).toEqual({ findings: true, snapshot: '1' });
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  });

  test('starts where package.json says, and its preload script needs nothing but Electron', async () => {
    const { main } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { main: string };
    expect(await readFile(join(root, main), 'utf8')).toMatch(/from "electron"/);
    const preload = await readFile(join(root, 'out/main/preload.cjs'), 'utf8');
    expect([...preload.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name)).toEqual(['electron']);
    expect(preload).toContain('phoneHealth');
  });
});
