import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Platform } from '../../native/phone.ts';
import { isKnown, type Reading } from '../../native/reading.ts';
import { CatalogFile, type CatalogProblem, type Path } from './catalog-file.ts';
import { menuFileSchema, type MenuFile, type Skin } from './catalog-schemas.ts';
import { compileCondition, ConditionError, type Condition, type ConditionValues } from './conditions.ts';

/** The words and screens of one version of a maker's menus. */
export interface MenuTable {
  version: string;
  when: Condition | null;
  words: Readonly<Record<string, string>>;
  screens: Readonly<Record<string, string>>;
}

/** The menus of one maker, in one language; the tables that fit are asked in their order, and then what holds for all. */
export interface Menus extends Pick<MenuFile, 'skins' | 'language' | 'shared' | 'source' | 'lastVerified'> {
  like: Skin | null;
  tables: readonly MenuTable[];
}

const placeholder = /\{menu\.([a-z0-9-]+)\}/g;

/** The keys of menu words that a text names. */
export const menuKeys = (text: string): string[] => [...text.matchAll(placeholder)].map((match) => match[1] ?? '');

/** The skin whose words stand in where a phone's own are not known: plain Android, or iOS. */
const baseOf = (platform: Platform): Skin => (platform === 'ios' ? 'ios' : 'aosp');

const screensOf = ({ tables }: Menus): string[] => tables.flatMap(({ screens }) => Object.keys(screens));
/** The words that differ from maker to maker. */
const ownWordsOf = ({ tables }: Menus): Set<string> => new Set(tables.flatMap(({ words }) => Object.keys(words)));
const wordsOf = (menus: Menus): Set<string> => new Set([...ownWordsOf(menus), ...Object.keys(menus.shared)]);

/** The language without its country: `es-US` is `es`. */
export const withoutCountry = (language: string): string => language.split('-')[0] ?? language;

/** Words or a command, and the language of the menus they are from. */
interface Entry {
  text: string;
  language: string;
}

type FittingMenus = Pick<Menus, 'tables' | 'shared' | 'language'>;

/** The menus of every maker, with the way from a key to the words of one phone. */
export class MenuWords {
  readonly all: readonly Menus[];
  private readonly language: string;
  private readonly named = new Map<Platform, ReadonlySet<string>>();
  /** Of each phone that is judged: a diagnosis asks for hundreds of words of the same menus. */
  private readonly fitting = new WeakMap<ConditionValues, { reading: Reading; fitting: FittingMenus[] }>();

  constructor(all: readonly Menus[], language: string) {
    this.all = all;
    this.language = language;
  }

  /** The menus to look in, the nearest first: the phone's own, those they are like, plain Android; in the phone's language, in that of the texts, in English. */
  private nearest({ platform, identity: { skin, language } }: Reading): Menus[] {
    const spoken = isKnown(language) ? [language.value, withoutCountry(language.value)] : [];
    const languages = new Set([...spoken, this.language, 'en']);
    const of = (one: Skin): Menus[] =>
      [...languages].flatMap((each) =>
        this.all.filter((menus) => menus.skins.includes(one) && menus.language === each),
      );
    const base = baseOf(platform);
    const own = of(isKnown(skin) ? skin.value : base);
    const like = own.flatMap((menus) => (menus.like === null ? [] : of(menus.like)));
    return [...own, ...like, ...of(base)];
  }

  private find(part: 'words' | 'screens', key: string, reading: Reading, values: ConditionValues): Entry[] {
    return this.fittingFor(reading, values).flatMap(({ tables, shared, language }) => {
      const texts = [...tables.map((table) => table[part][key]), part === 'words' ? shared[key] : undefined];
      return texts.flatMap((text) => (text === undefined ? [] : [{ text, language }]));
    });
  }

  /** The nearest menus with the tables that hold for these values of the reading. */
  private fittingFor(reading: Reading, values: ConditionValues): FittingMenus[] {
    const known = this.fitting.get(values);
    if (known?.reading === reading) return known.fitting;
    const fitting = this.nearest(reading).map(({ tables, shared, language }) => ({
      tables: tables.filter(({ when }) => when === null || when.evaluate(values) === true),
      shared,
      language,
    }));
    this.fitting.set(values, { reading, fitting });
    return fitting;
  }

  /** Puts the words of this phone's menus where a text names them. */
  fill(text: string, reading: Reading, values: ConditionValues): string {
    // Most texts name none, and a diagnosis fills thousands.
    if (!text.includes('{menu.')) return text;
    return text.replaceAll(
      placeholder,
      (whole, key: string) => this.find('words', key, reading, values)[0]?.text ?? whole,
    );
  }

