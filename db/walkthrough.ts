import { z } from 'zod';
import { phoneSchema } from '../native/phone.ts';
import { statusSchema } from '../diagnosis/finding.ts';

/** Which step of a walk-through: the cause it works on, and the app where the cause is per app. */
export const walkthroughStepSchema = z.object({ cause: z.string(), app: z.string().nullable() });
export type WalkthroughStep = z.infer<typeof walkthroughStepSchema>;

const step = { step: walkthroughStepSchema };

/**
 * What happened in a walk-through. `ticked`: a reading showed the step to be done. `said-done`: its person says so, where no
 * reading can. `screen-differs`: the phone's screen was not as the steps say; kept for whoever keeps the catalog.
 */
export const walkthroughEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ticked'), ...step }),
  z.object({ kind: z.literal('said-done'), ...step }),
  z.object({ kind: z.literal('skipped'), ...step }),
  z.object({ kind: z.literal('taken-up-again'), ...step }),
  z.object({
    kind: z.literal('screen-differs'),
    ...step,
    /** Id of the correction whose steps were followed. */
    correction: z.string(),
    note: z.string().max(2000),
  }),
  /** Somebody began anew instead of going on. */
  z.object({ kind: z.literal('given-up') }),
  z.object({
    kind: z.literal('finished'),
    /** The snapshot taken at its end. */
    snapshot: z.int(),
    /** What was open then. */
    open: z.array(walkthroughStepSchema.extend({ status: statusSchema })),
  }),
]);
export type WalkthroughEvent = z.infer<typeof walkthroughEventSchema>;

/** One sitting: the corrections of one diagnosis, in order. Nothing of it is ever changed or removed. */
export const walkthroughSchema = z.object({
  /** From 1. */
  id: z.int(),
  /** Id of the phone. */
  phone: z.string(),
  ticket: z.int().nullable(),
  /** The snapshot whose diagnosis it works on. */
  before: z.int(),
  who: z.string(),
  /** UTC, ISO 8601. */
  startedAt: z.string(),
  /** In the order in which they happened. */
  events: z.array(z.intersection(walkthroughEventSchema, z.object({ at: z.string() }))),
});
export type Walkthrough = z.infer<typeof walkthroughSchema>;

export const newWalkthroughSchema = z.object({
  phone: phoneSchema,
  ticket: z.int().nullable(),
  before: z.int(),
  who: z.string(),
});
export type NewWalkthrough = z.infer<typeof newWalkthroughSchema>;

/** Whether nothing more may happen in it. */
export const isOver = ({ events }: Walkthrough): boolean =>
  events.some(({ kind }) => kind === 'finished' || kind === 'given-up');
