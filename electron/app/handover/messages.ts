import { z } from 'zod';
import { severitySchema, statusSchema } from '../../../diagnosis/finding.ts';
import { ticketStatusSchema } from '../../../db/records/ticket-events.ts';
import { nextAnswerSchema } from '../../../db/records/outbox.ts';
import { platformSchema } from '../../../native/phone.ts';

/*
 * What goes to the shop's ticket system and what comes from it. docs/handover.schema.json is made of these; a change that a receiver of
 * version 1 does not understand needs a new `schema`.
 */

/** Hex of SHA-256. */
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** UTC, ISO 8601. */
const moment = z.iso.datetime();

const messagePhoneSchema = z
  .object({
    platform: platformSchema,
    manufacturer: z.string().nullable(),
    model: z.string().nullable(),
    osVersion: z.string().nullable(),
  })
  .meta({ description: 'A phone, without anything that tells whose it is.' });

const eventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('opened') }).meta({ description: 'The ticket was opened here.' }),
  z
    .object({ kind: z.literal('status'), status: ticketStatusSchema })
    .meta({ description: 'The ticket stands there now.' }),
  z
    .object({
      kind: z.literal('result'),
      phone: messagePhoneSchema,
      label: z.string().nullable().meta({ description: 'What the scan is called here: before, after, …' }),
      verdict: z.string(),
      counts: z.object({ problem: z.int(), possible: z.int(), unknown: z.int(), manual: z.int(), ok: z.int() }),
      findings: z
        .array(z.object({ cause: z.string(), title: z.string(), status: statusSchema, severity: severitySchema }))
        .meta({ description: 'What was found or may be; not what is well.' }),
    })
    .meta({ description: 'A phone was scanned.' }),
  z
    .object({
      kind: z.literal('correction'),
      phone: messagePhoneSchema,
      cause: z.string(),
      title: z.string(),
      undone: z.boolean().meta({ description: 'It was put back.' }),
      result: z.string().meta({ description: 'taken, not-taken, refused or unverified' }),
    })
    .meta({ description: 'A correction was carried out and verified, or put back.' }),
  z
    .object({
      kind: z.literal('proof'),
      phone: messagePhoneSchema,
      app: z.string(),
      verdict: z.string(),
      sentence: z.string(),
    })
    .meta({ description: 'A test photo was taken: did it leave the phone?' }),
  z
    .object({ kind: z.literal('answer'), ...nextAnswerSchema.shape })
    .meta({ description: 'What a technician did about a next action.' }),
]);
export type HandoverEvent = z.infer<typeof eventSchema>;

const attachmentSchema = z.object({
  name: z.string(),
  type: z.string().meta({ description: 'Media type.' }),
  sha256,
  base64: z.base64(),
});
export type HandoverAttachment = z.infer<typeof attachmentSchema>;

/** POST {address}/messages */
export const handoverMessageSchema = z
  .object({
    schema: z.literal(1),
    id: z.string().meta({
      description: 'The same however often it is sent. A receiver keeps it, and takes a message of the same id once.',
    }),
    station: z.string().meta({ description: 'Prefix of this station; empty where it has none.' }),
    at: moment.meta({ description: 'When it happened.' }),
    ticket: z
      .object({
        number: z.string().meta({ description: 'As it stands on labels here: A-17.' }),
        uid: z.string(),
        theirNumber: z
          .string()
          .nullable()
          .meta({ description: 'The number that it has in the ticket system, where somebody has said it.' }),
        status: ticketStatusSchema,
        technician: z.string().nullable(),
      })
      .nullable(),
    event: eventSchema,
    redacted: z.boolean().meta({ description: 'Stand-ins stand for what tells whose a phone is.' }),
    attachments: z.array(attachmentSchema),
  })
  .meta({ title: 'message', description: 'POST {address}/messages: something that happened under a ticket.' });
export type HandoverMessage = z.infer<typeof handoverMessageSchema>;

/** The answer to it. */
export const receiptSchema = z
  .object({ received: z.string().meta({ description: 'The id of the message.' }) })
  .meta({ title: 'receipt', description: 'The answer to a message, also to one that was there already.' });

const actionId = z.string().min(1).max(200);

export const nextActionSchema = z.discriminatedUnion('kind', [
  z
    .object({
      id: actionId,
      kind: z.literal('open-ticket'),
      number: z
        .string()
        .trim()
        .min(1)
        .max(100)
        .meta({ description: 'The number that the ticket has in the ticket system.' }),
      customer: z.object({ name: z.string().trim().max(200), contact: z.string().trim().max(200) }).nullable(),
      fault: z.string().trim().max(4000),
      device: z.string().trim().max(200).default(''),
      imei: z
        .string()
        .regex(/^(?:\d{15})?$/)
        .default(''),
    })
    .meta({ description: 'Open a ticket for this job.' }),
  z
    .object({ id: actionId, kind: z.literal('scan'), place: z.int().min(1).max(99) })
    .meta({ description: 'Scan the phone at this place of the counter.' }),
  z
    .object({ id: actionId, kind: z.literal('close-ticket'), ticket: z.string().trim().min(1).max(40) })
    .meta({ description: 'Close the ticket with this number of ours: A-17.' }),
]);
export type NextAction = z.infer<typeof nextActionSchema>;

/** Answer to GET {address}/next */
export const nextActionsSchema = z.object({ schema: z.literal(1), actions: z.array(nextActionSchema).max(50) }).meta({
  title: 'next',
  description:
    'The answer to GET {address}/next?station=A: what is to be done next at this station, until it is answered. It is shown to a technician; nothing of it is done before they press a key.',
});
