import { z } from 'zod';
import { type Diagnosis, diagnosisSchema } from '../../diagnosis/diagnosis.ts';
import { incompleteSchema } from '../../diagnosis/finding.ts';
import { type Capture, captureFromJson, captureToJson } from '../../native/capture.ts';
import { readingSchema } from '../../native/reading.ts';
import type { Connection } from '../connection.ts';
import { DamagedRecordError } from '../errors.ts';
import { newestDictionary, pack, unpack, type PackedKind } from '../packed.ts';

/** Of a diagnosis what lists do not show. */
export const judgedSchema = diagnosisSchema.omit({ verdict: true, catalog: true });
type Judged = z.infer<typeof judgedSchema>;

export const readSchema = z.object({
  reading: readingSchema,
  /** What could not be read. */
  incomplete: z.array(incompleteSchema),
});
type Read = z.infer<typeof readSchema>;

const packed = z.instanceof(Uint8Array);
const packedRow = z.object({ dictionary: z.int(), content: packed });

/** Of a snapshot what is shown of one, and not in lists. */
export interface SnapshotContent extends Judged, Read {
  capture: Capture;
}

const judgedText = ({ findings, steps, chosen, uploads }: Judged): string =>
  JSON.stringify({ findings, steps, chosen, uploads });

/** Keeps what belongs to a snapshot; within the transaction that keeps its row. */
export function saveContent(connection: Connection, snapshot: number, content: SnapshotContent): void {
  const { reading, incomplete, capture } = content;
  connection.run(
    `INSERT INTO snapshot_content (snapshot, dictionary, diagnosis_zstd, reading_zstd, capture_zstd)
     VALUES ($snapshot, $dictionary, $diagnosis, $reading, $capture)`,
    {
      snapshot,
      dictionary: newestDictionary,
      diagnosis: pack(judgedText(content), 'diagnosis'),
      reading: pack(JSON.stringify({ reading, incomplete }), 'reading'),
      capture: pack(captureToJson(capture), 'capture'),
    },
  );
}

function load<T>(connection: Connection, snapshot: number, kind: PackedKind, parse: (text: string) => T): T {
  const row = connection.row(
    packedRow,
    `SELECT dictionary, ${kind}_zstd AS content FROM snapshot_content WHERE snapshot = $snapshot`,
    { snapshot },
  );
  if (row === null) throw new DamagedRecordError(connection.file, new Error(`snapshot ${snapshot} has no content`));
  return connection.checked(() => parse(unpacked(connection, row.content, kind, row.dictionary)));
}

function unpacked(connection: Connection, bytes: Uint8Array, kind: PackedKind, dictionary: number): string {
  try {
    return unpack(bytes, kind, dictionary);
  } catch (error) {
    throw new DamagedRecordError(connection.file, error);
  }
}

export const loadJudgement = (connection: Connection, snapshot: number): Judged =>
  load(connection, snapshot, 'diagnosis', (text) => judgedSchema.parse(JSON.parse(text)));

export const loadRead = (connection: Connection, snapshot: number): Read =>
  load(connection, snapshot, 'reading', (text) => readSchema.parse(JSON.parse(text)));

export const loadCapture = (connection: Connection, snapshot: number): Capture =>
  load(connection, snapshot, 'capture', captureFromJson);

/** Keeps another diagnosis of the same reading. */
export function replaceJudgement(connection: Connection, snapshot: number, diagnosis: Diagnosis): void {
  replace(connection, snapshot, 'diagnosis', judgedText(diagnosis));
}

/** What is packed anew is packed with the dictionary of its row. */
function replace(connection: Connection, snapshot: number, kind: PackedKind, text: string): void {
  const row = connection.row(
    z.object({ dictionary: z.int() }),
    'SELECT dictionary FROM snapshot_content WHERE snapshot = $snapshot',
    { snapshot },
  );
  connection.run(`UPDATE snapshot_content SET ${kind}_zstd = $content WHERE snapshot = $snapshot`, {
    snapshot,
    content: pack(text, kind, row?.dictionary),
  });
}

const emptied = 'What the phone answered was removed: it had become old.';

/**
 * Takes what the phone answered out of the capture of a snapshot: which questions were asked, and when, stays, and so do the reading and
 * the diagnosis. An answer that is not there any more says so, and reads as not known.
 */
export function emptyCapture(connection: Connection, snapshot: number): void {
  const capture = loadCapture(connection, snapshot);
  const answers = capture.answers.map((answer) => ({
    ...answer,
    output: new Uint8Array(),
    errors: '',
    ended: 'missing' as const,
    detail: emptied,
  }));
  replace(connection, snapshot, 'capture', captureToJson({ ...capture, answers }));
  connection.run('UPDATE snapshot SET emptied_at = $at WHERE id = $snapshot', {
    at: connection.now(),
    snapshot,
  });
}
