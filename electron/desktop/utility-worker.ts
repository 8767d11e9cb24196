import { utilityProcess } from 'electron';
import { memoryFlags, type StartWorker } from '../../native/worker-process.ts';

/** Of what a process writes about its own end. */
const wordsKept = 2000;

/**
 * A process beside the main one, as Electron starts them: the program's own binary runs no other script as Node (the fuse `runAsNode` is
 * off), so that nobody can have it do so. Electron ends it with the main process, and no handle of it keeps the program open.
 */
export const startUtilityProcess: StartWorker = ({ entry, args, env, heapMebibytes }, { onMessage, onEnd }) => {
  const child = utilityProcess.fork(entry, [...args], {
    env: Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined)),
    // Switches of Chromium, among which V8's stand in one.
    execArgv: heapMebibytes === undefined ? [] : [`--js-flags=${memoryFlags(heapMebibytes).join(' ')}`],
    stdio: ['ignore', 'ignore', 'pipe'],
    serviceName: 'Phone reader',
  });
  let words = '';
  let killed = false;
  child.stderr?.on('data', (bytes: Buffer) => {
    words = (words + bytes.toString('utf8')).slice(-wordsKept);
  });
  // A fault of V8, which the exit follows. Without a listener it would be thrown here.
  child.on('error', (type, location) => {
    words = `${words}\n${type} at ${location}`.slice(-wordsKept);
  });
  child.on('message', onMessage);
  child.once('exit', (code) => onEnd(`exit code ${code}`, words.trim().split('\n').at(-1) ?? ''));
  const killNow = (): void => {
    const { pid } = child;
    // Electron's own way is SIGTERM, which a call inside a library holds up.
    if (pid === undefined) return;
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      // It has ended by itself, and its exit is on its way.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  };
  child.once('spawn', () => {
    if (killed) killNow();
  });
  return {
    get pid() {
      return child.pid;
    },
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process has no origin
    send: (message) => child.postMessage(message),
    kill: () => {
      killed = true;
      killNow();
    },
    hold: () => undefined,
  };
};
