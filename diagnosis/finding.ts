import { z } from 'zod';
import { unavailableReasonSchema } from '../native/unavailable.ts';

/**
 * `problem`: proven. `possible`: points that way, not proof. `ok`: proven absent. `unknown`: could not be read. `manual`: no
 * phone tells this over USB. `not-applicable`: does not exist on this phone.
 */
export const statusSchema = z.enum(['problem', 'possible', 'ok', 'unknown', 'manual', 'not-applicable']);
export type Status = z.infer<typeof statusSchema>;

/** `blocks`: backups cannot run. `delays`: they run late or seldom. `risk`: they may stop. `info`: worth knowing. */
export const severitySchema = z.enum(['blocks', 'delays', 'risk', 'info']);
export type Severity = z.infer<typeof severitySchema>;

/** What is judged: whether photos are backed up, or how the phone itself is. The two have nothing to do with each other's verdict. */
export const packSchema = z.enum(['backup', 'device-health']);
export type Pack = z.infer<typeof packSchema>;

/** Whose knowledge a finding rests on: the catalog that comes with the program, or the shop's own entries. */
export const originSchema = z.enum(['built-in', 'shop']);
export type Origin = z.infer<typeof originSchema>;

export const answerWordSchema = z.enum(['yes', 'no', 'not-sure']);

/** What the owner answered to the question of one cause. */
export const answerSchema = z.object({
  cause: z.string(),
  app: z.string().nullable(),
  answer: answerWordSchema,
  /** UTC, ISO 8601. */
  at: z.string(),
});
export type Answer = z.infer<typeof answerSchema>;

/** A question to the owner, where no phone tells this over USB. */
export const questionSchema = z.object({
  text: z.string(),
  /** Where to look on the phone, in order. */
  where: z.array(z.string()),
  answers: z.array(answerWordSchema),
  /** What the buttons say: the answer, not "yes". */
  words: z
    .object({ yes: z.string(), no: z.string(), 'not-sure': z.string() })
    .default({ yes: 'Yes', no: 'No', 'not-sure': 'Not sure' }),
  /** null: not answered yet. */
  answer: answerSchema.pick({ answer: true, at: true }).nullable(),
});
export type Question = z.infer<typeof questionSchema>;

/** One value that a finding rests on, with the command it came from and the moment. */
export const evidenceSchema = z.object({
  /** `battery.level`, or `apps.com·google·android·apps·photos.exempt`. */
  path: z.string(),
  /** What the value means, in words. */
  label: z.string(),
  /** The value as read; null where it could not be read. */
  value: z.unknown(),
  /** Why there is no value; null where there is one. */
  unavailable: z.object({ reason: unavailableReasonSchema, detail: z.string() }).nullable(),
  probe: z.string(),
  command: z.string(),
  /** UTC, ISO 8601. */
  at: z.string(),
  /** What this value does not prove, where that matters. */
  doesNotProve: z.string().nullable(),
  /** The USB cable changes this value by itself. */
  underPower: z.boolean(),
  /** The verdict rests on this value; the others are shown beside it. */
  decides: z.boolean().default(false),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** What a correction may cost somebody beside time. */
export const costSchema = z.enum(['money', 'privacy']);

/** A pause within guided steps: after which step, counted from 1, and for how long. */
export const waitSchema = z.object({ afterStep: z.int().min(1), seconds: z.int().min(1).max(600) });

/** A correction as it is offered for one finding: everything a person must know before saying yes. */
export const offeredCorrectionSchema = z.object({
  id: z.string(),
  kind: z.enum(['automatic', 'guided']),
  title: z.string(),
  /** Guided: what to do on the phone, in order. Automatic: empty. */
  steps: z.array(z.string()),
  /** Automatic: exactly what will be run on the phone. Guided: empty. */
  commands: z.array(z.string()),
  /** Automatic: exactly what puts it back; empty where `irreversible` says why nothing does. */
  inverse: z.array(z.string()),
  /** Automatic: the values that it changes, as they are now, by path. */
  before: z.record(z.string(), z.unknown()).default({}),
  /** Automatic: why nothing needs putting back, in one sentence; null where `inverse` puts it back. */
  irreversible: z.string().nullable().default(null),
  /** Automatic: what has changed once it is proven, as it was → as it is; null where the title says it all. */
  proven: z.string().nullable().default(null),
  /** Automatic: what it may cost; null: nothing but time. */
  costs: costSchema.nullable().default(null),
  /** Automatic: the phone restarts, and is waited for. */
  restarts: z.boolean().default(false),
  /** It may cost photos that are not backed up yet: a verified copy of them comes first. */
  needsCopy: z.boolean().default(false),
  /** Why its steps are kept back until the photos are safe; null where they are not. */
  locked: z.string().nullable().default(null),
  /** Automatic: this phone would not have it, in this visit: it is not among what this computer can fix. */
  refused: z.boolean().default(false),
  /** What to know before saying yes; null where there is nothing. */
  caution: z.string().nullable(),
  /** How a person sees that it took; null where a reading proves it. */
  afterwards: z.string().nullable().default(null),
  /** Guided, Android: commands that open the right screen on the phone; the first that the phone knows is enough. */
  opens: z.array(z.string()).default([]),
  /** Guided: a pause within the steps; null: none. */
  wait: waitSchema.nullable().default(null),
  lastVerified: z.string(),
  source: z.string(),
});
export type OfferedCorrection = z.infer<typeof offeredCorrectionSchema>;

/** Which finding is meant: a cause, and the app it was judged for. */
export const findingNameSchema = z.object({ cause: z.string(), app: z.string().nullable() });
export type FindingName = z.infer<typeof findingNameSchema>;

/** One correction of a finding. */
export type CorrectionName = FindingName & { correction: string };

/** One cause judged for one phone, and for one app where the cause is per app. */
export const findingSchema = findingNameSchema.extend({
  status: statusSchema,
  severity: severitySchema,
  title: z.string(),
  explanation: z.string(),
  /** What this verdict does not prove; null where there is nothing to say. */
  notProof: z.string().nullable().default(null),
  pack: packSchema.default('backup'),
  origin: originSchema.default('built-in'),
  /** Of a symptom: the findings it comes from. */
  becauseOf: z.array(findingNameSchema).default([]),
  /** Something was corrected meanwhile: it is known after the next photo, and no problem until then. */
  settling: z.boolean().default(false),
  /** Set where the owner knows what the phone does not tell, and the answer changes the verdict. */
  question: questionSchema.nullable().default(null),
  /** Unknown and manual: how a person finds out on the phone. */
  check: z.array(z.string()),
  evidence: z.array(evidenceSchema),
  corrections: z.array(offeredCorrectionSchema),
});
export type Finding = z.infer<typeof findingSchema>;

/** One step of the order of work. */
export const stepSchema = z.object({
  cause: z.string(),
  app: z.string().nullable(),
  correction: z.string(),
  why: z.string(),
});
export type Step = z.infer<typeof stepSchema>;

/** What could not be read, one row per question. */
export const incompleteSchema = z.object({ probe: z.string(), reason: unavailableReasonSchema, detail: z.string() });
export type Incomplete = z.infer<typeof incompleteSchema>;