  /** The same where no phone is there: the words of plain Android, or of an iPhone; what this language does not have, in English. */
  fillPlain(text: string, platform: Platform): string {
    const plain = [this.language, 'en'].flatMap((language) =>
      this.all.filter((menus) => menus.skins.includes(baseOf(platform)) && menus.language === language),
    );
    return text.replaceAll(placeholder, (whole, key: string) => {
      const words = plain.flatMap(({ tables, shared }) => [...tables.map((table) => table.words[key]), shared[key]]);
      return words.find((word) => word !== undefined) ?? whole;
    });
  }

  /** The languages of the menu words that these texts are given. */
  languagesIn(texts: readonly string[], reading: Reading, values: ConditionValues): Set<string> {
    const found = texts.flatMap(menuKeys).flatMap((key) => this.find('words', key, reading, values)[0] ?? []);
    return new Set(found.map(({ language }) => withoutCountry(language)));
  }

  /** Whether these texts name menus of a phone whose maker's own words are not known: plain Android's then stand in. */
  standsIn(texts: readonly string[], { platform, identity: { skin } }: Reading): boolean {
    if (platform !== 'android' || !texts.some((text) => menuKeys(text).length > 0)) return false;
    return !isKnown(skin) || !this.all.some((menus) => menus.skins.includes(skin.value));
  }

  /** Templates of the commands that open a screen, the phone's own first, the general one last. */
  screens(key: string, reading: Reading, values: ConditionValues): string[] {
    return [...new Set(this.find('screens', key, reading, values).map(({ text }) => text))];
  }

  /** The menus that stand in where a phone's own words are not known; they name every key, in English. */
  private base(platform: Platform): Menus[] {
    return this.all.filter(({ skins, language }) => skins.includes(baseOf(platform)) && language === 'en');
  }

  /** The keys that {@link base} names. */
  private baseWords(platform: Platform): ReadonlySet<string> {
    const known = this.named.get(platform);
    if (known !== undefined) return known;
    const words = new Set(this.base(platform).flatMap((menus) => [...wordsOf(menus)]));
    this.named.set(platform, words);
    return words;
  }

  /** Why a text cannot name this key on these platforms; null where it can. */
  missing(key: string, platforms: readonly Platform[]): string | null {
    const without = platforms.filter((platform) => !this.baseWords(platform).has(key));
    return without.length === 0 ? null : `no menu words for ${key} on ${without.join(' and ')}`;
  }

  hasScreen(key: string): boolean {
    return this.base('android').some((menus) => screensOf(menus).includes(key));
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

/** Every maker of Android phones must name every key of plain Android that is not shared, or say whose menus its own are like. */
function checkCompleteness(files: ReadonlyMap<Menus, CatalogFile>): void {
  const base = [...files.keys()].find((menus) => menus.skins.includes('aosp') && menus.language === 'en');
  for (const [menus, file] of files) {
    if (menus.tables.at(-1)?.when !== null) {
      file.add(['tables', menus.tables.length - 1], 'the last table must fit every version: no `when`');
    }
    if (base === undefined || menus === base || menus.like !== null || menus.skins.includes('ios')) continue;
    if (menus.language !== 'en') continue;
    const own = ownWordsOf(menus);
    for (const key of ownWordsOf(base)) if (!own.has(key)) file.add(['skins'], `no words for ${key}`);
  }
}

export interface LoadedMenus {
  menus: MenuWords;
  files: ReadonlyMap<Menus, CatalogFile>;
}

/** Loads `menus/*.yaml`; mistakes are added to `problems`. */
export function loadMenus(folder: string, language: string, problems: CatalogProblem[]): LoadedMenus {
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
  return { menus: new MenuWords([...files.keys()], language), files };
}

/** Notes words that no text names, and screens that no correction opens: a misspelt key is never missed otherwise. */
export function checkMenusUsed({ files }: LoadedMenus, words: ReadonlySet<string>, screens: ReadonlySet<string>): void {
  for (const [{ tables, shared }, file] of files) {
    const check = (keys: readonly string[], used: ReadonlySet<string>, path: Path) => {
      for (const key of keys) if (!used.has(key)) file.add([...path, key], `nothing uses ${key}`);
    };
    for (const [index, table] of tables.entries()) {
      check(Object.keys(table.words), words, ['tables', index, 'words']);
      check(Object.keys(table.screens), screens, ['tables', index, 'screens']);
    }
    check(Object.keys(shared), words, ['shared']);
  }
}
