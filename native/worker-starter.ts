/**
 * The other end of a {@link WorkerProcess}: how a process that was started for work hears and tells the program that started it, whether
 * it is a child process of Node or Electron's `utilityProcess`.
 */
export interface WorkerStarter {
  /** `then` is called when the message is on its way. A program that is gone hears nothing. */
  tell(message: unknown, then?: () => void): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Nobody hears this process any more. */
  onGone(listener: () => void): void;
  /** All is told: this process may end. */
  leave(): void;
}

const child: WorkerStarter = {
  tell: (message, then = () => undefined) => {
    if (process.connected) process.send?.(message, then);
  },
  onMessage: (listener) => void process.on('message', listener),
  onGone: (listener) => void process.on('disconnect', listener),
  leave: () => process.disconnect(),
};

/** https://www.electronjs.org/docs/latest/api/parent-port */
interface ParentPort {
  postMessage(message: unknown): void;
  on(name: 'message', listener: (event: { data: unknown }) => void): void;
}

/** How often a process looks whether the program that started it is there; Electron tells it nothing. */
const lookMs = 1000;

const utility = (port: ParentPort): WorkerStarter => ({
  tell: (message, then = () => undefined) => {
    port.postMessage(message);
    then();
  },
  onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
  onGone: (listener) => {
    const parent = process.ppid;
    const look = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(look);
      listener();
    }, lookMs);
    look.unref();
  },
  // Its end could overtake a long message: whoever started it ends it.
  leave: () => undefined,
});

/** Which of the two this process is. */
export function workerStarter(): WorkerStarter {
  const { parentPort } = process as { parentPort?: ParentPort };
  return parentPort === undefined ? child : utility(parentPort);
}
