import { z } from 'zod';
import { handoverMessageSchema, nextActionsSchema, receiptSchema } from '../../electron/app/handover/messages.ts';

/** docs/handover.schema.json: what a receiver may be held to, and what is taken from it. */
export const handoverJsonSchema = (): Record<string, unknown> => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Hand-over of Phone Health Inspector, version 1',
  $defs: Object.fromEntries(
    Object.entries({ message: handoverMessageSchema, receipt: receiptSchema, next: nextActionsSchema }).map(
      ([name, schema]) => {
        const { $schema: _ours, ...definition } = z.toJSONSchema(schema, { io: 'input' });
        return [name, definition];
      },
    ),
  ),
});
