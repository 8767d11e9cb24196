import { z } from 'zod';
import { platformSchema } from '../../native/phone.ts';
import { sectionLeaves } from '../../native/vocabulary.ts';
import { costSchema, packSchema, severitySchema, waitSchema } from '../finding.ts';

/** The shapes of the catalog's files, as people write them. What they mean is in `diagnosis/catalog/README.md`. */

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date, yyyy-mm-dd');
const condition = z.string().min(1);
const text = z.string().min(1);
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens');
const perSchema = z.enum(['phone', 'app']);

/** It stands beside the finding to be chosen, and is no step of the work by itself. */
const optional = z.boolean().default(false);

/** It may cost photos that are not backed up yet: a verified copy of them comes first. */
const needsCopy = z.boolean().default(false);

const automaticEntrySchema = z.strictObject({
  id,
  kind: z.literal('automatic'),
  /** `phone`: changes the whole phone although the cause is judged per app. */
  per: perSchema.optional(),
  when: condition.optional(),
  /** Causes that forbid this correction while they are open for the same app: the two would undo each other. */
  unless: z.array(id).default([]),
  commands: z.array(text).min(1),
  /** What restores the exact former state; left out where nothing needs putting back (`irreversible`). */
  inverse: z.array(text).default([]),
  /** Nothing needs putting back, or nothing can be: its text says why, in one sentence. */
  irreversible: z.boolean().default(false),
  /** The leaves that hold the exact former state: recorded before, compared after undo. */
  before: z.array(z.string()).min(1),
  /** It may compare with the reading before: `previous.storage.freeBytes`. */
  verify: condition,
  /** It restarts the phone: the connection breaks, and the phone is waited for. */
  restarts: z.boolean().default(false),
  /** It may cost money, or shows more of the owner to somebody: nobody agrees to it by agreeing to others. */
  costs: costSchema.optional(),
  optional,
  needsCopy,
  lastVerified: date,
  source: text,
});

const guidedEntrySchema = z.strictObject({
  id,
  kind: z.literal('guided'),
  when: condition.optional(),
  /** Left out: no reading can prove it, and the text says in `afterwards` how a person sees it. */
  verify: condition.optional(),
  /** A screen of the phone where the steps begin, by its key in `menus/`. */
  opens: id.optional(),
  /** The step, counted from 1, after which so many seconds are waited. */
  wait: waitSchema.optional(),
  /** Its steps change nothing on the phone, they give it time: work for after everything that does. */
  givesTime: z.boolean().default(false),
  optional,
  needsCopy,
  lastVerified: date,
  source: text,
});

const meaning = z.enum(['ok', 'possible', 'problem']);
/** What an answer of the owner means. "Not sure" leaves the finding as it is. */
const questionEntrySchema = z.strictObject({
  yes: meaning,
  no: meaning,
  /** How often it is the reason: the lower, the earlier it is asked. Left out: after those that have one. */
  rank: z.int().min(1).default(100),
});

export const causeEntrySchema = z.strictObject({
  id,
  /** What it is judged for: the backup of photos, or the health of the phone itself. */
  pack: packSchema.default('backup'),
  platforms: z.array(platformSchema).min(1),
  per: perSchema,
  severity: severitySchema,
  /** Where it is true, what else blocks only delays: the newest photos are uploaded all the same. */
  delaysWhen: condition.optional(),
  /** Where it is false, the cause does not exist on this phone. */
  applies: condition.optional(),
  problem: condition,
  possible: condition.optional(),
  /** Where it is true and nothing was proven, no phone tells this over USB: a person answers. */
  manual: condition.optional(),
  /** Where it is left out: `problem` and `possible` are both proven false. */
  ok: condition.optional(),
  /** What a person is asked where the phone says nothing. */
  question: questionEntrySchema.optional(),
  /** Judged before all else: where it is a problem, nothing else about the backup is judged, because it is not the owner's that was read. */
  gate: z.boolean().default(false),
  /** Photos are about to be lost: it outranks every state of the uploads. */
  first: z.boolean().default(false),
  /** It keeps some photos back for good, whatever else leaves: told beside uploads that run. */
  beside: z.boolean().default(false),
  /** It is about the photo engine of the iPhone alone: where another app is to keep the photos, it holds nothing back, and only one that is `first` is told. */
  engineOnly: z.boolean().default(false),
  /** Per app: judged of an app that the phone has archived too; of such an app nothing else is. */
  ofArchived: z.boolean().default(false),
  /** Bytes that leave decide it: after a correction it is known after the next photo. */
  settles: z.boolean().default(false),
  /** It only takes time: where something holds photos back it comes of that, and nobody is told to wait. */
  onlyPatience: z.boolean().default(false),
  /** The phone counts what decides it once a day: after a correction took, it is known tomorrow. */
  countedDaily: z.boolean().default(false),
  /** It shows that something else is wrong: worked on last, and never what the verdict starts with if anything else is open. */
  symptom: z.boolean().default(false),
  /**
   * The causes that explain it, where `when` is true: with them it is done. Left out: nothing explains it, and a symptom whatever else
   * stops or delays the backup.
   */
  because: z.array(z.strictObject({ when: condition, causes: z.array(id).min(1) })).default([]),
  /** Further leaves shown beside those that the conditions read; `app.…` in a cause per phone shows it for every app. */
  evidence: z.array(z.string()).default([]),
  corrections: z.array(z.discriminatedUnion('kind', [automaticEntrySchema, guidedEntrySchema])).min(1),
});
export type CauseEntry = z.infer<typeof causeEntrySchema>;
export const causeFileSchema = z.strictObject({ causes: z.array(causeEntrySchema) });

