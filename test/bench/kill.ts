import { howFar, KillBench, type Killed } from '../phones/faults/kill.ts';
import { printTable } from './table.ts';

/** `BENCH_KILL_MOMENTS` makes it shorter, `BENCH_KILL_SEED` repeats a run. */
const moments = Number(process.env['BENCH_KILL_MOMENTS'] ?? 100);
const seed = Number(process.env['BENCH_KILL_SEED'] ?? Date.now() % 1_000_000);

const withoutInverse = /not in the store|way back is not stored|former values are wrong/;
const falseTaken = /"taken" is not true/;

const count = (all: readonly Killed[], is: (one: Killed) => boolean): string => String(all.filter(is).length);
const problemsOf = (all: readonly Killed[], is: (problem: string) => boolean): string =>
  String(all.flatMap(({ problems }) => problems).filter(is).length);

const head = [
  'killed',
  'phone changed',
  'finished or undone',
  'killed there again',
  'without inverse',
  'false "taken"',
  'other faults',
];

const row = (name: string, killed: readonly Killed[]) => [
  name,
  String(killed.length),
  count(killed, ({ changed }) => changed),
  count(killed, ({ ends }) => ends.length > 0),
  count(killed, ({ ends }) => ends.some((end) => end.endsWith('(killed)'))),
  problemsOf(killed, (problem) => withoutInverse.test(problem)),
  problemsOf(killed, (problem) => falseTaken.test(problem)),
  problemsOf(killed, (problem) => !withoutInverse.test(problem) && !falseTaken.test(problem)),
];

/** Prints what programs leave behind that are killed at random moments of correcting, verifying, recording and undoing. */
export async function runKillBench(): Promise<void> {
  const bench = await KillBench.start(seed);
  const all: Killed[] = [];
  try {
    while (all.length < moments) {
      const killed = await bench.kill();
      if (killed.killed) all.push(killed);
      for (const problem of killed.problems) {
        process.stderr.write(`moment ${all.length}, ${killed.command} ${killed.howFar}: ${problem}\n`);
      }
    }
  } finally {
    await bench.stop();
  }
  const groups = (['fix', 'undo'] as const).flatMap((command) =>
    howFar.map((far) => ({
      name: `${command}: ${far}`,
      killed: all.filter((one) => one.command === command && one.howFar === far),
    })),
  );
  printTable(
    [`SIGKILL at ${moments} moments, seed ${seed}`, ...head],
    [...groups.filter(({ killed }) => killed.length > 0).map(({ name, killed }) => row(name, killed)), row('all', all)],
  );
}
