import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { Uploads } from '../../../../electron/browser/uploads.ts';
import { test } from '../app/application-test.ts';

test('a file that finds no temporary folder is told so in plain words, and keeps the next one from nothing', async ({
  app,
  home,
  onTestFinished,
}) => {
  const uploads = new Uploads(app);
  const server = createServer((request, response) => void uploads.answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const codeOfSending = async (): Promise<unknown> => {
    const answer = await fetch(`http://127.0.0.1:${port}/open-file`, { method: 'POST', body: 'no dump' });
    return ((await answer.json()) as { problem: { code: string } }).problem.code;
  };
  const folder = join(home, 'temporary');
  vi.stubEnv('TMPDIR', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(await codeOfSending()).toBe('file-not-kept');
  mkdirSync(folder);
  expect(await codeOfSending()).toBe('not-recognised');
  rmSync(folder, { recursive: true });
  expect(await codeOfSending()).toBe('file-not-kept');
});
