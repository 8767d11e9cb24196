import type { Capture } from '../../../native/capture.ts';
import { describePhone, valueOf } from '../../../native/describe-phone.ts';
import { readCapture } from '../../../native/read-capture.ts';
import type { Reading } from '../../../native/reading.ts';
import { phoneSchema, type Phone } from '../../../native/phone.ts';
import type { CaptureProgress, CaptureSoFar, PhoneSource } from '../../../native/source.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import type { Diagnosis } from '../../../diagnosis/diagnosis.ts';
import type { Incomplete } from '../../../diagnosis/finding.ts';
import { backupApps, incompleteOf, judge, type JudgeOptions } from '../../../diagnosis/judge/judge.ts';
import { fixesOf } from '../../../diagnosis/judge/fixes.ts';
import { shortAnswer } from '../../../diagnosis/judge/short-answer.ts';
import { appName } from '../../../diagnosis/judge/verdict.ts';
import type { Drift } from '../actions/drift.ts';
import { CertainSoFar, probesFirst, type CertainFinding } from './certain-so-far.ts';
import { canonicalLanguage, inLanguage } from '../program/language.ts';
import { saidDiagnosis } from './said-diagnosis.ts';
import type { ScanReport } from './scan-report.ts';

/** What a scan tells while it runs; the report is the last event. `waiting`: for its turn among many. */
export type ScanEvent =
  | { type: 'waiting' }
  | ({ type: 'progress' } & Omit<CaptureProgress, 'soFar'>)
  /** What no later answer reverses, all of it each time. */
  | { type: 'certain'; findings: readonly CertainFinding[] }
  | { type: 'report'; report: ScanReport };

/** One phone that was read, and not judged. */
export interface PhoneReading {
  /** As the reading tells it. */
  phone: Phone;
  capture: Capture;
  reading: Reading;
}

/** One scan, judged. */
export interface Scan extends PhoneReading {
  diagnosis: Diagnosis;
  incomplete: Incomplete[];
}

/** Judges what was captured. Pure. */
export function judgeCapture(
  phone: Phone,
  capture: Capture,
  reading: Reading,
  catalog: Catalog,
  known: JudgeOptions = {},
): Scan {
  return {
    ...phoneReading(phone, capture, reading),
    // As it is kept: in whichever language it is shown, it is said again from this.
    diagnosis: inLanguage(canonicalLanguage, () => judge(reading, catalog, known)),
    incomplete: incompleteOf(reading),
  };
}

const phoneReading = (phone: Phone, capture: Capture, reading: Reading): PhoneReading => ({
  phone: phoneSchema.parse(describePhone(phone, reading)),
  capture,
  reading,
});

export interface ReadOptions {
  signal?: AbortSignal | undefined;
  onEvent?: ((event: ScanEvent) => void) | undefined;
  /** Counts the photos that wait however long that takes. */
  countPhotos?: boolean | undefined;
  /** The apps whose titles of notifications a person has allowed to read. */
  readNotifications?: readonly string[] | undefined;
  /** Told after each answer what there is until now, where the phone's answers come one by one. */
  onSoFar?: ((soFar: () => CaptureSoFar) => void) | undefined;
}

export interface ScanOptions extends ReadOptions {
  /** What the reading is judged with beside itself. */
  known?: (reading: Reading) => JudgeOptions;
}

/** Reads one phone. Resolves with what was read even where that broke off. */
export async function readWhole(
  source: PhoneSource,
  phone: Phone,
  catalog: Catalog,
  options: ReadOptions = {},
): Promise<PhoneReading> {
  const capture = await source.capture(phone.id, {
    apps: backupApps(catalog, phone.platform),
    ...(options.signal ? { signal: options.signal } : {}),
    ...(options.countPhotos === true ? { countPhotos: true } : {}),
    ...(options.readNotifications === undefined ? {} : { notifications: options.readNotifications }),
    first: phone.platform === 'android' ? probesFirst(catalog) : [],
    onProgress: ({ soFar, ...progress }) => {
      options.onEvent?.({ type: 'progress', ...progress });
      if (soFar !== undefined) options.onSoFar?.(soFar);
    },
  });
  const reading = await readCapture(capture, (one) => source.read(one), { signal: options.signal });
  return phoneReading(phone, capture, reading);
}

/** Reads one phone and judges it. Resolves with what was read even where the scan broke off. */
export async function scan(
  source: PhoneSource,
  phone: Phone,
  catalog: Catalog,
  options: ScanOptions = {},
): Promise<Scan> {
  const { known = () => ({}), onEvent } = options;
  const certain =
    onEvent === undefined
      ? null
      : new CertainSoFar(catalog, source, known, (findings) => onEvent({ type: 'certain', findings }));
  const looks: Promise<void>[] = [];
  const { capture, reading } = await readWhole(source, phone, catalog, {
    ...options,
    onSoFar: (soFar) => {
      if (certain !== null) looks.push(certain.look(soFar));
    },
  });
  certain?.end();
  await Promise.all(looks);
  return judgeCapture(phone, capture, reading, catalog, known(reading));
}

/** A scan in the fixed shape that `--json` prints and the window shows. */
export function scanReport(
  result: Scan,
  catalog: Catalog,
  snapshot: string | null,
  drift: readonly Drift[] = [],
): ScanReport {
  const { phone, capture, reading, incomplete } = result;
  const diagnosis = saidDiagnosis(result, catalog);
  return {
    schema: 1,
    phone,
    apps: Object.entries(reading.apps).map(([id, app]) => ({
      id,
      name: appName(catalog, id),
      version: valueOf(app.version),
      installed: valueOf(app.installed),
    })),
    reading,
    findings: diagnosis.findings,
    chosen: diagnosis.chosen,
    uploads: diagnosis.uploads,
    verdict: diagnosis.verdict,
    answer: shortAnswer(diagnosis, catalog),
    fixes: fixesOf(diagnosis, catalog),
    steps: diagnosis.steps,
    incomplete,
    brokenOff: capture.brokenOff,
    drift: [...drift],
    snapshot,
    notKept: null,
    catalog: diagnosis.catalog,
    timing: {
      totalMs: capture.durationMs,
      probes: Object.fromEntries(Object.entries(reading.answers).map(([key, answer]) => [key, answer.durationMs])),
    },
  };
}
