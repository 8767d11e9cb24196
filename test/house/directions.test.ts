import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** A side of the page by its name: another one where a language is written from the right. */
const inStyles =
  /(?:^|[\s{;])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)\b|(?:left|right)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)\b)/;
const inScreens =
  /\b(?:margin|padding|border)(?:Left|Right)\b|\s(?:ml|mr|pl|pr)=|textAlign: '(?:left|right)'|ta="(?:left|right)"/;

const sidesIn = (text: string, side: RegExp): string[] => text.split('\n').filter((line) => side.test(line));

test('the window names the beginning and the end of a line, never its left and right', () => {
  const styles = globSync('renderer/**/*.css', { cwd: root });
  const screens = globSync('renderer/**/*.tsx', { cwd: root });
  expect(styles.length).toBeGreaterThan(10);
  const found = [...styles, ...screens].flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const lines = sidesIn(text, file.endsWith('.css') ? inStyles : inScreens);
    return lines.map((line) => `${file}: ${line.trim()}`);
  });
  expect(found).toEqual([]);
});

test('a side by its name is found', () => {
  expect(sidesIn('  margin-left: 1rem;\n  left: 0;\n  text-align: right;\n  float: left;', inStyles)).toHaveLength(4);
  expect(sidesIn("<ul style={{ paddingLeft: 4 }}>\n<Text ml={4}>\n<p className='left'>", inScreens)).toHaveLength(2);
  expect(sidesIn('  margin-inline-start: 1rem;\n  .right {\n  text-align: start;', inStyles)).toEqual([]);
});
