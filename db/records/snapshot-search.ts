import { z } from 'zod';
import type { Connection } from '../connection.ts';
import { jsonColumn } from '../json-column.ts';
import { phoneSchema } from '../../native/phone.ts';
import { searchWords } from '../search-words.ts';

const findableRow = z.object({
  moment: z.int(),
  phone: jsonColumn(phoneSchema),
  causes: jsonColumn(z.array(z.string())),
  label: z.string().nullable(),
  note: z.string(),
  technician: z.string(),
  ticket: z.int().nullable(),
});

/** Has the search find a snapshot by what its row holds now; within the transaction that changed the row. */
export function indexSnapshot(connection: Connection, id: number): void {
  const row = connection.row(
    findableRow,
    'SELECT moment, phone_json AS phone, causes_json AS causes, label, note, technician, ticket FROM snapshot WHERE id = $id',
    { id },
  );
  if (row === null) return;
  connection.run('DELETE FROM snapshot_search WHERE rowid = $moment', { moment: row.moment });
  connection.run('INSERT INTO snapshot_search (rowid, words) VALUES ($moment, $words)', {
    moment: row.moment,
    words: searchWords(row),
  });
}

/**
 * One word that is looked for: snapshots with a word that begins as one of `beginnings`, or with one of `words` to the letter
 * (`search-words.ts` has what the index holds).
 */
export interface SearchTerm {
  beginnings: readonly string[];
  words: readonly string[];
}

/** Within quotes, a word is no word of FTS5's language. What the index cannot hold is found nowhere. */
const quoted = (word: string): string => (/^[\p{L}\p{N}~-]+$/u.test(word) ? `"${word}"` : '""');

/** The terms as FTS5 takes them, all of them to be found (https://www.sqlite.org/fts5.html#full_text_query_syntax). */
export const matchOf = (terms: readonly SearchTerm[]): string =>
  terms
    .map(({ beginnings, words }) =>
      [...beginnings.map((word) => `${quoted(word)} *`), ...words.map(quoted)].join(' OR '),
    )
    .map((either) => `(${either})`)
    .join(' AND ');
