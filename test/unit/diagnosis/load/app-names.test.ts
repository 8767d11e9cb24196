import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LineCounter, parseDocument, visit } from 'yaml';
import { builtInCatalog } from '../../../../diagnosis/load/catalog.ts';

const marked = ' (auf Englisch)';
const read = (language: string): string => readFileSync(join(builtInCatalog, 'texts', language, 'apps.yaml'), 'utf8');

interface Named {
  path: string;
  text: string;
  line: string;
}

/** Every text of a language's words of the apps, by its way from the top, and with its line, whose comment says where it is from. */
function textsIn(language: string): Named[] {
  const source = read(language);
  const lines = source.split('\n');
  const lineCounter = new LineCounter();
  const texts: Named[] = [];
  visit(parseDocument(source, { lineCounter }), {
    Pair(_, { key, value }, ancestors) {
      const [name, node] = [key, value] as { value?: unknown; range?: [number, number, number] }[];
      if (typeof node?.value !== 'string' || node.range === undefined) return;
      const way = ancestors.flatMap((one, index) => {
        const next: unknown = ancestors[index + 1];
        if ('key' in one) return [String(one.key)];
        return 'items' in one && one.items.some((item: unknown) => item === next) && !('key' in Object(next))
          ? [String(one.items.findIndex((item: unknown) => item === next))]
          : [];
      });
      const { line } = lineCounter.linePos(node.range[0]);
      texts.push({ path: [...way, String(name?.value)].join('.'), text: node.value, line: lines[line - 1] ?? '' });
    },
  });
  return texts;
}

const german = textsIn('de');
const english = new Map(textsIn('en').map(({ path, text }) => [path, text]));
const isNamed = ({ path, text }: Named): boolean =>
  /\.(?:feature\.\d+\.name|switch)$/.test(path) || /[„"“]| > /.test(text);

const named = german.filter(isNamed);
const isSourced = ({ line }: Named): boolean => / # Quelle: \S+\.\S+\/\S+/.test(line);
const isDescription = ({ path, text, line }: Named): boolean =>
  path.endsWith('.switch') && line.endsWith(' # Beschreibung') && !/[„"“]| > /.test(text);

test('what an app calls something stands in German with a source beside it, or in English and marked so', () => {
  expect(named.length).toBeGreaterThan(70);
  const bare = named.filter((one) => !isSourced(one) && !isDescription(one) && !one.text.endsWith(marked));
  expect(bare.map(({ path, text }) => `${path}: ${text}`)).toEqual([]);
});

test('what is marked as English is what the English texts call it', () => {
  const inEnglish = named.filter(({ text }) => text.endsWith(marked));
  const foreign = inEnglish.flatMap(({ path, text }) => {
    const bare = text.slice(0, -marked.length);
    const quoted = [...bare.matchAll(/„([^“]+)“/g)].map(([, name]) => name ?? '');
    const names = quoted.length > 0 ? quoted : bare.split(/ > |, oder vor 2021 | oder /);
    // What is no name but says where to look: the menu, and what bears the name or the picture of the owner.
    const said = names.filter((name) => !/^(?:Menü|Ihr Bild oben|Ihr Name)$/.test(name));
    const words = english.get(path)?.toLowerCase() ?? '';
    return said.filter((name) => !words.includes(name.toLowerCase())).map((name) => `${path}: ${name}`);
  });
  expect(inEnglish.length).toBeGreaterThan(40);
  expect(foreign).toEqual([]);
});
