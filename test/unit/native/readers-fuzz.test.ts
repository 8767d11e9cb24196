import { Socket } from 'node:net';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readShellV2 } from '../../../native/android/reach/shell-stream.ts';
import { seeded } from '../../seeded.ts';
import { fuzzGrammars } from './fuzz-grammars.ts';
import { fuzzTargets } from './fuzz-readers.ts';
import { mutatedBytes } from './mutated-bytes.ts';

/** `node test/bench/fuzz-readers.ts` tries many more. */
const mutants = 400;
const grammarRuns = 150;

test.each(fuzzTargets)(
  '$name: whatever the bytes, a value or a failure of its own kind',
  async ({ name, seeds, read }) => {
    const random = seeded(name.length);
    for (let count = 0; count < mutants; count += 1) {
      const bytes = mutatedBytes(seeds, random);
      await expect((async () => read(bytes))(), bytes.toString('base64')).resolves.toBeUndefined();
    }
  },
);

test.each(fuzzGrammars)('$name: in its own grammar, with lies in it', ({ property }) =>
  fc.assert(property, { numRuns: grammarRuns, seed: 1 }),
);

test('a packet that claims to be an exit code of 4 GB ends the shell', () => {
  const socket = new Socket();
  readShellV2(socket, { onOutput: () => undefined, onErrors: () => undefined, onEnd: () => undefined });
  socket.emit('data', Buffer.from([3, 0xff, 0xff, 0xff, 0xff, 0]));
  expect(socket.destroyed).toBe(true);
});
