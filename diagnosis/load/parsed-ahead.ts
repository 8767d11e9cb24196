import { hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseDocument } from 'yaml';

/*
 * Parsing YAML is half of loading the catalog, and every command that reads a phone loads it. The build parses the built-in files ahead: a line of
 * `catalog.jsonl` is the SHA-256 of a file's text, and its content as JSON. It counts for that very text only, so that it is never out of date.
 */

export const parsedAheadName = 'catalog.jsonl';

const hashOf = (text: string): string => hash('sha256', text);

/** What the build writes: a line for each YAML file below a catalog's folder. */
export function parseAhead(folder: string): string {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
  const lines = names.sort().flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const { errors, value } = parsed(text);
    const json = JSON.stringify(value);
    // JSON knows neither NaN nor undefined; a file with a mistake is parsed where the mistake is told.
    const isWhole = errors.length === 0 && value !== undefined && isDeepStrictEqual(JSON.parse(json), value);
    return isWhole ? [`${hashOf(text)} ${json}\n`] : [];
  });
  return lines.join('');
}

function parsed(text: string): { errors: readonly Error[]; value: unknown } {
  const document = parseDocument(text);
  return { errors: document.errors, value: document.toJS() as unknown };
}

const built = join(import.meta.dirname, '..', '..', 'out', 'main', parsedAheadName);

let contents: ReadonlyMap<string, string> | null = null;

function read(): ReadonlyMap<string, string> {
  if (!existsSync(built)) return new Map();
  const lines = readFileSync(built, 'utf8').split('\n').slice(0, -1);
  return new Map(lines.map((line) => [line.slice(0, 64), line.slice(65)]));
}

/** The content of a YAML file with this text; null where the build has not parsed it. */
export function parsedAhead(text: string): { value: unknown } | null {
  contents ??= read();
  const json = contents.get(hashOf(text));
  return json === undefined ? null : { value: JSON.parse(json) };
}
