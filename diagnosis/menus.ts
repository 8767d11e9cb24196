import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Platform } from '../native/phone.ts';
import { isKnown, type Reading } from '../native/reading.ts';
import { CatalogFile, type CatalogProblem } from './catalog-file.ts';
import { menuFileSchema, type MenuFile, type Skin } from './catalog-schemas.ts';
import { compileCondition, ConditionError, type Condition, type ConditionValues } from './conditions.ts';

/** The words and screens of one version of a maker's menus. */
export interface MenuTable {
  version: string;
  when: Condition | null;
  words: Readonly<Record<string, string>>;
  screens: Readonly<Record<string, string>>;
}

/** The menus of one maker, in one language; the tables that fit are asked in their order. */
export interface Menus extends Pick<MenuFile, 'skins' | 'language' | 'source' | 'lastVerified'> {
  like: Skin | null;
  tables: readonly MenuTable[];
}

const placeholder = /\{menu\.([a-z0-9-]+)\}/g;

/** The keys of menu words that a text names. */
export const menuKeys = (text: string): string[] => [...text.matchAll(placeholder)].map((match) => match[1] ?? '');

/** The skin whose words stand in where a phone's own are not known: plain Android, or iOS. */
const baseOf = (platform: Platform): Skin => (platform === 'ios' ? 'ios' : 'aosp');

const keysOf = (menus: Menus, part: 'words' | 'screens'): Set<string> =>
  new Set(menus.tables.flatMap((table) => Object.keys(table[part])));

/** The menus of every maker, with the way from a key to the words of one phone. */
export class MenuWords {
  readonly all: readonly Menus[];
  private readonly language: string;

  constructor(all: readonly Menus[], language: string) {
    this.all = all;
    this.language = language;
  }

  /** The menus to look in, the nearest first: the phone's own, those it is like, plain Android; in the language asked for, then in English. */
  private nearest(skin: Skin, platform: Platform): Menus[] {
    const of = (one: Skin): Menus[] =>
      [this.language, 'en'].flatMap((language) =>
        this.all.filter((menus) => menus.skins.includes(one) && menus.language === language),
      );
    const own = of(skin);
    const like = own.flatMap((menus) => (menus.like === null ? [] : of(menus.like)));
    return [...own, ...like, ...of(baseOf(platform))];
  }

  private find(part: 'words' | 'screens', key: string, reading: Reading, values: ConditionValues): string[] {
    const { skin } = reading.identity;
    const menus = this.nearest(isKnown(skin) ? skin.value : baseOf(reading.platform), reading.platform);
    const tables = menus.flatMap((one) =>
      one.tables.filter(({ when }) => when === null || when.evaluate(values) === true),
    );
    return [...new Set(tables.flatMap((table) => table[part][key] ?? []))];
  }

  /** Puts the words of this phone's menus where a text names them. */
  fill(text: string, reading: Reading, values: ConditionValues): string {
    return text.replaceAll(placeholder, (whole, key: string) => this.find('words', key, reading, values)[0] ?? whole);
  }

  /** Templates of the commands that open a screen, the phone's own first, the general one last. */
  screens(key: string, reading: Reading, values: ConditionValues): string[] {
    return this.find('screens', key, reading, values);
  }

  /** Why a text cannot name this key on these platforms; null where it can. */
  missing(key: string, platforms: readonly Platform[]): string | null {
    const without = platforms.filter(
      (platform) =>
        !this.all.some((menus) => menus.skins.includes(baseOf(platform)) && keysOf(menus, 'words').has(key)),
    );
    return without.length === 0 ? null : `no menu words for ${key} on ${without.join(' and ')}`;
  }

  hasScreen(key: string): boolean {
    return this.all.some((menus) => menus.skins.includes('aosp') && keysOf(menus, 'screens').has(key));
  }
}

function compileTable(file: CatalogFile, index: number, table: MenuFile['tables'][number]): MenuTable {
  const path = ['tables', index];
  for (const [key, command] of Object.entries(table.screens)) {
    if (!command.startsWith('am start ')) file.add([...path, 'screens', key], `${key} must begin with "am start"`);
  }
  let when: Condition | null = null;
  try {
    if (table.when !== undefined) when = compileCondition(table.when);
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error;
    file.add([...path, 'when'], `when: ${error.message}`);
  }
  return { ...table, when };
}

/** Every maker of Android phones must name every key of plain Android itself, or say whose menus its own are like. */
function checkCompleteness(files: ReadonlyMap<Menus, CatalogFile>): void {
  const base = [...files.keys()].find((menus) => menus.skins.includes('aosp') && menus.language === 'en');
  for (const [menus, file] of files) {
    if (menus.tables.at(-1)?.when !== null) {
      file.add(['tables', menus.tables.length - 1], 'the last table must fit every version: no `when`');
    }
    if (base === undefined || menus === base || menus.like !== null || menus.skins.includes('ios')) continue;
    if (menus.language !== 'en') continue;
    const own = keysOf(menus, 'words');
    for (const key of keysOf(base, 'words')) if (!own.has(key)) file.add(['skins'], `no words for ${key}`);
  }
}

/** Loads `menus/*.yaml`; mistakes are added to `problems`. */
export function loadMenus(folder: string, language: string, problems: CatalogProblem[]): MenuWords {
  const files = new Map<Menus, CatalogFile>();
  for (const name of readdirSync(join(folder, 'menus')).sort()) {
    if (!name.endsWith('.yaml')) continue;
    const file = new CatalogFile(folder, `menus/${name}`, problems);
    const read = file.read(menuFileSchema);
    if (read === null) continue;
    const tables = read.tables.map((table, index) => compileTable(file, index, table));
    files.set({ ...read, like: read.like ?? null, tables }, file);
  }
  checkCompleteness(files);
  return new MenuWords([...files.keys()], language);
}
