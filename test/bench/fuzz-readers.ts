import * as fc from 'fast-check';
import { seeded } from '../seeded.ts';
import { fuzzGrammars } from '../unit/native/fuzz-grammars.ts';
import { fuzzTargets } from '../unit/native/fuzz-readers.ts';
import { mutatedBytes } from '../unit/native/mutated-bytes.ts';
import { printTable, type Row } from './table.ts';

/** For each reader of bytes, and each grammar. */
export interface FuzzBudget {
  mutants: number;
  grammarRuns: number;
  seed: number;
}

const wholeBudget: FuzzBudget = { mutants: 20_000, grammarRuns: 5_000, seed: 1 };

/**
 * Feeds mutants, and texts of its own grammar with lies in them, to every reader of bytes that is no parser of a dump: each gives a value
 * or a failure of its own kind. Prints inputs tried, time and findings.
 */
export async function runReaderFuzz({ mutants, grammarRuns, seed }: FuzzBudget = wholeBudget): Promise<void> {
  const random = seeded(seed);
  const findings: string[] = [];
  const rows: Row[] = [];
  for (const { name, seeds, read } of fuzzTargets) {
    const started = performance.now();
    const before = findings.length;
    let slowest = 0;
    for (let count = 0; count < mutants; count += 1) {
      const bytes = mutatedBytes(seeds, random);
      const began = performance.now();
      try {
        await read(bytes);
      } catch (error) {
        findings.push(`${name}: ${String(error)}: ${bytes.toString('base64')}`);
      }
      slowest = Math.max(slowest, performance.now() - began);
    }
    const seconds = (performance.now() - started) / 1000;
    rows.push([
      `${name}, mutants`,
      String(mutants),
      seconds.toFixed(1),
      slowest.toFixed(0),
      String(findings.length - before),
    ]);
  }
  for (const { name, property } of fuzzGrammars) {
    const started = performance.now();
    const { failed, numRuns, counterexample } = await fc.check(property, { numRuns: grammarRuns, seed });
    if (failed) findings.push(`${name}: ${JSON.stringify(counterexample)}`);
    const seconds = (performance.now() - started) / 1000;
    rows.push([`${name}, grammar`, String(numRuns), seconds.toFixed(1), '', failed ? '1' : '0']);
  }
  printTable(['fuzz', 'inputs', 's', 'slowest, ms', 'findings'], rows);
  for (const finding of findings.slice(0, 10)) console.error(finding);
  if (findings.length > 0) process.exitCode = 1;
}
