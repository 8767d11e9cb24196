import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import type { Answer } from '../../../../diagnosis/finding.ts';
import { incompleteOf, judge } from '../../../../diagnosis/judge/judge.ts';
import { readingSchema, type ReadingValues } from '../../../../native/reading.ts';
import { unavailable } from '../../../../native/unavailable.ts';
import { appLeaves, sectionLeaves } from '../../../../native/vocabulary.ts';
import { buildReading } from './build-reading.ts';
import { galleryApp, photosApp } from './healthy-phone.ts';

const catalog = loadCatalog();

type Zod = z.core.$ZodType;

/** Texts that phones might say, hostile ones among them. */
const texts = fc.oneof(
  fc.constantFrom(
    '',
    '2026-11-22T08:00:00.000Z',
    '2026-05-01',
    '9999-99-99',
    '{app}',
    "'; reboot #",
    '__proto__',
    'com.google',
  ),
  fc.string({ unit: 'binary' }),
);

/** Any value that a leaf of the vocabulary may hold. */
function valuesOf(schema: Zod): fc.Arbitrary<unknown> {
  const { def } = schema._zod;
  switch (def.type) {
    case 'boolean':
      return fc.boolean();
    case 'enum':
      return fc.constantFrom(...Object.values((def as z.core.$ZodEnumDef).entries));
    case 'number':
      return 'format' in def
        ? fc.oneof(fc.constantFrom(0, 1, 4, 5, 10, 40, 45, 50, 100), fc.maxSafeInteger())
        : fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'array':
      return fc.array(valuesOf((def as z.core.$ZodArrayDef).element), { maxLength: 3 });
    case 'record':
      return fc.dictionary(fc.string(), valuesOf((def as z.core.$ZodRecordDef).valueType), { maxKeys: 3 });
    case 'object': {
      const { shape } = def as z.core.$ZodObjectDef;
      const fields = Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, valuesOf(field)]));
      const requiredKeys = Object.keys(shape).filter((name) => shape[name]?._zod.def.type !== 'optional');
      return fc.record(fields, { requiredKeys });
    }
    case 'optional':
      return valuesOf((def as z.core.$ZodOptionalDef).innerType);
    default:
      return texts;
  }
}

const reasons = fc.constantFrom('timeout', 'denied', 'truncated', 'missing', 'unplugged', 'unparsed' as const);

/** Each leaf known, unavailable, or absent. */
const leavesOf = (schemas: Record<string, Zod>) =>
  fc.record(
    Object.fromEntries(
      Object.entries(schemas).map(([name, schema]) => [
        name,
        fc.oneof(
          { weight: 4, arbitrary: valuesOf(schema) },
          { weight: 1, arbitrary: reasons.map((reason) => unavailable(reason, 'Not read.')) },
        ),
      ]),
    ),
    { requiredKeys: [] },
  );

const readingValues = fc.record({
  ...Object.fromEntries(Object.entries(sectionLeaves).map(([section, leaves]) => [section, leavesOf(leaves)])),
  apps: fc.dictionary(
    fc.oneof(fc.constantFrom(photosApp, galleryApp), fc.string({ minLength: 1 })),
    leavesOf(appLeaves),
    {
      maxKeys: 3,
    },
  ),
}) as fc.Arbitrary<ReadingValues>;
const platforms = fc.constantFrom('android', 'ios' as const);

const asked = catalog.causes.filter(({ question }) => question !== null).map(({ id }) => id);
/** What owners have said, to questions that were asked and to some that were not. */
const answers: fc.Arbitrary<Answer[]> = fc.array(
  fc.record({
    cause: fc.constantFrom(...asked),
    app: fc.constantFrom(null, photosApp, galleryApp),
    answer: fc.constantFrom('yes', 'no', 'not-sure'),
    at: fc.constant('2026-11-22T12:00:00.000Z'),
  }),
  { maxLength: 8 },
);
/** The same phone in an earlier snapshot; null: there is none. */
const earlier = fc.option(readingValues, { nil: null });

const patient = new Set(catalog.causes.filter(({ onlyPatience }) => onlyPatience).map(({ id }) => id));

// Each run of the suite tries others: the seed is not fixed, and is printed where one fails.
describe('whatever a phone says', () => {
  test(
    'a diagnosis comes out, the same each time, and ok only with something that was read',
    { timeout: 240_000 },
    () => {
      fc.assert(
        fc.property(readingValues, platforms, earlier, answers, (values, platform, before, given) => {
          const reading = buildReading(values, platform);
          const known = { previous: before === null ? null : buildReading(before, platform), answers: given };
          expect(readingSchema.safeParse(reading).success).toBe(true);
          const diagnosis = judge(reading, catalog, known);
          expect(judge(buildReading(values, platform), catalog, known)).toEqual(diagnosis);
          expect(diagnosis.verdict).toMatch(/.\.$/su);
          incompleteOf(reading);
          for (const finding of diagnosis.findings) {
            const read = finding.evidence.filter((evidence) => evidence.unavailable === null);
            if (finding.status === 'ok') expect(read.length).toBeGreaterThan(0);
            const open = finding.status === 'problem' || finding.status === 'possible';
            // Nobody is told to wait for what comes of something stuck.
            const comesOfStuck = patient.has(finding.cause) && finding.becauseOf.length > 0;
            expect(finding.corrections.some(({ kind }) => kind === 'guided')).toBe(open && !comesOfStuck);
            for (const { kind, commands, inverse, irreversible } of finding.corrections) {
              expect(commands.length > 0 && inverse.length > 0 === (irreversible === null)).toBe(kind === 'automatic');
            }
          }
        }),
        { numRuns: 250 },
      );
    },
  );

  test('reading less never turns a finding that was open or unknown into ok', () => {
    fc.assert(
      fc.property(readingValues, fc.constantFrom(...Object.keys(sectionLeaves)), (values, section) => {
        const before = judge(buildReading(values), catalog).findings;
        const less = { ...values, [section]: {} };
        const statusBefore = new Map(before.map(({ cause, app, status }) => [`${cause} ${app}`, status]));
        // One value says that nobody unlocked the phone since it started; without it, what left is what counts.
        const locked = values.identity?.unlocked === false && section === 'identity';
        for (const { cause, app, status } of judge(buildReading(less), catalog).findings) {
          if (locked && cause === 'upload-stalled') continue;
          // What does not exist on a phone is told from its version, which may be what is missing now.
          if (status === 'ok') expect(['ok', 'not-applicable']).toContain(statusBefore.get(`${cause} ${app}`));
        }
      }),
      { numRuns: 60 },
    );
  });
});
