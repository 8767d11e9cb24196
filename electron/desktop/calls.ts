import { callTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape, TRPCError } from '@trpc/server';
import { z } from 'zod';
import { api } from '../api.ts';
import type { Context } from '../api/procedure.ts';
import type { Application } from '../app/application.ts';
import { canonicalLanguage } from '../app/program/language.ts';
import { largestMessage } from '../browser/largest-message.ts';
import type { MessageToWindow } from '../desktop-messages.ts';
import { sizeUpTo } from './message-size.ts';

const messageSchema = z.discriminatedUnion('type', [
  z.object({
    id: z.number().int(),
    type: z.enum(['query', 'mutation', 'subscription']),
    path: z.string().max(100),
    input: z.unknown().optional(),
  }),
  z.object({ id: z.number().int(), type: z.literal('stop') }),
]);

export interface Calls {
  /** Takes one message of the window; what is not a message is ignored. */
  receive(message: unknown): void;
  /** Cancels every call: the window is gone or has been loaded again. */
  stop(): void;
}

const isAsyncIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/** Answers the calls of one window with {@link api}. Holds nothing of Electron, so it is tested without it. */
export function serveCalls(app: Application, post: (message: MessageToWindow) => void): Calls {
  const running = new Map<number, AbortController>();
  const context: Context = { app, speech: { language: canonicalLanguage }, work: { technician: '' } };

  const answer = async (id: number, type: 'query' | 'mutation' | 'subscription', path: string, input: unknown) => {
    const abort = new AbortController();
    running.set(id, abort);
    const send = (message: MessageToWindow): void => {
      if (!abort.signal.aborted) post(message);
    };
    try {
      if (sizeUpTo(largestMessage, input) > largestMessage) {
        throw new TRPCError({ code: 'PAYLOAD_TOO_LARGE', message: 'This is more than a window may send at once.' });
      }
      const result: unknown = await callTRPCProcedure({
        router: api,
        path,
        type,
        ctx: context,
        getRawInput: () => Promise.resolve(input),
        input,
        signal: abort.signal,
        batchIndex: 0,
      });
      if (isAsyncIterable(result)) {
        for await (const data of result) {
          if (abort.signal.aborted) break;
          send({ id, type: 'data', data });
        }
      } else {
        send({ id, type: 'data', data: result });
      }
      send({ id, type: 'end' });
    } catch (cause) {
      const error = getTRPCErrorFromUnknown(cause);
      const shape = getTRPCErrorShape({ config: api._def._config, error, type, path, input, ctx: context });
      send({ id, type: 'error', error: shape });
    } finally {
      // After a stop, the number may be that of another call.
      if (running.get(id) === abort) running.delete(id);
    }
  };

  return {
    receive(message) {
      const parsed = messageSchema.safeParse(message);
      if (!parsed.success) return;
      if (parsed.data.type === 'stop') {
        running.get(parsed.data.id)?.abort();
        return;
      }
      const { id, type, path, input } = parsed.data;
      if (!running.has(id)) void answer(id, type, path, input);
    },
    stop() {
      for (const abort of running.values()) abort.abort();
      // A page that is loaded again counts from the beginning.
      running.clear();
    },
  };
}
