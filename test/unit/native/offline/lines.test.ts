import * as fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fileChunks, LineReader } from '../../../../native/offline/dump-text.ts';

/** The lines of a text that comes in pieces, each of which takes the place of the one before. */
function linesOf(pieces: readonly string[]): string[] {
  const lines: string[] = [];
  const reader = new LineReader((bytes, start, end) => lines.push(bytes.toString('utf8', start, end)));
  const place = Buffer.alloc(Math.max(...pieces.map((piece) => Buffer.byteLength(piece)), 1));
  for (const piece of pieces) {
    place.fill('#');
    reader.push(place.subarray(0, place.write(piece)));
  }
  place.fill('#');
  reader.end();
  return lines;
}

test('lines come whole, wherever a text was cut into pieces that share one place', () => {
  const piece = fc.string({ unit: fc.constantFrom('a', 'b', '\n', 'ä'), maxLength: 9 });
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
      expect(linesOf(pieces)).toEqual(
        pieces
          .join('')
          .split(/(?<=\n)/)
          .filter((line) => line !== ''),
      );
    }),
  );
});

test('a line that is longer than any heading comes in pieces, none of it lost', () => {
  const pieces = ['x'.repeat(70_000), 'y'.repeat(70_000), 'z\nnext\n'];
  const lines = linesOf(pieces);
  expect(lines.join('')).toBe(pieces.join(''));
  expect(lines.at(-1)).toBe('next\n');
});

test('a large file is given piece by piece in one place', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'phone-health-lines-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'report.txt');
  const text = 'a line of a report\n'.repeat(60_000);
  await writeFile(path, text);
  const places = new Set<ArrayBufferLike>();
  let read = '';
  for await (const chunk of fileChunks(path)) {
    places.add(chunk.buffer);
    read += chunk.toString('latin1');
  }
  expect(read === text).toBe(true);
  expect(places.size).toBe(1);
});
