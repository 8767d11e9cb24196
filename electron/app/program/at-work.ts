import { AsyncLocalStorage } from 'node:async_hooks';
import { userInfo } from 'node:os';

/** Who works at one window; empty: nobody has said. */
export interface Work {
  technician: string;
}

const ofCall = new AsyncLocalStorage<string>();

/** The technician at whose window the call was made that is being answered; empty: nobody has said, or no window asked. */
export const technicianOfCall = (): string => ofCall.getStore() ?? '';

/** Who is written down beside what is done: the technician, else whoever has started this program. */
export function whoIsAtWork(): string {
  const technician = technicianOfCall();
  return technician === '' ? userInfo().username : technician;
}

/** Does something, and everything that follows from it, as the work of a technician. */
export const atWork = <T>(technician: string, work: () => T): T => ofCall.run(technician, work);

/** The same for each step of a stream. */
export async function* eachAtWork<T>(technician: () => string, events: AsyncIterable<T>): AsyncGenerator<T, void> {
  const iterator = events[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await atWork(technician(), () => iterator.next());
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}
