import { once } from 'node:events';
import fs, { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { expect, vi } from 'vitest';
import type { Application } from '../../../../electron/app/application.ts';
import { removeLeftUploads, Uploads } from '../../../../electron/browser/uploads.ts';
import { test as plain } from '../app/application-test.ts';

interface Told {
  code: string;
  message: string;
  steps: string[];
}

const test = plain
  /** The folder of the system for temporary files; it is not made. */
  .extend('folder', ({ home, onTestFinished }) => {
    const folder = join(home, 'temporary');
    vi.stubEnv('TMPDIR', folder);
    onTestFinished(() => void vi.unstubAllEnvs());
    return folder;
  })
  /** Sends what is no dump, and gives what was told of it. */
  .extend('send', async ({ app, onTestFinished }) => sender(app, onTestFinished));

async function sender(app: Application, onTestFinished: (end: () => void) => void) {
  const uploads = new Uploads(app);
  const server = createServer((request, response) => void uploads.answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return async (headers: Record<string, string> = {}): Promise<Told> => {
    const answer = await fetch(`http://127.0.0.1:${port}/open-file`, { method: 'POST', body: 'no dump', headers });
    return ((await answer.json()) as { problem: Told }).problem;
  };
}

/** A failure of the file system, which nobody can cause who runs as root. */
const failure = (code: string, syscall: string): Error => Object.assign(new Error(code), { code, syscall });

function standingIn<Name extends 'rmSync' | 'createWriteStream'>(
  name: Name,
  work: (typeof fs)[Name],
  onTestFinished: (end: () => void) => void,
): void {
  const original = fs[name];
  fs[name] = work;
  syncBuiltinESMExports();
  onTestFinished(() => {
    fs[name] = original;
    syncBuiltinESMExports();
  });
}

test('a file that finds no temporary folder is told so in plain words, and keeps the next one from nothing', async ({
  send,
  folder,
}) => {
  expect((await send()).code).toBe('file-not-kept');
  mkdirSync(folder);
  expect((await send()).code).toBe('not-recognised');
  rmSync(folder, { recursive: true });
  expect((await send()).code).toBe('file-not-kept');
});

test('a name of 200 letters of three bytes each is kept as one that file systems take', async ({ send, folder }) => {
  mkdirSync(folder);
  expect((await send({ 'x-file-name': encodeURIComponent('写'.repeat(200)) })).code).toBe('not-recognised');
});

test.for(['ENOSPC', 'EDQUOT', 'EACCES'])(
  '%s while a file is written is told as no room for it',
  async (code, { send, folder, onTestFinished }) => {
    mkdirSync(folder);
    const full = () =>
      new Writable({
        write(_chunk, _encoding, done) {
          done(failure(code, 'write'));
        },
      });
    standingIn('createWriteStream', full as unknown as typeof fs.createWriteStream, onTestFinished);
    expect((await send()).code).toBe('file-not-kept');
  },
);

test('what went wrong is told in the language of the window', async ({ send, folder }) => {
  expect((await send({ 'x-phone-health-language': 'de' })).message).toBe(
    'Die Datei ließ sich nicht im Ordner für temporäre Dateien ablegen.',
  );
  expect((await send({ 'x-phone-health-language': '../de' })).message).toMatch(/^The file could not be put/);
  mkdirSync(folder);
  const { code, message } = await send({ 'x-phone-health-language': 'de' });
  expect([code, message]).toEqual(['not-recognised', expect.stringMatching(/^file: Die Datei ist kein Fehlerbericht/)]);
});

test('what is left of files of killed programs goes, but for what this account may not remove', ({
  folder,
  onTestFinished,
}) => {
  // No process has such a number.
  const [foreign, own, running] = ['4194305-a', '4194305-b', `${process.pid}-c`].map((end) => {
    const left = join(folder, `phone-health-upload-${end}`);
    mkdirSync(left, { recursive: true });
    writeFileSync(join(left, 'dump.txt'), '');
    return left;
  }) as [string, string, string];
  const remove = rmSync;
  const refusing: typeof rmSync = (path, options) => {
    if (path === foreign) throw failure('EACCES', 'rm');
    remove(path, options);
  };
  standingIn('rmSync', refusing, onTestFinished);
  removeLeftUploads();
  expect([foreign, own, running].map((left) => existsSync(left))).toEqual([true, false, true]);
});

test('without a folder for temporary files nothing is left to remove', ({ folder }) => {
  expect(existsSync(folder)).toBe(false);
  expect(() => removeLeftUploads(folder)).not.toThrow();
});
