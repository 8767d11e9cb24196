import { z } from 'zod';
import type { Connection } from '../connection.ts';

export const copyElsewhereSchema = z.object({
  /** Where it was put; only its name where a browser saved it. */
  file: z.string(),
  kind: z.enum(['backup', 'case']),
  /** UTC, ISO 8601. */
  at: z.string(),
});
/** A file outside the data folder that holds a copy of what is kept. */
export type CopyElsewhere = z.infer<typeof copyElsewhereSchema>;

/** Remembers such a file; `uids`: of what is in it, null: all. */
export function rememberCopy(
  connection: Connection,
  { file, kind, uids }: { file: string; kind: CopyElsewhere['kind']; uids: readonly string[] | null },
): void {
  connection.run('INSERT INTO copy_elsewhere (file, kind, at, uids_json) VALUES ($file, $kind, $at, $uids)', {
    file,
    kind,
    at: connection.now(),
    uids: uids === null ? null : JSON.stringify(uids),
  });
}

const ofThese = `uids_json IS NOT NULL AND EXISTS
  (SELECT 1 FROM json_each(uids_json) AS held WHERE held.value IN (SELECT value FROM json_each($uids)))`;

/** Files that may hold one of these, of which the first was kept at `since`; each file once. */
export const copiesWith = (connection: Connection, uids: readonly string[], since: string): CopyElsewhere[] =>
  connection.rows(
    copyElsewhereSchema,
    `SELECT file, kind, max(at) AS at FROM copy_elsewhere WHERE (uids_json IS NULL AND at >= $since) OR (${ofThese})
     GROUP BY file, kind ORDER BY max(at) DESC`,
    { uids: JSON.stringify(uids), since },
  );

/** Cases with these are named no longer: how somebody called the file may say who it was. */
export function forgetCases(connection: Connection, uids: readonly string[]): void {
  connection.run(`DELETE FROM copy_elsewhere WHERE ${ofThese}`, { uids: JSON.stringify(uids) });
}
