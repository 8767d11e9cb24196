import type { Answer } from '../../../../../native/capture.ts';
import { writeBinaryPlist, type PlistValue } from '../../../../../native/ios/read/plist.ts';
import type { Probe } from '../../../../../native/probe.ts';
import { emptyReading, type Reading, type ReadingValues } from '../../../../../native/reading.ts';
import { Unavailable } from '../../../../../native/unavailable.ts';

export const photosApp = 'com.apple.mobileslideshow';
export const googlePhotos = 'com.google.photos';

/** A reading of which so much is known. */
export function soFar(icloud: Reading['icloud'] = {}): Reading {
  return { ...emptyReading('ios', '2026-05-04T20:00:00.000Z', [photosApp, googlePhotos]), icloud };
}

/** An answer that arrived whole, 40 ms after it was asked. */
export const wholeAnswer = (probe: string, output: Uint8Array): Answer => ({
  probe,
  app: null,
  command: probe,
  output,
  errors: '',
  exitCode: 0,
  startedAt: '2026-05-04T20:00:00.000Z',
  durationMs: 40,
  ended: 'whole',
  detail: '',
});

/** What a probe makes of bytes. */
export function parsedBytes(probe: Probe, output: Uint8Array, so: Reading = soFar()) {
  if (probe.per !== 'phone') throw new Error('an iPhone is asked about all apps at once');
  return probe.parse(new TextDecoder().decode(output), so, wholeAnswer(probe.id, output));
}

/** What a probe makes of a property list. */
export const valuesOfPlist = (probe: Probe, plist: PlistValue, so?: Reading): ReadingValues =>
  parsedBytes(probe, writeBinaryPlist(plist), so).values;

/** What a probe makes of JSON. */
export const valuesOfJson = (probe: Probe, json: unknown, so?: Reading): ReadingValues =>
  parsedBytes(probe, new TextEncoder().encode(JSON.stringify(json)), so).values;

/** Why a value is not there. */
export const why = (value: unknown): string => (value instanceof Unavailable ? value.reason : 'it is there');
