import type { Client } from 'pg';
import { z } from 'zod';
import type { ServerAddress } from './server-address.ts';
import { ShopServerError, toShopError } from './shop-error.ts';

/** From the first packet to the server's word that it is ready. */
const connectWaitMs = 10_000;
/** For the answer to one statement. */
const answerWaitMs = 60_000;
/** So much longer for each MiB that goes over the line with it: the slowest that is of use has 17 kB a second. */
const answerMsAMebibyte = 60_000;
/** From so many bytes on the server is told too that it takes longer; what is smaller has the time that every statement has. */
const smallBytes = 256 * 1024;
/** For the server's end of a conversation that is over. */
const goodbyeWaitMs = 5000;

export interface ServerWaits {
  connectMs?: number | undefined;
  answerMs?: number | undefined;
  goodbyeMs?: number | undefined;
}

export type Value = string | number | boolean | null | Uint8Array | readonly string[];

/** One conversation with the shop's server; each statement is a transaction of its own, but for what is within {@link Server.whole}. */
export interface Server {
  /**
   * All rows of a statement, each checked. `bytes`: about how much goes over the line, either way. Throws `ShopServerError`, or what the driver
   * throws for a statement that the server refuses.
   */
  rows<T>(row: z.ZodType<T>, sql: string, values?: readonly Value[], bytes?: number): Promise<T[]>;
  /** How many rows a statement changed. */
  run(sql: string, values?: readonly Value[], bytes?: number): Promise<number>;
  /** All of it, or nothing. */
  whole<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** What a server does not take because of the values themselves: the conversation goes on. null: it is something else. */
export const refusedState = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^(?:22|23|54)/.test(error.code)
    ? error.code
    : null;

/** Connects. Throws `ShopServerError`; `signal` ends the conversation wherever it is. */
export async function connectServer(
  address: ServerAddress,
  signal: AbortSignal,
  { connectMs = connectWaitMs, answerMs = answerWaitMs, goodbyeMs = goodbyeWaitMs }: ServerWaits = {},
): Promise<Server> {
  signal.throwIfAborted();
  const pg = await import('pg');
  const client = new pg.default.Client({
    host: address.host,
    port: address.port,
    database: address.database,
    user: address.user,
    password: address.password,
    ssl: address.tls ?? false,
    connectionTimeoutMillis: connectMs,
    query_timeout: answerMs,
    // The server gives up with the station, so that no transaction is left open that others wait for.
    statement_timeout: answerMs,
    idle_in_transaction_session_timeout: answerMs,
    keepAlive: true,
    // A row is settled here when the server says so: it must be there after a power cut too, whatever the server's own setting is.
    // Nothing is looked up in a schema that somebody else may write to: before PostgreSQL 15 every role may create in "public", and a function
    // there of a station's would run with the rights of whoever asks (CVE-2018-1058).
    options: '-c synchronous_commit=on -c search_path=pg_catalog,pg_temp',
    application_name: 'phone-health',
  });
  return opened(client, signal, { answerMs, goodbyeMs });
}

async function opened(
  client: Client,
  signal: AbortSignal,
  { answerMs, goodbyeMs }: { answerMs: number; goodbyeMs: number },
): Promise<Server> {
  let broken: unknown = null;
  // Without a listener, a line that breaks between two statements would end the program.
  client.on('error', (error: unknown) => {
    broken ??= error;
  });
  const hangUp = (): void => void client.connection.stream.destroy();
  signal.addEventListener('abort', hangUp, { once: true });
  const asked = async <T>(work: () => Promise<T>): Promise<T> => {
    if (broken !== null) throw toShopError(broken);
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (refusedState(error) !== null) throw error;
      // After a time-out the answer may still come, and would be taken for the next one's.
      broken ??= error;
      hangUp();
      throw toShopError(error);
    }
  };
  const close = async (): Promise<void> => {
    if (broken === null) {
      const late = setTimeout(hangUp, goodbyeMs);
      await client.end().finally(() => clearTimeout(late));
    } else hangUp();
    signal.removeEventListener('abort', hangUp);
  };
  try {
    await asked(async () => client.connect());
  } catch (error) {
    signal.removeEventListener('abort', hangUp);
    throw error;
  }
  let serverMs = answerMs;
  const query = async (sql: string, values: readonly Value[] = [], bytes = 0) => {
    const largeMs = Math.round(answerMs + (bytes / 1_048_576) * answerMsAMebibyte);
    const mayTakeMs = bytes > smallBytes ? largeMs : answerMs;
    if (mayTakeMs !== serverMs) {
      await asked(async () => client.query("SELECT set_config('statement_timeout', $1, false)", [String(mayTakeMs)]));
      serverMs = mayTakeMs;
    }
    const asking = { text: sql, values: [...values], query_timeout: mayTakeMs };
    return asked(async () => client.query(asking));
  };
  return {
    rows: async (row, sql, values, bytes) => {
      const { rows } = await query(sql, values, bytes);
      const parsed = z.array(row).safeParse(rows);
      if (parsed.success) return parsed.data;
      throw new ShopServerError('shop-failed', "The shop's server answered what nobody understands.", parsed.error);
    },
    run: async (sql, values, bytes) => (await query(sql, values, bytes)).rowCount ?? 0,
    whole: async (work) => {
      await query('BEGIN');
      try {
        const done = await work();
        await query('COMMIT');
        return done;
      } catch (error) {
        if (broken === null) await query('ROLLBACK');
        throw error;
      }
    },
    close,
  };
}
