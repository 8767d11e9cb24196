import { CatalogFile, type CatalogProblem, type Path } from './catalog-file.ts';
import { limitFileSchema, type Limit } from './catalog-schemas.ts';
import { limitWords } from './limit-words.ts';

const placeholder = /\{limit\.([a-z0-9-]+)\}/g;

/** The numbers that conditions and texts name as `{limit.…}`. */
export class Limits {
  private readonly values: ReadonlyMap<string, Limit>;
  private readonly language: string;
  /** The names that some condition or text has used. */
  readonly used = new Set<string>();

  constructor(values: ReadonlyMap<string, Limit>, language: string) {
    this.values = values;
    this.language = language;
  }

  get names(): string[] {
    return [...this.values.keys()];
  }

  private replace(file: CatalogFile, path: Path, source: string, write: (limit: Limit) => string): string {
    return source.replaceAll(placeholder, (whole, name: string) => {
      const limit = this.values.get(name);
      this.used.add(name);
      if (limit !== undefined) return write(limit);
      file.add(path, `no such limit: ${name}`);
      return whole;
    });
  }

  /** Puts the numbers where a condition names them; a name that does not exist is a mistake of that file. */
  fill(file: CatalogFile, path: Path, source: string): string {
    return this.replace(file, path, source, ({ value }) => String(value));
  }

  /** As {@link fill}, in words, in every text of a structure. */
  fillAll<T>(file: CatalogFile, path: Path, texts: T): T {
    if (typeof texts === 'string') {
      return this.replace(file, path, texts, ({ value, unit }) => limitWords(value, unit, this.language)) as T;
    }
    if (Array.isArray(texts))
      return texts.map((text: unknown, index) => this.fillAll(file, [...path, index], text)) as T;
    if (typeof texts !== 'object' || texts === null) return texts;
    return Object.fromEntries(
      Object.entries(texts).map(([key, text]) => [key, this.fillAll<unknown>(file, [...path, key], text)]),
    ) as T;
  }
}

/** What a shop sets otherwise, and the file it says so in. */
export interface ShopLimits {
  file: CatalogFile;
  limits: Readonly<Record<string, number>>;
}

/** Loads `limits.yaml`, with what a shop sets otherwise in its place; `language` is that of the texts. */
export function loadLimits(
  folder: string,
  shop: ShopLimits | null,
  language: string,
  problems: CatalogProblem[],
): { limits: Limits; file: CatalogFile } {
  const file = new CatalogFile(folder, 'limits.yaml', problems);
  const builtIn = file.read(limitFileSchema)?.limits ?? {};
  const values = new Map(Object.entries(builtIn));
  for (const [name, value] of Object.entries(shop?.limits ?? {})) {
    const bounds = builtIn[name];
    if (bounds === undefined) shop?.file.add(['limits', name], `there is no limit ${name}`);
    else if (value < bounds.min || value > bounds.max)
      shop?.file.add(['limits', name], `${name} must be from ${bounds.min} to ${bounds.max}`);
    else values.set(name, { ...bounds, value });
  }
  return { limits: new Limits(values, language), file };
}

/** Notes every number that no condition and no text names. */
export function checkLimitsUsed({ limits, file }: ReturnType<typeof loadLimits>): void {
  for (const name of limits.names)
    if (!limits.used.has(name)) file.add(['limits', name], `nothing uses the limit ${name}`);
}
