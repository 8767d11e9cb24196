import { CatalogFile, type CatalogProblem, type Path } from './catalog-file.ts';
import { limitFileSchema } from './catalog-schemas.ts';

const placeholder = /\{limit\.([a-z0-9-]+)\}/g;

/** The numbers that conditions and texts name as `{limit.…}`. */
export class Limits {
  private readonly values: ReadonlyMap<string, number>;

  constructor(values: ReadonlyMap<string, number>) {
    this.values = values;
  }

  /** Puts the numbers where a condition or text names them; a name that does not exist is a mistake of that file. */
  fill(file: CatalogFile, path: Path, source: string): string {
    return source.replaceAll(placeholder, (whole, name: string) => {
      const value = this.values.get(name);
      if (value !== undefined) return String(value);
      file.add(path, `no such limit: ${name}`);
      return whole;
    });
  }

  /** As {@link fill}, in every text of a structure. */
  fillAll<T>(file: CatalogFile, path: Path, texts: T): T {
    if (typeof texts === 'string') return this.fill(file, path, texts) as T;
    if (Array.isArray(texts)) return texts.map((text: unknown) => this.fillAll(file, path, text)) as T;
    if (typeof texts !== 'object' || texts === null) return texts;
    return Object.fromEntries(
      Object.entries(texts).map(([key, text]) => [key, this.fillAll<unknown>(file, path, text)]),
    ) as T;
  }
}

/** What a shop sets otherwise, and the file it says so in. */
export interface ShopLimits {
  file: CatalogFile;
  limits: Readonly<Record<string, number>>;
}

/** Loads `limits.yaml`, with what a shop sets otherwise in its place. */
export function loadLimits(folder: string, shop: ShopLimits | null, problems: CatalogProblem[]): Limits {
  const builtIn = new CatalogFile(folder, 'limits.yaml', problems).read(limitFileSchema)?.limits ?? {};
  const values = new Map(Object.entries(builtIn).map(([name, { value }]) => [name, value]));
  for (const [name, value] of Object.entries(shop?.limits ?? {})) {
    const bounds = builtIn[name];
    if (bounds === undefined) shop?.file.add(['limits', name], `there is no limit ${name}`);
    else if (value < bounds.min || value > bounds.max)
      shop?.file.add(['limits', name], `${name} must be from ${bounds.min} to ${bounds.max}`);
    else values.set(name, value);
  }
  return new Limits(values);
}
