import {
  PlistBudget,
  PlistError,
  PlistUid,
  costOf,
  emptyDict,
  exactInteger,
  type PlistDict,
  type PlistLimits,
  type PlistValue,
} from './plist-value.ts';

// Format: Apple's PropertyList-1.0.dtd, as CoreFoundation and libplist write it.

/** Reads an XML property list; throws `PlistError`. Offsets in failures count characters. */
export function readXmlPlist(bytes: Uint8Array, limits: PlistLimits): PlistValue {
  return new XmlReader(new TextDecoder('utf-8').decode(bytes), limits).readDocument();
}

interface Tag {
  readonly name: string;
  readonly form: 'open' | 'close' | 'empty';
  readonly offset: number;
}

class XmlReader {
  readonly #text: string;
  readonly #budget: PlistBudget;
  #position = 0;

  constructor(text: string, limits: PlistLimits) {
    this.#text = text;
    this.#budget = new PlistBudget(limits);
  }

  readDocument(): PlistValue {
    const first = this.#text.slice(0, 64).trimStart();
    if (!first.startsWith('<')) throw new PlistError('not-a-plist', 'starts with neither "<" nor "bplist"', 0);
    const outer = this.#nextTag();
    if (outer.name !== 'plist') {
      // Some answers carry the bare value without <plist>; anything else is another kind of document.
      if (!elementNames.has(outer.name)) throw new PlistError('not-a-plist', `<${outer.name}>`, outer.offset);
      return this.#readValue(outer, 1);
    }
    if (outer.form !== 'open') throw new PlistError('malformed', '<plist> is empty', outer.offset);
    const value = this.#readValue(this.#nextTag(), 1);
    const end = this.#nextTag();
    if (end.name !== 'plist' || end.form !== 'close') {
      throw new PlistError('malformed', 'more than one value in <plist>', end.offset);
    }
    return value;
  }

