import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';

const root = join(import.meta.dirname, '..', '..');

/** A sentence as code builds it, `{1}` for each value that is filled in. */
export interface ProgramSentence {
  file: string;
  line: number;
  text: string;
}

interface Node {
  type: string;
  start: number;
  [field: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

/** The rooms whose sentences a window or a dialog of the desktop shows; the terminal speaks English, and samples say what phones say. */
const sources = (): string[] =>
  globSync(['native/**/*.ts', 'diagnosis/**/*.ts', 'db/**/*.ts', 'electron/**/*.ts'], { cwd: root })
    // The desktop's first lines speak before any catalog is loaded.
    .filter(
      (file) =>
        !/^(?:(?:native\/samples|diagnosis\/load|electron\/(?:terminal|browser))\/|electron\/desktop\/entry\.ts$)/.test(
          file,
        ),
    )
    .sort();

/** What is thrown or written for whoever mends the program, and what only programs read. */
const forProgrammers = /^(Error|TypeError|RangeError|RegExp|URL|prepare|exec|meta|describe|refine|regex)$/;

const nameOf = (node: unknown): string | null =>
  !isNode(node)
    ? null
    : node.type === 'Identifier'
      ? String(node.name)
      : isNode(node.property)
        ? nameOf(node.property)
        : null;

/** Fields whose texts are said in an answer, also where they are no whole sentence; see `electron/app/program/say-answer.ts`. */
const saidFields = /^(?:title|brief|message|detail|why|sentence|stopped|said|trouble)$/;

/** A sentence for people begins with a capital or a value, ends as one does, and has words of its own between. */
const isSentence = (text: string): boolean =>
  /^(?:["“(]?\p{Lu}|\{1\})/u.test(text) && /[.?!]["”)]?$/.test(text) && /\p{Ll}{2,}\s+\S*\p{Ll}{2,}/u.test(text);

export function programWordsIn(file: string, source: string): ProgramSentence[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} cannot be read: ${errors[0]?.message}`);
  const found: ProgramSentence[] = [];
  const take = (node: Node, text: string, isSaid: boolean): void => {
    if (isSentence(text) || (isSaid && /\p{L}{2,}\s+\p{L}/u.test(text)))
      found.push({ file, line: source.slice(0, node.start).split('\n').length, text });
  };
  const visit = (node: Node, isSaid: boolean): void => {
    if (/^(TS|Import|ExportAll)/.test(node.type) && !/^TS(As|Satisfies|NonNull)/.test(node.type)) return;
    if (
      (node.type === 'CallExpression' || node.type === 'NewExpression') &&
      forProgrammers.test(nameOf(node.callee) ?? '')
    )
      return;
    if (node.type === 'Literal' && typeof node.value === 'string') return take(node, node.value, isSaid);
    if (node.type === 'TemplateLiteral') {
      const quasis = node.quasis as { value: { cooked: string } }[];
      take(node, quasis.map(({ value }, index) => (index === 0 ? '' : `{${index}}`) + value.cooked).join(''), isSaid);
    }
    const within =
      node.type === 'Property'
        ? saidFields.test(nameOf(node.key) ?? '')
        : isSaid && !/Function|Call|New/.test(node.type);
    for (const value of Object.values(node)) {
      for (const one of Array.isArray(value) ? value : [value]) if (isNode(one)) visit(one, within);
    }
  };
  visit(program as unknown as Node, false);
  return found;
}

/** Every sentence that code of the program builds for people. */
export const programWords = (): ProgramSentence[] =>
  sources().flatMap((file) => programWordsIn(file, readFileSync(join(root, file), 'utf8')));
