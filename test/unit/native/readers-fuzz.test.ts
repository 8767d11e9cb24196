import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { readShellV2 } from '../../../native/android/reach/shell-stream.ts';
import { seeded } from './android/read/mutants.ts';
import { fuzzTargets } from './fuzz-readers.ts';
import { mutatedBytes } from './mutated-bytes.ts';

/** `node test/bench/fuzz-readers.ts` tries many more. */
const mutants = 400;

test.each(fuzzTargets)('$name: whatever the bytes, a value or a failure of its own kind', ({ name, seeds, read }) => {
  const random = seeded(name.length);
  for (let count = 0; count < mutants; count += 1) {
    const bytes = mutatedBytes(seeds, random);
    expect(() => read(bytes), bytes.toString('base64')).not.toThrow();
  }
});

test('a packet that claims to be an exit code of 4 GB ends the shell', () => {
  const socket = new Socket();
  readShellV2(socket, { onOutput: () => undefined, onErrors: () => undefined, onEnd: () => undefined });
  socket.emit('data', Buffer.from([3, 0xff, 0xff, 0xff, 0xff, 0]));
  expect(socket.destroyed).toBe(true);
});
