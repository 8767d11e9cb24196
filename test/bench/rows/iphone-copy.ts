import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { safeCopy } from '../../../electron/app/safe-copy/make-safe-copy.ts';
import { createIphoneSource } from '../../../native/ios/reach/iphone-source.ts';
import { unreadPhone } from '../../../native/phone.ts';
import { builtLibraryProcess } from '../../phones/ios/built-library-process.ts';
import { elapsed, type BenchRow } from '../bench-row.ts';
import { iphoneApart } from '../iphone-apart.ts';

/** Ten of them have 2 MB, as a camera's; the others are small. */
const photos = 60;
/** A cable of USB 2, of which a file service has about so much; slower, because a phone here is no faster than a core. */
const fileBytesPerSecond = 10_000_000;

/** Each file comes twice, because an iPhone computes no hash; and each is on the disk itself before it counts. */
export const iphoneCopy: BenchRow = {
  id: 'iphone-copy',
  what: 'a safe copy of an iPhone, each photo read twice (1 ms an answer, 10 MB/s)',
  against: 'opening it, listing its camera and reading each photo once, one after the other',
  unit: 'ms',
  aim: { timesTheLimit: 2.05 },
  runs: 3,
  begin: async () => {
    const phone = await iphoneApart({ photos, answerDelayMs: 1, fileBytesPerSecond });
    const source = createIphoneSource({ env: phone.env, entry: builtLibraryProcess });
    const folder = await mkdtemp(join(tmpdir(), 'phone-health-bench-'));
    const readOnce = async (): Promise<void> => {
      const { signal } = new AbortController();
      const files = await source.openFiles?.(phone.udid, { signal });
      if (files === undefined) throw new Error('An iPhone gives its files.');
      let bytes = 0;
      for (const { path } of (await files.listCamera()).files)
        for await (const piece of files.pull(path)) bytes += piece.length;
      await files.close();
      if (bytes === 0) throw new Error('Nothing was read.');
    };
    let copies = 0;
    return {
      pair: async () => ({
        own: await elapsed(async () => {
          copies += 1;
          const target = join(folder, String(copies));
          const { whole, copied } = await safeCopy(source, unreadPhone(phone.udid, 'ios', 'ready'), target);
          if (!whole || copied.files !== photos) throw new Error('The copy is not whole.');
        }),
        against: await elapsed(readOnce),
      }),
      end: async () => {
        await source.close();
        await phone.end();
        await rm(folder, { recursive: true, force: true });
      },
    };
  },
};
