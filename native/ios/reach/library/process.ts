import { rmSync } from 'node:fs';
import { usbmuxdAddress, UsbmuxdError } from '../usbmuxd.ts';
import { bindLibraries, type Bindings } from './bindings.ts';
import { runCommand, type CommandContext } from './commands.ts';
import { LibraryFailure } from './failure.ts';
import { FileLanes, filesOfLanes } from './file-lanes.ts';
import { IphoneConnection } from './iphone-connection.ts';
import { LibraryMissing } from './load.ts';
import { workerStarter } from '../../../worker-starter.ts';
import { questionSchema, type FromLibrary, type LibraryAnswer } from './messages.ts';

/**
 * The process that holds libimobiledevice for one phone. Arguments: the phone's UDID, a folder for its copies, and how long a service
 * and the gathering of crash reports are waited for. Its parent asks one question at a time and kills it when an answer takes too long: a call of the library cannot be cancelled.
 */

const starter = workerStarter();
const send = (message: FromLibrary): void => starter.tell(message);

const [udid = '', workFolder = '', receiveMs = '', gatherMs = ''] = process.argv.slice(2);

// No orphan outlives a parent that was killed. A call that hangs holds up process.exit(), and nothing holds up SIGKILL.
starter.onGone(() => {
  rmSync(workFolder, { recursive: true, force: true });
  process.kill(process.pid, 'SIGKILL');
});

function bindOrReport(): Bindings | null {
  try {
    return bindLibraries();
  } catch (error) {
    if (!(error instanceof LibraryMissing)) throw error;
    send({ kind: 'unusable', detail: error.message });
    return null;
  }
}

function failed(error: unknown): LibraryAnswer {
  const output = new Uint8Array();
  if (error instanceof LibraryFailure) return { ended: error.ended, detail: error.message, code: error.code, output };
  if (error instanceof UsbmuxdError) return { ended: 'unplugged', detail: error.message, code: null, output };
  return { ended: 'truncated', detail: `The iPhone could not be read: ${String(error)}`, code: null, output };
}

async function answer(context: CommandContext, words: readonly string[]): Promise<LibraryAnswer> {
  try {
    const output = await context.connection.use(() => runCommand(context, words));
    return { ended: 'whole', detail: '', code: 0, output };
  } catch (error) {
    return failed(error);
  }
}

const bindings = bindOrReport();
if (bindings !== null) {
  const connection = new IphoneConnection(bindings, udid, usbmuxdAddress());
  const context: CommandContext = {
    bindings,
    connection,
    files: new FileLanes(connection, filesOfLanes(bindings, connection)),
    workFolder,
    deadlines: { receiveMs: Number(receiveMs), gatherMs: Number(gatherMs) },
    notify: (name) => send({ kind: 'notification', name }),
    onBytes: (come, total) => send({ kind: 'bytes', come, total }),
  };
  let queue: Promise<void> = Promise.resolve();
  starter.onMessage((message) => {
    const { id, words } = questionSchema.parse(message);
    queue = queue.then(async () => {
      const given = await answer(context, words);
      send({ kind: 'answer', id, ...given, spent: connection.isSpent });
    });
  });
}
