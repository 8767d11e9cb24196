import type { Answer } from '../../../../../native/capture.ts';
import type { PhoneProbe, Parsed } from '../../../../../native/probe.ts';
import { emptyReading, type Reading } from '../../../../../native/reading.ts';
import { Unavailable } from '../../../../../native/unavailable.ts';

export const PHOTOS = 'com.google.android.apps.photos';
export const DRIVE = 'com.microsoft.skydrive';

/** What earlier probes have read: API level, user in the foreground, uids of the two apps. */
export function soFar(known: { sdk?: number; userId?: number; uids?: Record<string, number> } = {}): Reading {
  const reading = emptyReading('android', '2026-05-04T20:00:00.000Z', [PHOTOS, DRIVE]);
  const uids = Object.entries(known.uids ?? {}).map(
    ([app, uid]) => [app, { uid: { value: uid, source: 'packages' } }] as const,
  );
  return {
    ...reading,
    identity: {
      ...(known.sdk === undefined ? {} : { sdk: { value: known.sdk, source: 'getprop' } }),
      ...(known.userId === undefined ? {} : { userId: { value: known.userId, source: 'current-user' } }),
    },
    apps: { ...reading.apps, ...Object.fromEntries(uids) },
  };
}

let lastText = '';
let lastBytes = new Uint8Array();

/** Some tests give every probe the same long text. */
function bytesOf(text: string): Uint8Array {
  if (text !== lastText) [lastText, lastBytes] = [text, new TextEncoder().encode(text)];
  return lastBytes;
}

/** An answer that arrived whole. */
export const wholeAnswer = (probe: string, text: string, app: string | null = null): Answer => ({
  probe,
  app,
  command: probe,
  output: bytesOf(text),
  errors: '',
  exitCode: 0,
  startedAt: '2026-05-04T20:00:00.000Z',
  durationMs: 12,
  ended: 'whole',
  detail: '',
});

export const parsed = (probe: PhoneProbe, text: string, so: Reading = soFar()): Parsed =>
  probe.parse(text, so, wholeAnswer(probe.id, text));

/** Why a value is unavailable; the value itself where it is known, so that a failing test shows it. */
export const why = (value: unknown): unknown => (value instanceof Unavailable ? value.reason : value);

/** All values of a group, with reasons instead of sentences. */
export const plain = (values: object | undefined): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, why(value)]));
