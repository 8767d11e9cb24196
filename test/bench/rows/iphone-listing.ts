import { IphoneQueue } from '../../../native/ios/reach/iphone-queue.ts';
import { createIphoneSource } from '../../../native/ios/reach/iphone-source.ts';
import { LibraryWorkerPool } from '../../../native/ios/reach/library-worker-pool.ts';
import { builtLibraryProcess } from '../../phones/ios/built-library-process.ts';
import { elapsed, type BenchRow } from '../bench-row.ts';
import { iphoneApart } from '../iphone-apart.ts';

const photos = 2_000;
/** So few are asked of one client of AFC. */
const atOnce = 15;

/** Both with the start of the process and its handshakes. Asked one by one, a file took 3.2 ms; half a millisecond is wanted. */
export const iphoneListing: BenchRow = {
  id: 'iphone-listing',
  what: `listing the camera of an iPhone, ${photos.toLocaleString('en')} files (2 ms an answer)`,
  against: 'the same files asked of one client of AFC',
  unit: 'ms',
  aim: { timesAsFast: 6.4 },
  runs: 3,
  begin: async () => {
    const phone = await iphoneApart({ photos, answerDelayMs: 2 });
    const options = { env: phone.env, entry: builtLibraryProcess };
    const source = createIphoneSource(options);
    let paths: string[] = [];
    const list = async (): Promise<void> => {
      const { signal } = new AbortController();
      const files = await source.openFiles?.(phone.udid, { signal });
      paths = ((await files?.listCamera())?.files ?? []).map(({ path }) => path);
      await files?.close();
      if (paths.length !== photos) throw new Error('The list is not whole.');
    };
    const listByOne = async (): Promise<void> => {
      const queue = new IphoneQueue(phone.udid, new LibraryWorkerPool(options));
      for (let from = 0; from < paths.length; from += atOnce) {
        const { ended } = await queue.ask(['afc', 'stat', ...paths.slice(from, from + atOnce)], 60_000);
        if (ended !== 'whole') throw new Error('The list is not whole.');
      }
      await queue.close({ ended: 'timeout', detail: '' });
    };
    return {
      pair: async () => ({ own: await elapsed(list), against: await elapsed(listByOne) }),
      end: async () => {
        await source.close();
        await phone.end();
      },
    };
  },
};
