import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  handoverMessageSchema,
  nextActionsSchema,
  receiptSchema,
} from '../../../../../electron/app/handover/messages.ts';
import { noteMark, noteText } from '../../../../../electron/app/handover/note-text.ts';
import { signAnswer, signRequest } from '../../../../../electron/app/handover/signature.ts';
import { handoverJsonSchema } from '../../../../ticket-systems/json-schema.ts';

const docs = join(import.meta.dirname, '..', '..', '..', '..', '..', 'docs');
const readJson = (name: string): unknown => JSON.parse(readFileSync(join(docs, name), 'utf8'));

const examples = z
  .object({ messages: z.array(handoverMessageSchema), receipt: receiptSchema, next: nextActionsSchema })
  .parse(readJson('handover-examples.json'));

describe('the messages of the hand-over', () => {
  test('are as docs/handover.schema.json says: node test/tables/handover-schema.ts writes it', () => {
    expect(readJson('handover.schema.json')).toEqual(handoverJsonSchema());
  });

  test('have an example of each kind in docs/handover-examples.json', () => {
    const kinds = handoverMessageSchema.shape.event.options.map(({ shape }) => shape.kind.value);
    expect(examples.messages.map(({ event }) => event.kind)).toEqual(kinds);
    expect(examples.next.actions.map(({ kind }) => kind)).toEqual(['open-ticket', 'scan', 'close-ticket']);
    expect(examples.receipt.received).toBe(examples.messages[0]?.id);
  });

  test('are notes of plain lines where a system takes notes, each with the mark that it is found by', () => {
    const notes = examples.messages.map(noteText);
    expect(notes.map((note) => note.split('\n').at(-1))).toEqual(examples.messages.map(({ id }) => noteMark(id)));
    expect(notes[2]?.split('\n').slice(0, 4)).toEqual([
      'Ticket A-17, Pixel 8 16',
      'Scan (before): Battery saver stops the backup.',
      'Problems: 1, possible: 1, to check by hand: 2',
      '- Battery saver is on (problem)',
    ]);
  });

  test('are signed as docs/handover.md says', () => {
    const request = { method: 'POST', path: '/hook/messages', body: '{"schema":1}', timestamp: 1777636800 };
    // printf '1777636800\nPOST\n/hook/messages\n{"schema":1}' | openssl dgst -sha256 -hmac s3cret-of-the-shop
    const signature = signRequest('s3cret-of-the-shop', request);
    expect(signature).toBe('v1=d95d1e04300e1941de2f6717f4b1e68cade47807f00690e358f4de897692be07');
    expect(signAnswer('s3cret-of-the-shop', signature, '{"received":"1"}')).toBe(
      'v1=7a8fa24618728597b9344a27ae4229c123228845b3214eaca0bb8c1e67c975b8',
    );
  });
});
