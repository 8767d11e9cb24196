import { z } from 'zod';
import type { Connection } from '../connection.ts';

/** Remembers rows that are put in from a case, before they are; within the transaction of the caller. */
export const rememberTakenIn = (connection: Connection, uids: readonly string[]): number =>
  connection.run('INSERT OR IGNORE INTO taken_in (uid) SELECT value FROM json_each($uids)', {
    uids: JSON.stringify(uids),
  });

/** Whether one of these came here in a case. */
export const isTakenIn = (connection: Connection, uids: readonly (string | null)[]): boolean =>
  connection.row(z.unknown(), 'SELECT 1 FROM taken_in WHERE uid IN (SELECT value FROM json_each($uids)) LIMIT 1', {
    uids: JSON.stringify(uids),
  }) !== null;