const correctionTextSchema = z.strictObject({
  title: text,
  steps: z.array(text).optional(),
  caution: text.optional(),
  /** How a person sees that it took, where no reading proves it. */
  afterwards: text.optional(),
  /** Of a correction with nothing to put back: why not, in one sentence. */
  irreversible: text.optional(),
  /** Automatic: what has changed once it is proven, as it was → as it is, in words of home. */
  proven: text.optional(),
});
const statementsSchema = z.strictObject({
  /** What it is about, in two or three words. */
  name: text,
  problem: text,
  possible: text.optional(),
  ok: text,
  /** What a problem does to uploads, after "…, so": where the severity's own words are not exact. */
  effect: text.optional(),
  explanation: text,
  /** What a verdict on this does not prove. */
  notProof: text.optional(),
  /** How a person finds out without this program. */
  check: z.array(text).min(1),
  /** What the owner is asked: one thing. */
  question: text.optional(),
  /** What the buttons say, where "Yes" and "No" do not name the answer. */
  answers: z.strictObject({ yes: text, no: text, 'not-sure': text }).optional(),
});
export const causeTextSchema = statementsSchema.extend({
  /** What is said differently about an iPhone. */
  ios: statementsSchema.partial().optional(),
  corrections: z.record(z.string(), correctionTextSchema),
});
export type CauseText = z.infer<typeof causeTextSchema>;
export const textFileSchema = z.record(z.string(), causeTextSchema);

/** What a person must allow an app. */
const needSchema = z.enum(['photos', 'notifications', 'background-refresh', 'location']);
const appEntrySchema = z.strictObject({
  id,
  name: text,
  /** Package ids; the first is the usual one. */
  android: z.array(z.string()).default([]),
  /** Bundle ids. */
  ios: z.array(z.string()).default([]),
  /** On each platform that the app is there for. */
  needs: z.strictObject({ android: z.array(needSchema).optional(), ios: z.array(needSchema).optional() }),
  /** How it works in the background: in scheduled jobs, in a sync adapter of Android, or in the photo engine of iOS. */
  uploadsBy: z.enum(['jobs', 'sync', 'icloud']),
  /** Types of the Android account it signs in with; empty where it keeps its sign-in to itself. */
  accountTypes: z.array(z.string()).default([]),
  /** Words in the names of the sync authorities that its uploads need. */
  authorities: z.array(z.string()).default([]),
  /** The largest photo and video that the service takes, bytes; left out: none is known. */
  largest: z.strictObject({ photo: z.int().optional(), video: z.int().optional() }).default({}),
  /** Whether its server may stand at home, where it is reached without the internet. */
  atHome: z.boolean().default(false),
  /** Whether an owner can take it off the phone and install it again. */
  removable: z.boolean().default(true),
  /** The day on which the service behind its backup ended. */
  endedOn: date.optional(),
});
export type AppEntry = z.infer<typeof appEntrySchema>;
export const appFileSchema = z.strictObject({ version: text, apps: z.array(appEntrySchema).min(1) });

const appWordsSchema = z.strictObject({
  /** Where the switch of its backup is. */
  switch: text,
  /** Rules of its own that hold uploads back. */
  rules: z.strictObject({
    wifi: text.optional(),
    charging: text.optional(),
    battery: text.optional(),
    other: text.optional(),
  }),
  /** What only a person sees there; left out: what every app has. */
  seen: text.optional(),
});
const appTextSchema = z.strictObject({
  /** What the app calls its backup, newest name last; `until`: a year or a version. */
  feature: z.array(z.strictObject({ name: text, until: text.optional() })).min(1),
  android: appWordsSchema.optional(),
  ios: appWordsSchema.optional(),
  /** What people call it in this language, where that is another name. */
  name: text.optional(),
  /** What its end means for the owner, where the service behind it has ended. */
  ended: text.optional(),
});
export type AppText = z.infer<typeof appTextSchema>;
export const appTextFileSchema = z.record(id, appTextSchema);