  #readValue(tag: Tag, depth: number): PlistValue {
    this.#budget.take(depth, tag.offset);
    if (tag.form === 'close') throw new PlistError('malformed', `</${tag.name}> where a value belongs`, tag.offset);
    this.#budget.spend(costs.get(tag.name) ?? costOf.scalar, tag.offset);
    switch (tag.name) {
      case 'dict':
        return this.#readDict(tag, depth);
      case 'array':
        return this.#readArray(tag, depth);
      case 'true':
      case 'false':
        if (this.#textOf(tag).trim() !== '') throw new PlistError('malformed', `text in <${tag.name}>`, tag.offset);
        return tag.name === 'true';
      case 'string':
        return this.#textOf(tag);
      case 'integer':
        return parseInteger(this.#textOf(tag).trim(), tag.offset);
      case 'real':
        return parseReal(this.#textOf(tag).trim(), tag.offset);
      case 'date':
        return parseDate(this.#textOf(tag).trim(), tag.offset);
      case 'data':
        return parseData(this.#textOf(tag), tag.offset);
      default:
        throw new PlistError('malformed', `unknown element <${tag.name}>`, tag.offset);
    }
  }

  #readArray(tag: Tag, depth: number): PlistValue[] {
    const items: PlistValue[] = [];
    if (tag.form === 'empty') return items;
    for (let next = this.#nextTag(); !closes(next, tag); next = this.#nextTag()) {
      this.#budget.spend(costOf.item, next.offset);
      items.push(this.#readValue(next, depth + 1));
    }
    return items;
  }

  #readDict(tag: Tag, depth: number): PlistDict | PlistUid {
    const dict = emptyDict();
    if (tag.form === 'empty') return dict;
    for (let next = this.#nextTag(); !closes(next, tag); next = this.#nextTag()) {
      if (next.name !== 'key' || next.form === 'close') {
        throw new PlistError('malformed', `<${next.name}> where a key belongs`, next.offset);
      }
      this.#budget.take(depth + 1, next.offset);
      this.#budget.spend(costOf.entry + costOf.scalar, next.offset);
      const key = this.#textOf(next);
      dict[key] = this.#readValue(this.#nextTag(), depth + 1);
    }
    return asUid(dict) ?? dict;
  }

  /** The next tag; comments, processing instructions and the DOCTYPE are passed over. */
  #nextTag(): Tag {
    for (;;) {
      const start = this.#text.indexOf('<', this.#position);
      if (start < 0) throw new PlistError('truncated', 'the document ends inside an element', this.#text.length);
      if (!isBlank(this.#text, this.#position, start)) {
        throw new PlistError('malformed', 'text between elements', this.#position);
      }
      if (this.#text.startsWith('<!--', start)) this.#skipPast('-->', start + 4);
      else if (this.#text.startsWith('<?', start)) this.#skipPast('?>', start + 2);
      else if (this.#text.startsWith('<!', start)) this.#skipDoctype(start);
      else return this.#readTag(start);
    }
  }

  #readTag(start: number): Tag {
    const end = this.#text.indexOf('>', start);
    if (end < 0) throw new PlistError('truncated', 'a tag does not end', start);
    this.#position = end + 1;
    const closing = this.#text[start + 1] === '/';
    const empty = this.#text[end - 1] === '/';
    const inside = this.#text.slice(start + (closing ? 2 : 1), empty ? end - 1 : end);
    const name = inside.split(/\s/, 1)[0] ?? '';
    return { name, form: closing ? 'close' : empty ? 'empty' : 'open', offset: start };
  }

  /** A DOCTYPE with declarations of its own could define entities that grow without bound: refused. */
  #skipDoctype(start: number): void {
    const end = this.#text.indexOf('>', start);
    if (end < 0) throw new PlistError('truncated', 'the DOCTYPE does not end', start);
    if (this.#text.slice(start, end).includes('[')) {
      throw new PlistError('malformed', 'a DOCTYPE with declarations is not accepted', start);
    }
    this.#position = end + 1;
  }

  #skipPast(terminator: string, from: number): void {
    const end = this.#text.indexOf(terminator, from);
    if (end < 0) throw new PlistError('truncated', `"${terminator}" is missing`, from);
    this.#position = end + terminator.length;
  }

  /** The text of a leaf element, up to and over its closing tag. */
  #textOf(tag: Tag): string {
    if (tag.form === 'empty') return '';
    const parts: string[] = [];
    const from = this.#position;
    for (;;) {
      const start = this.#text.indexOf('<', this.#position);
      if (start < 0) throw new PlistError('truncated', `<${tag.name}> does not end`, tag.offset);
      parts.push(decodeEntities(this.#text.slice(this.#position, start), this.#position));
      if (this.#text.startsWith('<![CDATA[', start)) {
        this.#skipPast(']]>', start);
        parts.push(this.#text.slice(start + 9, this.#position - 3));
      } else if (this.#text.startsWith('<!--', start)) {
        this.#skipPast('-->', start + 4);
      } else {
        const end = this.#readTag(start);
        if (!closes(end, tag)) throw new PlistError('malformed', `<${end.name}> inside <${tag.name}>`, start);
        this.#budget.spend(2 * (start - from), from);
        return parts.join('');
      }
    }
  }
}

const costs = new Map<string, number>([
  ['array', costOf.array],
  ['dict', costOf.dict],
  ['date', costOf.date],
  ['data', costOf.data],
]);

const elementNames = new Set(['dict', 'array', 'true', 'false', 'string', 'integer', 'real', 'date', 'data']);

function closes(tag: Tag, opened: Tag): boolean {
  return tag.form === 'close' && tag.name === opened.name;
}

function isBlank(text: string, from: number, to: number): boolean {
  for (let index = from; index < to; index += 1) {
    const code = text.charCodeAt(index);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return false;
  }
  return true;
}

/** XML writes a reference of a keyed archive as a dictionary with the one key `CF$UID`. */
function asUid(dict: PlistDict): PlistUid | undefined {
  const index = dict['CF$UID'];
  return typeof index === 'number' && index >= 0 && Object.keys(dict).length === 1 ? new PlistUid(index) : undefined;
}

function parseInteger(text: string, offset: number): number | bigint {
  const match = /^([+-]?)(\d{1,39}|0[xX][0-9a-fA-F]{1,32})$/.exec(text);
  if (match === null) throw new PlistError('malformed', 'not an integer', offset);
  const magnitude = BigInt(match[2] ?? '0');
  return exactInteger(match[1] === '-' ? -magnitude : magnitude);
}

function parseReal(text: string, offset: number): number {
  const named = namedReals.get(text.toLowerCase());
  if (named !== undefined) return named;
  const value = text === '' ? Number.NaN : Number(text);
  if (Number.isNaN(value)) throw new PlistError('malformed', 'not a real number', offset);
  return value;
}

const namedReals = new Map([
  ['nan', Number.NaN],
  ['inf', Infinity],
  ['+inf', Infinity],
  ['-inf', -Infinity],
  ['infinity', Infinity],
  ['+infinity', Infinity],
  ['-infinity', -Infinity],
]);

function parseDate(text: string, offset: number): Date {
  const date = new Date(/^-?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? text : Number.NaN);
  if (Number.isNaN(date.getTime())) throw new PlistError('malformed', 'not a date', offset);
  return date;
}

function parseData(text: string, offset: number): Uint8Array {
  const base64 = text.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) throw new PlistError('malformed', 'not base64', offset);
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

const entities = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

function decodeEntities(text: string, offset: number): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&]{0,12})(;?)/g, (_, name: string, semicolon: string) => {
    const character = semicolon === ';' ? (entities.get(name) ?? numericEntity(name)) : undefined;
    if (character === undefined) throw new PlistError('malformed', 'unknown entity', offset);
    return character;
  });
}

function numericEntity(name: string): string | undefined {
  const match = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name);
  if (match === null) return undefined;
  const code = match[1] === undefined ? Number(match[2]) : Number.parseInt(match[1], 16);
  return code <= 0x10_ffff ? String.fromCodePoint(code) : undefined;
}

/** Writes an XML property list, indented with tabs as Apple's own writer does. */
export function writeXmlPlist(value: PlistValue): Uint8Array {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    '<plist version="1.0">',
  ];
  writeValue(value, '', lines);
  lines.push('</plist>', '');
  return Buffer.from(lines.join('\n'));
}

function writeValue(value: PlistValue, indent: string, lines: string[]): void {
  if (Array.isArray(value)) {
    writeContainer('array', value.length === 0, indent, lines, (inner) => {
      for (const item of value) writeValue(item, inner, lines);
    });
    return;
  }
  const leaf = writeLeaf(value);
  if (leaf !== undefined) {
    lines.push(indent + leaf);
    return;
  }
  const entries = Object.entries(value);
  writeContainer('dict', entries.length === 0, indent, lines, (inner) => {
    for (const [key, item] of entries) {
      lines.push(`${inner}<key>${escapeText(key)}</key>`);
      writeValue(item, inner, lines);
    }
  });
}

function writeContainer(
  name: string,
  isEmpty: boolean,
  indent: string,
  lines: string[],
  fill: (inner: string) => void,
): void {
  if (isEmpty) {
    lines.push(`${indent}<${name}/>`);
    return;
  }
  lines.push(`${indent}<${name}>`);
  fill(`${indent}\t`);
  lines.push(`${indent}</${name}>`);
}

/** The element of anything but an array or a dictionary; `undefined` for a dictionary. */
function writeLeaf(value: Exclude<PlistValue, PlistValue[]>): string | undefined {
  if (typeof value === 'string') return `<string>${escapeText(value)}</string>`;
  if (typeof value === 'boolean') return value ? '<true/>' : '<false/>';
  if (typeof value === 'bigint') return `<integer>${value}</integer>`;
  if (typeof value === 'number') return writeNumber(value);
  if (value instanceof Date) return `<date>${value.toISOString().replace(/\.\d+Z$/, 'Z')}</date>`;
  if (value instanceof Uint8Array) return `<data>${Buffer.from(value).toString('base64')}</data>`;
  if (value instanceof PlistUid) return `<dict><key>CF$UID</key><integer>${value.index}</integer></dict>`;
  return undefined;
}

function writeNumber(value: number): string {
  if (Number.isSafeInteger(value)) return `<integer>${value}</integer>`;
  if (Number.isFinite(value)) return `<real>${value}</real>`;
  if (Number.isNaN(value)) return '<real>nan</real>';
  return value > 0 ? '<real>+infinity</real>' : '<real>-infinity</real>';
}

function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (character) => (character === '&' ? '&amp;' : character === '<' ? '&lt;' : '&gt;'));
}
