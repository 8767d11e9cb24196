import { z } from 'zod';
import { jsonColumn } from './json-column.ts';

/** SQL for the events of a row, in the order in which they happened: those of `table`, whose column `parent` names the row's table. */
export const eventsColumn = (table: string, parent: string): string =>
  `(SELECT json_group_array(json_object('kind', kind, 'at', at, 'detail', json(detail_json)) ORDER BY id)
    FROM ${table} WHERE ${table}.${parent} = ${parent}.id) AS events`;

/** What {@link eventsColumn} gives, as one flat object for each event. */
export const eventList = jsonColumn(
  z.array(z.object({ kind: z.string(), at: z.string(), detail: z.record(z.string(), z.json()) })),
).transform((events) => events.map(({ kind, at, detail }) => ({ ...detail, kind, at })));
