import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';

const root = join(import.meta.dirname, '..', '..');

/** A message as `t` has it, and the files of the window that say it. */
export interface Message {
  context: string;
  text: string;
  files: string[];
}

/** Something in a file that is not as it must be. */
export interface Fault {
  file: string;
  line: number;
  what: string;
}

interface Node {
  type: string;
  start: number;
  [field: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

/** Attributes of an element that are shown or read aloud. */
const shown =
  /^(aria-(label|description|roledescription|valuetext|placeholder)|title|placeholder|alt|label|description|heading|sentence|summary|legend|caption)$/;
/** Attributes, calls and places whose text is for programs. */
const unseenAttributes = /^(style|className|key|data-[\w-]+)$/;
const unseenCalls =
  /^(Error|TypeError|RangeError|createElement|getElementById|querySelector|querySelectorAll|matchMedia|addEventListener|removeEventListener|closest|RegExp|DateTimeFormat|NumberFormat|Segmenter|PluralRules|ListFormat)$/;
const typePlaces = /^(TS|Import|ExportAllDeclaration$)/;

/** The same in every language: names, keys of a keyboard, and the languages' own names. */
const names = new Set(
  'Phone Health Inspector|Android|iPhone|iOS|iCloud|Google|Samsung|Xiaomi|English|Deutsch|Markdown|Enter|Escape|Esc|Tab|Home|End|Backspace|Delete'.split(
    '|',
  ),
);

/** Two words, or one that begins as a sentence does: text for people. Names of keys, codes, classes and questions to the browser are neither. */
const looksSaid = (text: string): boolean =>
  !names.has(text.trim()) &&
  !/^\([\w-]+:/.test(text) &&
  (/\p{L}{2,}[,:;.!?]?\s+\S*\p{L}/u.test(text) || /^\s*[A-Z][a-z]+[.…!?:]?\s*$/.test(text));

const productNames = new RegExp([...names].join('|'), 'g');

const hasWord = (text: string): boolean => /\p{L}{2}/u.test(text) && !names.has(text.trim());

const calleeName = (node: Node): string | null => {
  const { callee } = node;
  if (!isNode(callee)) return null;
  if (callee.type === 'Identifier') return String(callee.name);
  if (callee.type !== 'MemberExpression' || !isNode(callee.property)) return null;
  const object = isNode(callee.object) && callee.object.type === 'Identifier' ? `${String(callee.object.name)}.` : '';
  return object === 't.' ? `t.${String(callee.property.name)}` : String(callee.property.name);
};

function literalOf(node: unknown): string | null {
  if (!isNode(node)) return null;
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type !== 'TemplateLiteral' || !Array.isArray(node.expressions) || node.expressions.length > 0) return null;
  const [quasi] = node.quasis as { value: { cooked: string } }[];
  return quasi?.value.cooked ?? null;
}

const isFunction = ({ type }: Node): boolean => /Function/.test(type);

/** The messages of a file, and its faults: text that goes to people past `t`, and messages that no file of a language could hold. */
export function wordsIn(file: string, source: string): { messages: Omit<Message, 'files'>[]; faults: Fault[] } {
  const messages: Omit<Message, 'files'>[] = [];
  const faults: Fault[] = [];
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} cannot be read: ${errors[0]?.message}`);
  const fault = ({ start }: Node, what: string): void => {
    faults.push({ file, line: source.slice(0, start).split('\n').length, what });
  };
  const takeMessage = (node: Node, name: string, within: readonly Node[]): void => {
    const given = node.arguments as unknown[];
    const context = name === 't.as' ? literalOf(given[0]) : '';
    const text = literalOf(given[name === 't.as' ? 1 : 0]);
    if (text === null || context === null) return fault(node, `${name} is not given its message as one literal`);
    if (!within.some(isFunction))
      fault(node, `"${text}" is said before a language is known: call ${name} in a function`);
    messages.push({ context, text });
  };
  const visit = (node: Node, within: readonly Node[]): void => {
    if (typePlaces.test(node.type) && !/^TS(As|Satisfies|NonNull)/.test(node.type)) return;
    const inner = [...within, node];
    if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      const name = calleeName(node);
      if (name !== null && /^t(\.\w+)?$/.test(name)) {
        takeMessage(node, name, within);
        // What is put into the message may say something too.
        for (const value of (node.arguments as unknown[]).filter((given) => literalOf(given) === null)) {
          if (isNode(value)) visit(value, inner);
        }
        return;
      }
      if (name !== null && unseenCalls.test(name)) return;
    }
    if (node.type === 'Property' && isNode(node.key) && /^(font|grid|transition)/.test(String(node.key.name))) return;
    if (node.type === 'JSXText' && hasWord(String(node.value))) {
      return fault(node, `bare text: "${String(node.value).trim()}"`);
    }
    if (node.type === 'JSXAttribute' && isNode(node.name)) {
      const name = String(node.name.name);
      if (unseenAttributes.test(name)) return;
      const text = literalOf(node.value);
      if (text !== null) return shown.test(name) && hasWord(text) ? fault(node, `bare ${name}: "${text}"`) : undefined;
    }
    const text = literalOf(node);
    if (text !== null) return looksSaid(text) ? fault(node, `bare string: "${text}"`) : undefined;
    if (node.type === 'TemplateLiteral') {
      const quasis = node.quasis as { value: { cooked: string } }[];
      const whole = quasis.map(({ value }) => value.cooked).join('…');
      if (
        !whole.startsWith('<') &&
        quasis.some(({ value }) => /\p{L}{2,}\s|\s\p{L}{2,}/u.test(value.cooked.replace(productNames, '')))
      )
        fault(node, `bare string: "${whole}"`);
    }
    for (const [field, value] of Object.entries(node)) {
      // A name in a comparison, a key or an access is no text.
      if (field === 'key' || field === 'typeAnnotation' || field === 'typeArguments') continue;
      if (
        node.type === 'BinaryExpression' &&
        ['===', '!==', 'in'].includes(String(node.operator)) &&
        literalOf(value) !== null
      )
        continue;
      if (node.type === 'SwitchCase' && field === 'test') continue;
      for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) if (isNode(child)) visit(child, inner);
    }
  };
  visit(program as unknown as Node, []);
  return { messages, faults };
}

/** The sources of the window. */
export const windowSources = (): string[] =>
  globSync('renderer/**/*.{ts,tsx}', { cwd: root })
    .filter((file) => !file.endsWith('.d.ts'))
    .toSorted();

/** Every message of the window, in the order of its files, and every fault. */
export function windowWords(): { messages: Message[]; faults: Fault[] } {
  const found = new Map<string, Message>();
  const faults: Fault[] = [];
  for (const file of windowSources()) {
    const words = wordsIn(file, readFileSync(join(root, file), 'utf8'));
    faults.push(...words.faults);
    for (const { context, text } of words.messages) {
      const message = found.get(`${context}\u0004${text}`) ?? { context, text, files: [] };
      if (!message.files.includes(file)) message.files.push(file);
      found.set(`${context}\u0004${text}`, message);
    }
  }
  return { messages: [...found.values()], faults };
}
