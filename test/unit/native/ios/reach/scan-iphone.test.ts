import { expect, test } from 'vitest';
import { iphoneDeadlines } from '../../../../../native/ios/reach/deadlines.ts';
import type { LibraryAnswer } from '../../../../../native/ios/reach/library/messages.ts';
import { scanIphone, type AskIphone } from '../../../../../native/ios/reach/scan-iphone.ts';
import { iosProbes } from '../../../../../native/ios/read/read.ts';
import type { CaptureOptions } from '../../../../../native/source.ts';

/** Scans a phone whose photo database does not come to its end, and whose other answers are empty. */
async function scanned(options: Partial<CaptureOptions>) {
  const given = new Map<string, number>();
  const ask: AskIphone['ask'] = async (words, deadlineMs, _signal, onBytes): Promise<LibraryAnswer> => {
    given.set(words.join(' '), deadlineMs);
    const isDatabase = words.join(' ') === 'photos count';
    if (isDatabase) onBytes?.(100_000_000, 1_000_000_000);
    return { ended: isDatabase ? 'timeout' : 'whole', detail: '', code: 0, output: new Uint8Array() };
  };
  const capture = await scanIphone(
    {
      phoneId: 'a phone',
      queue: { ask },
      probes: iosProbes,
      before: [],
      stillPlugged: async () => true,
      deadlines: iphoneDeadlines,
    },
    { apps: [], ...options },
  );
  return { capture, databaseMs: given.get('photos count') ?? 0, otherMs: given.get('photos camera') };
}

// field.md has no line for it: issue 13, "one slow file never loses the scan".
test('the photo database is asked last, has what is left of the time, and its time-out ends no scan', async () => {
  const { capture, databaseMs, otherMs } = await scanned({});
  expect(capture.brokenOff).toBe(null);
  expect(capture.answers.at(-1)).toMatchObject({ probe: 'photo-library', ended: 'timeout' });
  expect(otherMs).toBe(iphoneDeadlines.probeMs);
  expect(databaseMs).toBeGreaterThan(iphoneDeadlines.probeMs);
  expect(databaseMs).toBeLessThanOrEqual(iphoneDeadlines.scanMs);
});

test('somebody who wants the count waits for it longer than for a scan', async () => {
  const { capture, databaseMs } = await scanned({ countPhotos: true });
  expect(databaseMs).toBe(iphoneDeadlines.countMs);
  expect(capture.brokenOff).toBe(null);
});

test('a scan that is cancelled in the middle of the database is cancelled', async () => {
  const cancel = new AbortController();
  const { capture } = await scanned({ signal: cancel.signal, onProgress: ({ bytes }) => bytes && cancel.abort() });
  expect(capture.brokenOff).toMatchObject({ reason: 'cancelled' });
});
