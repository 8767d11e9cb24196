import { readdirSync, readFileSync } from 'node:fs';
import { Application } from '../../electron/app/application.ts';

/**
 * The program of the soak in a process of its own, so that only it is measured. Started with `fork`, with the environment that says
 * which adb server, usbmuxd and data folder are meant. It watches its phones, as an open window does.
 */

/** What the soak may ask. */
export type SoakOrder = { kind: 'scan'; phoneId: string } | { kind: 'measure' } | { kind: 'stop' };
/** What it is answered. `how`: `whole`, `broken-off`, or the code of the problem. */
export type SoakWord =
  | { kind: 'done' }
  | { kind: 'scanned'; how: string; snapshot: string | null }
  | { kind: 'measured'; rssBytes: number; descriptors: number; children: number; cpuMs: number };

const app = new Application({ env: process.env });
const watching = new AbortController();
void (async () => {
  for await (const _list of app.watchPhones(watching.signal)) if (watching.signal.aborted) return;
})();

async function scan(phoneId: string): Promise<SoakWord> {
  try {
    const { snapshot, brokenOff } = await app.scan({ phoneId, save: true });
    return { kind: 'scanned', how: brokenOff ? 'broken-off' : 'whole', snapshot };
  } catch (error) {
    return {
      kind: 'scanned',
      how: error instanceof Error && 'code' in error ? String(error.code) : String(error),
      snapshot: null,
    };
  }
}

/** How many processes this one has started that are still there. */
function children(): number {
  const lists = readdirSync('/proc/self/task').map((task) => readFileSync(`/proc/self/task/${task}/children`, 'utf8'));
  return lists.flatMap((list) => list.split(' ')).filter((pid) => pid.trim() !== '').length;
}

function measured(): SoakWord {
  const { user, system } = process.cpuUsage();
  return {
    kind: 'measured',
    rssBytes: process.memoryUsage().rss,
    descriptors: readdirSync('/proc/self/fd').length,
    children: children(),
    cpuMs: (user + system) / 1000,
  };
}

async function obey(order: SoakOrder): Promise<SoakWord> {
  switch (order.kind) {
    case 'scan':
      return await scan(order.phoneId);
    case 'measure':
      return measured();
    case 'stop':
      watching.abort();
      await app.close();
      return { kind: 'done' };
  }
}

process.on('message', ({ id, order }: { id: number; order: SoakOrder }) => {
  void (async () => {
    const word = await obey(order);
    process.send?.({ id, word }, () => {
      if (order.kind === 'stop') process.disconnect();
    });
  })();
});
process.send?.({ id: 0, word: { kind: 'done' } satisfies SoakWord });
