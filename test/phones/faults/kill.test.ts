import { afterAll, beforeAll, expect, test } from 'vitest';
import { KillBench } from './kill.ts';

const seed = 20_261_127;
const moments = 12;

let bench: KillBench;
beforeAll(async () => {
  bench = await KillBench.start(seed);
});
afterAll(() => bench.stop());

test(
  `SIGKILL at ${moments} random moments (seed ${seed}): the store says nothing that is not so, and all of it is brought to an end`,
  { timeout: 600_000 },
  async () => {
    const problems: string[] = [];
    for (let killed = 0; killed < moments;) {
      const one = await bench.kill();
      if (one.killed) killed += 1;
      problems.push(...one.problems.map((problem) => `${killed}, ${one.command} ${one.howFar}: ${problem}`));
    }
    expect(problems).toEqual([]);
  },
);