/** A number that a shop may set otherwise in its profile, within bounds. */
const limitSchema = z.strictObject({
  value: z.number(),
  min: z.number(),
  max: z.number(),
  /** How a text says it; left out: as a bare number, whose unit stands in the text. */
  unit: z.enum(['bytes', 'hours', 'milliseconds']).optional(),
});
export type Limit = z.infer<typeof limitSchema>;
export type LimitUnit = NonNullable<Limit['unit']>;
export const limitFileSchema = z.strictObject({ limits: z.record(id, limitSchema) });

const skinSchema = sectionLeaves.identity.skin;
export type Skin = z.infer<typeof skinSchema>;
const menuTableSchema = z.strictObject({
  /** For people: "One UI 5 to 8". */
  version: text,
  /** When its words were last looked up; left out: as the file. */
  lastVerified: date.optional(),
  /** Left out: every version. The last table has none. */
  when: condition.optional(),
  words: z.record(id, text).default({}),
  /** Commands that open a screen on the phone, `am start …`. */
  screens: z.record(id, text).default({}),
});
export const menuFileSchema = z.strictObject({
  skins: z.array(skinSchema).min(1),
  /** Language of the words (BCP 47). */
  language: z.string().default('en'),
  /** The skin whose words are meant where this one has none of its own. */
  like: skinSchema.optional(),
  tables: z.array(menuTableSchema).min(1),
  /** Words that are the same on every version, and that makers leave as they are. */
  shared: z.record(id, text).default({}),
  lastVerified: date,
  source: text,
});
export type MenuFile = z.infer<typeof menuFileSchema>;

const recipeEntrySchema = z.strictObject({
  id,
  when: condition,
  /** Where two or more of these are open for one app, their steps are one recipe. */
  causes: z.array(id).min(2),
  opens: id.optional(),
  lastVerified: date,
  source: text,
});
export const recipeFileSchema = z.strictObject({ recipes: z.array(recipeEntrySchema) });
export type RecipeEntry = z.infer<typeof recipeEntrySchema>;
const recipeTextSchema = z.strictObject({
  title: text,
  why: text,
  steps: z.array(text).min(1),
  caution: text.optional(),
});
export type RecipeText = z.infer<typeof recipeTextSchema>;
export const recipeTextFileSchema = z.record(id, recipeTextSchema);

const quickWinEntrySchema = z.strictObject({
  id,
  /** Left out: it fits every app and phone. The last one has none. */
  when: condition.optional(),
  wait: waitSchema,
  needsCopy,
  lastVerified: date,
  source: text,
});
export type QuickWinEntry = z.infer<typeof quickWinEntrySchema>;
export const quickWinFileSchema = z.strictObject({ quickWins: z.array(quickWinEntrySchema).min(1) });
const quickWinTextSchema = z.strictObject({
  title: text,
  steps: z.array(text).min(1),
  caution: text,
  /** How a person sees that it helped. */
  afterwards: text,
});
export type QuickWinText = z.infer<typeof quickWinTextSchema>;
export const quickWinTextFileSchema = z.record(id, quickWinTextSchema);

const alternativeEntrySchema = z.strictObject({
  id,
  /** Names of apps, as `apps.yaml` has them. Left out: it fits every app. The last one has none. */
  apps: z.array(text).min(1).optional(),
  platforms: z
    .array(platformSchema)
    .min(1)
    .default([...platformSchema.options]),
  lastVerified: date,
  source: text,
});
export type AlternativeEntry = z.infer<typeof alternativeEntrySchema>;
export const alternativeFileSchema = z.strictObject({ alternatives: z.array(alternativeEntrySchema).min(1) });
const alternativeTextSchema = z.strictObject({ title: text, steps: z.array(text).min(1) });
export type AlternativeText = z.infer<typeof alternativeTextSchema>;
export const alternativeTextFileSchema = z.record(id, alternativeTextSchema);

/** What a shop changes about the built-in catalog: `profile.yaml` in its own folder. */
export const profileSchema = z.strictObject({
  checks: z.record(id, z.enum(['on', 'off'])).default({}),
  limits: z.record(id, z.number()).default({}),
});
export type Profile = z.infer<typeof profileSchema>;
