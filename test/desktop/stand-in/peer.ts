import { z } from 'zod';

/** Two processes that ask each other: a call has an answer, of values as `structuredClone` takes them. */
export interface Peer {
  call(name: string, ...args: unknown[]): Promise<unknown>;
  /** What is still asked is refused: the other one is gone. */
  end(): void;
}

const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call'), id: z.number(), name: z.string(), args: z.array(z.unknown()) }),
  z.object({ kind: z.literal('value'), id: z.number(), value: z.unknown() }),
  z.object({ kind: z.literal('error'), id: z.number(), message: z.string() }),
]);

export type Answers = Readonly<Record<string, (...args: never[]) => unknown>>;

/** `post` sends to the other process; what comes from there is given to `receive`. */
export function peer(post: (message: unknown) => void, answers: Answers): Peer & { receive(message: unknown): void } {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;

  const answer = async (id: number, name: string, args: readonly unknown[]): Promise<void> => {
    try {
      const asked = answers[name];
      if (asked === undefined) throw new Error(`The other process does not know "${name}".`);
      post({ kind: 'value', id, value: await asked(...(args as never[])) });
    } catch (error) {
      post({ kind: 'error', id, message: error instanceof Error ? error.message : String(error) });
    }
  };

  return {
    call(name, ...args) {
      lastId += 1;
      const waiter = Promise.withResolvers<unknown>();
      waiting.set(lastId, waiter);
      post({ kind: 'call', id: lastId, name, args });
      return waiter.promise;
    },
    receive(message) {
      const heard = messageSchema.parse(message);
      if (heard.kind === 'call') {
        void answer(heard.id, heard.name, heard.args);
        return;
      }
      const waiter = waiting.get(heard.id);
      waiting.delete(heard.id);
      if (heard.kind === 'value') waiter?.resolve(heard.value);
      else waiter?.reject(new Error(heard.message));
    },
    end() {
      for (const { reject } of waiting.values()) reject(new Error('The other process is gone.'));
      waiting.clear();
    },
  };
}
