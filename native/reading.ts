import { z } from 'zod';
import { platformSchema } from './phone.ts';
import { type Unavailable, unavailableReasonSchema, type UnavailableReason } from './unavailable.ts';
import { appLeaves, sectionLeaves } from './vocabulary.ts';

/** A value, and the answer (key of `Reading.answers`) it was read from. */
export interface Known<T> {
  value: T;
  source: string;
  /** Present where USB power changes this value by itself: it tells about now, not about the hours before the cable. */
  underPower?: true;
}

/** Why there is no value. */
export interface Unknown {
  unavailable: UnavailableReason;
  detail: string;
  source: string;
}

export type Leaf<T> = Known<T> | Unknown;
export const isKnown = <T>(leaf: Leaf<T> | undefined): leaf is Known<T> => leaf !== undefined && 'value' in leaf;

type Leaves = Record<string, z.ZodType>;
type LeavesOf<L extends Leaves> = { [K in keyof L]?: Leaf<z.infer<L[K]>> };
type ValuesOf<L extends Leaves> = { [K in keyof L]?: z.infer<L[K]> | Unavailable };

export type SectionName = keyof typeof sectionLeaves;
export const sectionNames = Object.keys(sectionLeaves) as SectionName[];
export type AppLeafName = keyof typeof appLeaves;
export type AppReading = LeavesOf<typeof appLeaves>;
type Sections = { [S in SectionName]: LeavesOf<(typeof sectionLeaves)[S]> };

/** What is known about the answer a leaf came from. */
export const sourceSchema = z.object({
  probe: z.string(),
  command: z.string(),
  /** UTC, ISO 8601: the moment of the evidence. */
  at: z.string(),
  durationMs: z.number(),
  unknownLines: z.number().int(),
});
export type Source = z.infer<typeof sourceSchema>;

/** The typed meaning of a capture. Leaves that no probe of this platform gives are absent. */
export type Reading = Sections & {
  platform: z.infer<typeof platformSchema>;
  /** When the scan began; UTC, ISO 8601. Ages are counted from here, so that an old snapshot is judged as of its day. */
  takenAt: string;
  /** By package or bundle id; every app the scan was about is here, installed or not. */
  apps: Record<string, AppReading>;
  answers: Record<string, Source>;
};

/** What a parser gives: plain values, or `Unavailable` with its reason. */
export type ReadingValues = { [S in SectionName]?: ValuesOf<(typeof sectionLeaves)[S]> } & {
  apps?: Record<string, ValuesOf<typeof appLeaves>>;
};

/** Which leaves a probe answers for. */
export type Gives = { [S in SectionName]?: readonly (keyof (typeof sectionLeaves)[S])[] } & {
  app?: readonly AppLeafName[];
};

const leafSchema = (value: z.ZodType) =>
  z.union([
    z.strictObject({ value, source: z.string(), underPower: z.literal(true).optional() }),
    z.strictObject({ unavailable: unavailableReasonSchema, detail: z.string(), source: z.string() }),
  ]);
const leavesSchema = (leaves: Leaves) =>
  z.strictObject(
    Object.fromEntries(Object.entries(leaves).map(([name, value]) => [name, leafSchema(value).optional()])),
  );

/** Checks a whole reading, for readings that come back from a store or a file. Made when it is first needed: it is large. */
export const readingSchema = z.lazy(() =>
  z.strictObject({
    platform: platformSchema,
    takenAt: z.string(),
    ...Object.fromEntries(sectionNames.map((name) => [name, leavesSchema(sectionLeaves[name])])),
    apps: z.record(z.string(), leavesSchema(appLeaves)),
    answers: z.record(z.string(), sourceSchema),
  }),
) as unknown as z.ZodType<Reading>;

export function emptyReading(platform: Reading['platform'], takenAt: string, apps: readonly string[]): Reading {
  const sections = Object.fromEntries(sectionNames.map((name) => [name, {}])) as Sections;
  return { platform, takenAt, ...sections, apps: Object.fromEntries(apps.map((app) => [app, {}])), answers: {} };
}

/**
 * The path of a leaf for people and scripts: `battery.level`, `apps.com·google·android·apps·photos.exempt`. The dots of an
 * app's id are written `·` so that a path splits at its dots.
 */
export const appPath = (app: string, leaf: string): string => `apps.${app.replaceAll('.', '·')}.${leaf}`;

/** The app that an {@link appPath} is about; null for a path of the whole phone. */
export function appOfPath(path: string): string | null {
  const [section, app] = path.split('.');
  return section === 'apps' && app !== undefined ? app.replaceAll('·', '.') : null;
}
