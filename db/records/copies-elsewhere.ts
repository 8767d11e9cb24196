import { z } from 'zod';
import type { Connection } from '../connection.ts';
import { jsonColumn } from '../json-column.ts';

export const copyElsewhereSchema = z.object({
  /** Where it was put; only its name where a browser saved it. */
  file: z.string(),
  kind: z.enum(['backup', 'case']),
  /** UTC, ISO 8601. */
  at: z.string(),
});
/** A file outside the data folder that holds a copy of what is kept. */
export type CopyElsewhere = z.infer<typeof copyElsewhereSchema>;

/** The same as it is kept; `uids`: of what is in it, null: all. */
export const keptCopySchema = copyElsewhereSchema.extend({
  uids: jsonColumn(z.array(z.string()).readonly()).nullable(),
});
export type KeptCopy = z.infer<typeof keptCopySchema>;

/** Remembers such a file; within a transaction where something else is to be kept with it. Returns its number. */
export const rememberCopy = (connection: Connection, { file, kind, uids }: Omit<KeptCopy, 'at'>): number =>
  keepCopy(connection, { file, kind, uids, at: connection.now() });

const keepCopy = (connection: Connection, { file, kind, at, uids }: KeptCopy): number =>
  connection.run('INSERT INTO copy_elsewhere (file, kind, at, uids_json) VALUES ($file, $kind, $at, $uids)', {
    file,
    kind,
    at,
    uids: uids === null ? null : JSON.stringify(uids),
  });

/** Such a file was not made after all. */
export function forgetCopy(connection: Connection, copy: number): void {
  connection.run('DELETE FROM copy_elsewhere WHERE id = $copy', { copy });
}

/** Brings in those that are not there. */
export function keepCopies(connection: Connection, copies: readonly KeptCopy[]): void {
  const there = new Set(
    connection
      .rows(copyElsewhereSchema, 'SELECT file, kind, at FROM copy_elsewhere')
      .map(({ file, kind, at }) => JSON.stringify([file, kind, at])),
  );
  for (const copy of copies) {
    if (!there.has(JSON.stringify([copy.file, copy.kind, copy.at]))) keepCopy(connection, copy);
  }
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

/** Cases with these, and nothing else that is still kept, are named no longer: how somebody called the file may say who it was. */
export function forgetCases(connection: Connection, uids: readonly string[]): void {
  const parameters = { uids: JSON.stringify(uids) };
  connection.run(
    `UPDATE copy_elsewhere SET uids_json = (SELECT json_group_array(held.value) FROM json_each(copy_elsewhere.uids_json) AS held
                                           WHERE held.value NOT IN (SELECT value FROM json_each($uids)))
     WHERE ${ofThese}`,
    parameters,
  );
  connection.run(`DELETE FROM copy_elsewhere WHERE uids_json = '[]'`);
}
