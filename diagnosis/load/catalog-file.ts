import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isNode, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { parsedAhead } from './parsed-ahead.ts';

/** One mistake in the catalog's files. */
export interface CatalogProblem {
  file: string;
  entry: string;
  line: number;
  message: string;
}

/** Thrown where a catalog is loaded, with every mistake that was found, each with file, line and entry. */
export class CatalogError extends Error {
  override name = 'CatalogError';
  readonly problems: readonly CatalogProblem[];

  constructor(problems: readonly CatalogProblem[]) {
    super(problems.map((p) => `${p.file}:${p.line}: ${p.entry}: ${p.message}`).join('\n'));
    this.problems = problems;
  }
}

export type Path = readonly PropertyKey[];

/** The longest file of the built-in catalog has 40 kB. */
const maxFileBytes = 1_048_576;

/** The text of a file, or why there is none: a shop's folder may hold anything under these names. */
function textIn(path: string): { text: string } | { trouble: string } {
  if (!existsSync(path)) return { trouble: 'there is no such file' };
  try {
    const found = statSync(path);
    if (!found.isFile()) return { trouble: 'this is a folder, a pipe or a device, not a file' };
    if (found.size > maxFileBytes) return { trouble: `the file is larger than ${maxFileBytes} bytes` };
    return { text: readFileSync(path, 'utf8') };
  } catch (error) {
    return { trouble: `the file cannot be read (${error instanceof Error ? error.message : String(error)})` };
  }
}

/** Lists within lists without end exhaust the stack of the parser. */
function parse(text: string, lineCounter: LineCounter): { document: Document.Parsed } | { trouble: string } {
  try {
    return { document: parseDocument(text, { lineCounter }) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { trouble: `the file cannot be read (${error.message})` };
  }
}

/** One YAML file, with the way from a place in its data back to a line. */
export class CatalogFile {
  readonly name: string;
  private readonly text: string;
  private readonly lines = new LineCounter();
  private readonly problems: CatalogProblem[];
  private readonly ahead: { value: unknown } | null;
  /** null until a place in the text, or what the build has not parsed, is asked for. */
  private parsed: { document: Document.Parsed; isThere: boolean } | null = null;

  /** `name` is what mistakes are told with: the path below `folder`. */
  constructor(folder: string, name: string, problems: CatalogProblem[]) {
    this.name = name;
    this.problems = problems;
    const found = textIn(join(folder, name));
    this.text = 'text' in found ? found.text : '';
    this.ahead = 'text' in found ? parsedAhead(found.text) : null;
    if ('trouble' in found) this.refuse(found.trouble);
    else if (this.ahead === null) this.parse();
  }

  /** Nothing of it is read. */
  private refuse(trouble: string): void {
    this.parsed = { document: parseDocument(''), isThere: false };
    this.addAt(1, [], trouble);
  }

  private parse(): void {
    const parsed = parse(this.text, this.lines);
    if ('trouble' in parsed) return this.refuse(parsed.trouble);
    this.parsed = { document: parsed.document, isThere: true };
    for (const error of parsed.document.errors)
      this.addAt(error.linePos?.[0].line ?? 1, [], error.message.split('\n')[0] ?? '');
  }

  private get document(): Document.Parsed {
    if (this.parsed === null) this.parse();
    return this.parsed?.document ?? parseDocument('');
  }

  /** The checked content, or null after its mistakes were noted. */
  read<T>(schema: z.ZodType<T>): T | null {
    const data = this.ahead ?? this.data();
    if (data === null) return null;
    const result = schema.safeParse(data.value);
    if (result.success) return result.data;
    for (const issue of result.error.issues) this.add(issue.path, `${issue.path.join('.')}: ${issue.message}`);
    return null;
  }

  /** null where the file is not there or not YAML, and where aliases would make gigabytes of a few lines, or lists are nested without end; that is noted. */
  private data(): { value: unknown } | null {
    if (this.parsed?.isThere !== true || this.document.errors.length > 0) return null;
    try {
      return { value: this.document.toJS() };
    } catch (error) {
      this.addAt(1, [], error instanceof Error ? error.message : String(error));
      return null;
    }
  }

  add(path: Path, message: string): void {
    this.addAt(this.lineOf(path), path, message);
  }

  private addAt(line: number, path: Path, message: string): void {
    this.problems.push({ file: this.name, entry: this.entryOf(path), line, message });
  }

  private lineOf(path: Path): number {
    for (let length = path.length; length > 0; length -= 1) {
      const node = this.document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return this.lines.linePos(node.range[0]).line;
    }
    return 1;
  }

  private entryOf(path: Path): string {
    const [list, index] = path;
    if (index === undefined) return list === undefined ? '(file)' : String(list);
    const node = this.document.getIn([list, index], true);
    const id = isMap(node) ? (node.get('id') ?? node.get('name') ?? node.get('version')) : undefined;
    return typeof id === 'string' ? id : String(typeof index === 'number' ? `entry ${index + 1}` : list);
  }
}

/** Opens a file of one catalog by its name. */
export type Open = (name: string) => CatalogFile;
