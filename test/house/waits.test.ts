import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const readText = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Wait {
  name: string;
  /** As the code counts: milliseconds, or minutes where the name says so. */
  value: number;
  file: string;
  title: string;
}

const units: Readonly<Record<string, number>> = { s: 1000, min: 1 };

/** The rows of docs/waits.md that are deadlines. */
const waits: readonly Wait[] = readText('docs/waits.md')
  .split('\n')
  .map((line) => /\| `(\w+)`\s*\| (\d+) (s|min)\s*\|.*\| `(test\/[^`]+)`: (.*?)\s*\|$/.exec(line))
  .filter((row) => row !== null)
  .map(([, name = '', amount = '', unit = '', file = '', title = '']) => ({
    name,
    value: Number(amount) * (units[unit] ?? Number.NaN),
    file,
    title,
  }));

/** What the code calls a deadline: of a phone in the two tables of deadlines, elsewhere by its name. */
const namedDeadline =
  /\b(?:(?:const )?(\w*(?:[dD]eadlineM(?:s|inutes)|[wW]aitMs|leavingMs|receiveMs|silenceMs|startMs)))\b(?: =|:) ([1-9][\d_]*)[;,]/g;
const listedDeadline = /^ {2}(\w+Ms): ([\d_]+),/gm;

function deadlinesOfTheCode(): { name: string; value: number; path: string }[] {
  const paths = execFileSync('git', ['ls-files', 'native', 'electron/app', 'electron/desktop', 'db/shop'], {
    cwd: root,
    encoding: 'utf8',
  }).split('\n');
  return paths
    .filter((path) => path.endsWith('.ts') && !path.startsWith('native/samples/'))
    .flatMap((path) => {
      const pattern = path.endsWith('reach/deadlines.ts') ? listedDeadline : namedDeadline;
      return [...readText(path).matchAll(pattern)].map(([, name = '', digits = '']) => ({
        name,
        value: Number(digits.replaceAll('_', '')),
        path,
      }));
    });
}

describe('the table of waits', () => {
  test('holds every deadline of the code with its value', () => {
    const deadlines = deadlinesOfTheCode();
    expect(deadlines.length).toBeGreaterThan(25);
    const missing = deadlines.filter(
      ({ name, value }) => !waits.some((wait) => wait.name === name && wait.value === value),
    );
    expect(missing).toEqual([]);
  });

  test('holds no deadline that the code does not have', () => {
    const deadlines = deadlinesOfTheCode();
    const unknown = waits.filter(
      ({ name, value }) => !deadlines.some((one) => one.name === name && one.value === value),
    );
    expect(unknown).toEqual([]);
  });

  test.each(waits)('names a test that runs into $name ($value): $title', ({ file, title }) => {
    expect(existsSync(join(root, file))).toBe(true);
    expect(readText(file)).toContain(title);
  });
});
