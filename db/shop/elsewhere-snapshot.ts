import { z } from 'zod';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import type { Incomplete } from '../../diagnosis/finding.ts';
import { captureFromJson, type Capture } from '../../native/capture.ts';
import { phoneSchema, type Phone } from '../../native/phone.ts';
import type { Reading } from '../../native/reading.ts';
import { unpack, type PackedKind } from '../packed.ts';
import type { ForeignEntry } from '../records/elsewhere.ts';
import { judgedSchema, readSchema } from '../records/snapshot-content.ts';

/** A scan as another station has kept it. */
export interface ElsewhereSnapshot {
  phone: Phone;
  capture: Capture;
  reading: Reading;
  incomplete: Incomplete[];
  /** As it was judged there. */
  diagnosis: Diagnosis;
}

/** All that one scan takes as text, and more: packed by somebody else, few bytes may become endlessly many. */
const mostText = 160 * 1024 * 1024;

const bodySchema = z.object({ phone_json: z.string(), verdict: z.string(), catalog: z.string() });

/** null where this program does not understand it: it is of a newer one, or damaged. */
export function readElsewhereSnapshot(entry: ForeignEntry): ElsewhereSnapshot | null {
  const text = (kind: PackedKind): string => {
    const packed = entry[kind];
    if (packed === null || entry.dictionary === null) throw new Error(`It has no ${kind}.`);
    return unpack(packed, kind, entry.dictionary, mostText);
  };
  try {
    const { phone_json: phone, verdict, catalog } = bodySchema.parse(JSON.parse(entry.body));
    const { reading, incomplete } = readSchema.parse(JSON.parse(text('reading')));
    const judged = judgedSchema.parse(JSON.parse(text('diagnosis')));
    return {
      phone: phoneSchema.parse(JSON.parse(phone)),
      capture: captureFromJson(text('capture')),
      reading,
      incomplete,
      diagnosis: { ...judged, verdict, catalog },
    };
  } catch (error) {
    // Whatever another station has written: of what is not understood nothing is shown.
    if (error instanceof Error) return null;
    throw error;
  }
}
