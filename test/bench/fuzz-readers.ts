import { seeded } from '../unit/native/android/read/mutants.ts';
import { fuzzTargets } from '../unit/native/fuzz-readers.ts';
import { mutatedBytes } from '../unit/native/mutated-bytes.ts';
import { printTable } from './table.ts';

/**
 * Feeds mutants to every reader of bytes that is no parser of a dump, and checks that each gives a value or a failure of its own
 * kind. `node test/bench/fuzz-readers.ts [MUTANTS] [SEED]`; ends with 1 where something is wrong.
 */
const mutants = Number(process.argv[2] ?? 20_000);
const random = seeded(Number(process.argv[3] ?? 1));
const findings: string[] = [];
const rows = fuzzTargets.map(({ name, seeds, read }) => {
  const started = performance.now();
  let slowest = 0;
  for (let count = 0; count < mutants; count += 1) {
    const bytes = mutatedBytes(seeds, random);
    const began = performance.now();
    try {
      read(bytes);
    } catch (error) {
      findings.push(`${name}: ${String(error)}: ${bytes.toString('base64')}`);
    }
    slowest = Math.max(slowest, performance.now() - began);
  }
  const found = findings.filter((finding) => finding.startsWith(`${name}: `)).length;
  return [name, String(mutants), ((performance.now() - started) / 1000).toFixed(1), slowest.toFixed(0), String(found)];
});
printTable(['reader', 'inputs', 's', 'slowest, ms', 'findings'], rows);
for (const finding of findings.slice(0, 10)) console.error(finding);
process.exitCode = findings.length > 0 ? 1 : 0;
