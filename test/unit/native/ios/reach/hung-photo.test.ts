import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { CopyFolder } from '../../../../../electron/app/safe-copy/copy-folder.ts';
import { CopyRun } from '../../../../../electron/app/safe-copy/copy-run.ts';
import { IphoneCameraFiles } from '../../../../../native/ios/reach/iphone-camera-files.ts';
import { IphoneQueue } from '../../../../../native/ios/reach/iphone-queue.ts';
import { LibraryWorkerPool } from '../../../../../native/ios/reach/library-worker-pool.ts';
import { questionSchema } from '../../../../../native/ios/reach/library/messages.ts';
import type { StartWorker } from '../../../../../native/worker-process.ts';

const bytes = 3_000;

/** Processes for an iPhone with small photos, of which it never sends these. */
function phoneWithout(hung: ReadonlySet<string>): StartWorker {
  let pid = 0;
  return (_how, { onMessage, onEnd }) => {
    let ended = false;
    pid += 1;
    return {
      pid,
      hold: () => undefined,
      kill: () => {
        if (!ended) onEnd('SIGKILL', '');
        ended = true;
      },
      send: (message) => {
        const { id, words } = questionSchema.parse(message);
        const [, , , path = '', offset = ''] = words;
        if (hung.has(path)) return;
        const output = new Uint8Array(bytes - Number(offset));
        const answer = { kind: 'answer', id, ended: 'whole', detail: '', code: 0, output, spent: false };
        void sleep(1).then(() => ended || onMessage(answer));
      },
    };
  };
}

/** A copy of so many photos, of which the iPhone never sends some. */
async function copied(count: number, ...hungAt: readonly number[]) {
  const paths = Array.from({ length: count }, (_, at) => `/DCIM/100APPLE/${at}.HEIC`);
  const hung = new Set(hungAt.map((at) => paths[at] ?? ''));
  const folder = await mkdtemp(join(tmpdir(), 'hung-photo-'));
  const copyFolder = await CopyFolder.open(folder);
  const { signal } = new AbortController();
  const queue = new IphoneQueue('udid', new LibraryWorkerPool({ env: {}, startWorker: phoneWithout(hung) }));
  const files = new IphoneCameraFiles({ queue, signal, silenceMs: 100, listingMs: 1_000, onClose: () => undefined });
  onTestFinished(async () => {
    await files.close();
    await copyFolder.close();
    await rm(folder, { recursive: true, force: true });
  });
  const run = new CopyRun(files, copyFolder, 'a phone', { signal, onBytes: () => undefined });
  const modified = '2026-05-17T14:03:21.000Z';
  const photos = paths.map((path) => ({ path, place: path.split('/').slice(1), bytes, modified }));
  const stop = await run.run(photos);
  return { stop, copied: run.copied.files, missed: run.missed.map(({ from }) => paths.indexOf(from)) };
}

test.for([
  { photos: 4, hung: [0] },
  { photos: 20, hung: [10] },
  { photos: 20, hung: [2, 9] },
])('$hung of $photos photos never come: the others are copied', async ({ photos, hung }) => {
  expect(await copied(photos, ...hung)).toEqual({ stop: null, copied: photos - hung.length, missed: hung });
});

test('three in a row that never come end the copy', async () => {
  expect((await copied(9, 0, 1, 2, 3)).stop).toMatchObject({ reason: 'unplugged' });
});
