import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Platform } from '../../native/phone.ts';
import { loadApps, type BackupApp } from './apps.ts';
import { CatalogError, CatalogFile, type CatalogProblem, type Open } from './catalog-file.ts';
import {
  causeFileSchema,
  profileSchema,
  textFileSchema,
  type CauseEntry,
  type CauseText,
  type RecipeEntry,
  type RecipeText,
} from './catalog-schemas.ts';
import type { TextOf } from './check-words.ts';
import { compileCause, type Surroundings } from './compile-cause.ts';
import type { Condition } from './conditions.ts';
import type { Origin, Pack, Severity } from '../finding.ts';
import { checkLimitsUsed, loadLimits, type Limits, type ShopLimits } from './limits.ts';
import { loadAlternatives, loadQuickWins, type Alternative, type QuickWin } from './load-first-aid.ts';
import { checkMenusUsed, loadMenus, menuKeys, type LoadedMenus, type MenuWords } from './menus.ts';
import { loadProgramSentences, programFiles, ProgramSentences, titlePairs, wordPairs } from './program-sentences.ts';
import { loadRecipes } from './recipes.ts';
import { sentencesSchema, type Sentences } from './sentences.ts';

export { CatalogError, type CatalogProblem } from './catalog-file.ts';
export type { BackupApp } from './apps.ts';
export type { CauseText } from './catalog-schemas.ts';

type Compiled<T> = Omit<T, 'when' | 'verify'> & { when: Condition | null; verify: Condition | null };
type CorrectionEntry = CauseEntry['corrections'][number];
export type AutomaticCorrection = Compiled<Extract<CorrectionEntry, { kind: 'automatic' }>> & { verify: Condition };
export type GuidedCorrection = Compiled<Extract<CorrectionEntry, { kind: 'guided' }>>;
export type Correction = AutomaticCorrection | GuidedCorrection;

/** A reason for backups to pause, ready to be judged. */
export interface Cause {
  id: string;
  pack: Pack;
  origin: Origin;
  platforms: readonly Platform[];
  per: 'phone' | 'app';
  severity: Severity;
  applies: Condition | null;
  problem: Condition;
  possible: Condition | null;
  manual: Condition | null;
  ok: Condition | null;
  /** What the owner's answer means; null where nothing is asked. */
  question: NonNullable<CauseEntry['question']> | null;
  /** Where it is true, what else blocks only delays. */
  delaysWhen: Condition | null;
  /** Where it is a problem, nothing else about the backup is judged. */
  gate: boolean;
  /** It outranks every state of the uploads. */
  first: boolean;
  /** It keeps some photos back for good, and is told beside uploads that run. */
  beside: boolean;
  /** Where another app is to keep the photos, it holds nothing back. */
  engineOnly: boolean;
  /** Per app: judged of an archived app too. */
  ofArchived: boolean;
  /** Bytes that leave decide it. */
  settles: boolean;
  /** Where something holds photos back it comes of that, and nobody is told to wait. */
  onlyPatience: boolean;
  /** What decides it is counted once a day. */
  countedDaily: boolean;
  symptom: boolean;
  /** The causes that explain it, where `when` is true; of a symptom, empty: whatever else stops or delays the backup. */
  because: readonly { when: Condition; causes: readonly string[] }[];
  evidence: readonly string[];
  corrections: readonly Correction[];
  text: CauseText;
}

/** The steps for several causes that one maker's phones have together. */
export interface Recipe extends Omit<RecipeEntry, 'when'> {
  when: Condition;
  text: RecipeText;
}

export interface Catalog {
  version: string;
  /** Language of the texts (BCP 47). */
  language: string;
  /** In the order of work: what to look at first stands first. */
  causes: readonly Cause[];
  apps: readonly BackupApp[];
  recipes: readonly Recipe[];
  quickWins: readonly QuickWin[];
  alternatives: readonly Alternative[];
  menus: MenuWords;
  sentences: Sentences;
  /** The sentences that code builds. */
  programs: ProgramSentences;
}

/** Where the built-in catalog lies. */
export const builtInCatalog = join(import.meta.dirname, '..', 'catalog');

export interface CatalogOptions {
  /** The folder of a shop's own profile and entries; a folder that is not there changes nothing. */
  shop?: string;
  /** Language of the texts: a folder of `texts/`. */
  language?: string;
}

/** The languages that have texts, English among them. */
export const catalogLanguages = (folder: string = builtInCatalog): string[] =>
  readdirSync(join(folder, 'texts')).sort();

/** The order of the cause files, and of the causes in them, is the order of work: roots before what they cause. */
const causeFiles = [
  'whose-phone',
  'connection',
  'cut-off',
  'app',
  'icloud',
  'background',
  'power',
  'storage',
  'updates',
  'last-resort',
  'device-health',
] as const;

const otherTexts = [
  'apps.yaml',
  'sentences.yaml',
  'recipes.yaml',
  'quick-wins.yaml',
  'alternatives.yaml',
  ...programFiles,
];

/** Far more than any shop has. */
const maxFiles = 200;

/** The YAML files in a folder below that of a catalog, `name` as mistakes are told with; none where it is not there. */
function yamlFiles(folder: string, name: string, problems: CatalogProblem[]): string[] {
  const path = join(folder, name);
  if (!existsSync(path)) return [];
  try {
    const names = readdirSync(path).filter((file) => file.endsWith('.yaml'));
    if (names.length <= maxFiles) return names.sort();
    problems.push({ file: name, entry: '(folder)', line: 1, message: `there are more than ${maxFiles} files` });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    problems.push({ file: name, entry: '(folder)', line: 1, message: `this folder cannot be read (${reason})` });
  }
  return [];
}

type Texts = Map<string, TextOf>;

function loadTexts(folder: string, language: string, open: Open, problems: CatalogProblem[]): Texts {
  const texts: Texts = new Map();
  for (const name of yamlFiles(folder, join('texts', language), problems)) {
    if (otherTexts.includes(name)) continue;
    const file = open(`texts/${language}/${name}`);
    for (const [id, text] of Object.entries(file.read(textFileSchema) ?? {})) {
      if (texts.has(id)) file.add([id], `there is a second text for ${id}`);
      texts.set(id, { text, file });
    }
  }
  return texts;
}

/** `taken` are ids that exist already; the ids found here are added to it. */
function loadCauses(folder: string, around: Surroundings, taken: Set<string>, problems: CatalogProblem[]): Cause[] {
  const open: Open = (name) => new CatalogFile(folder, name, problems);
  // A shop writes its entries in one language, for everybody who works there.
  const fallback = around.origin === 'shop' ? loadTexts(folder, 'en', open, problems) : [];
  const spoken =
    around.origin === 'shop' && around.language === 'en' ? [] : loadTexts(folder, around.language, open, problems);
  const texts: Texts = new Map([...fallback, ...spoken]);
  const found = new Set(yamlFiles(folder, 'causes', problems).map((name) => name.replace(/\.yaml$/, '')));
  const names = [...causeFiles.filter((name) => found.delete(name)), ...[...found].sort()];
  const causes = names.flatMap((name) => {
    const file = open(`causes/${name}.yaml`);
    const entries = file.read(causeFileSchema)?.causes ?? [];
    return entries.map((entry, index) => {
      if (taken.has(entry.id)) file.add(['causes', index], `the id ${entry.id} is used twice`);
      taken.add(entry.id);
      return compileCause(around, file, ['causes', index], entry, texts.get(entry.id));
    });
  });
  // A cause file that could not be read at all has no ids; then a text without a cause is no mistake of its own.
  if (problems.length === 0) {
    for (const [id, { file }] of texts) {
      if (!taken.has(id)) file.add([id], `there is a text for ${id}, but no such cause`);
    }
  }
  return causes.filter((cause) => cause !== null);
}

/** Notes every menu word, screen and number that nothing names. */
function checkUse(
  {
    causes,
    recipes,
    apps,
    quickWins,
    alternatives,
  }: Pick<Catalog, 'causes' | 'recipes' | 'apps' | 'quickWins' | 'alternatives'>,
  menus: LoadedMenus,
  limits: ReturnType<typeof loadLimits>,
): void {
  const texts = [...causes, ...recipes, ...quickWins, ...alternatives].map(({ text }) => JSON.stringify(text));
  const words = [...texts, ...apps.map((app) => JSON.stringify(app.words))].flatMap(menuKeys);
  const guided = causes.flatMap(({ corrections }) => corrections.filter((one) => one.kind === 'guided'));
  const screens = [...guided, ...recipes].flatMap(({ opens }) => opens ?? []);
  checkMenusUsed(menus, new Set(words), new Set(screens));
  checkLimitsUsed(limits);
}

/** Where an entry names other causes, they exist. */
function checkNamedCauses(causes: readonly Cause[], problems: CatalogProblem[]): void {
  const ids = new Set(causes.map(({ id }) => id));
  const check = (entry: string, by: string, named: readonly string[]): void => {
    for (const other of named.filter((name) => !ids.has(name))) {
      problems.push({ file: 'causes', entry, line: 1, message: `${by}: there is no cause ${other}` });
    }
  };
  for (const { id, corrections, because } of causes) {
    for (const { causes } of because) check(id, 'because', causes);
    for (const correction of corrections) {
      if (correction.kind === 'automatic') check(id, correction.id, correction.unless);
    }
  }
}

interface Shop {
  folder: string;
  file: CatalogFile | null;
  profile: z.infer<typeof profileSchema>;
}

function openShop(folder: string | undefined, problems: CatalogProblem[]): Shop | null {
  if (folder === undefined || !existsSync(folder)) return null;
  const unchanged = { checks: {}, limits: {} };
  if (!existsSync(join(folder, 'profile.yaml'))) return { folder, file: null, profile: unchanged };
  const file = new CatalogFile(folder, 'profile.yaml', problems);
  return { folder, file, profile: file.read(profileSchema) ?? unchanged };
}

/** The built-in causes with the shop's own behind them, without those that its profile switches off. */
function withShop(shop: Shop, builtIn: readonly Cause[], around: Surroundings, problems: CatalogProblem[]): Cause[] {
  const allowed = builtIn.flatMap(({ corrections }) =>
    corrections.filter((one): one is AutomaticCorrection => one.kind === 'automatic'),
  );
  const taken = new Set(builtIn.map(({ id }) => id));
  const own = loadCauses(shop.folder, { ...around, origin: 'shop', allowed }, taken, problems);
  for (const id of Object.keys(shop.profile.checks)) {
    if (!taken.has(id)) shop.file?.add(['checks', id], `there is no check ${id}`);
  }
  return [...builtIn, ...own].filter(({ id }) => shop.profile.checks[id] !== 'off');
}

/** A catalog folder by itself, without what a shop adds. */
interface Folder extends Pick<Catalog, 'causes' | 'recipes' | 'quickWins' | 'alternatives' | 'menus'> {
  limits: Limits;
  /** null where the file cannot be read; that is among the problems. */
  apps: Pick<Catalog, 'apps' | 'version'> | null;
  sentences: Sentences | null;
}

function loadFolder(folder: string, language: string, own: ShopLimits | null, problems: CatalogProblem[]): Folder {
  const open: Open = (name) => new CatalogFile(folder, name, problems);
  const loadedLimits = loadLimits(folder, own, language, problems);
  const loadedMenus = loadMenus(folder, language, problems);
  const { limits } = loadedLimits;
  const { menus } = loadedMenus;
  const ids = new Set<string>();
  const causes = loadCauses(folder, { limits, menus, language, origin: 'built-in', allowed: [] }, ids, problems);
  const apps = loadApps(language, menus, open);
  const recipes = loadRecipes(folder, { limits, menus, language, ids }, open);
  const files = { limits, language, open };
  const quickWins = loadQuickWins(files);
  const alternatives = loadAlternatives(files, apps?.apps ?? []);
  // What could not be loaded uses nothing; then a word without a use is no mistake of its own.
  if (problems.length === 0 && apps !== null) {
    checkUse({ causes, recipes, apps: apps.apps, quickWins, alternatives }, loadedMenus, loadedLimits);
  }
  const sentences = open(`texts/${language}/sentences.yaml`).read(sentencesSchema);
  checkNamedCauses(causes, problems);
  return { causes, recipes, quickWins, alternatives, menus, limits, apps, sentences };
}

/** By language: the files of the program never change while it runs, and half a second goes into them. */
const loadedAlone = new Map<string, Folder>();

/** {@link loadFolder}, once for the built-in catalog with its own limits. */
function loadOnce(folder: string, language: string, own: ShopLimits | null, problems: CatalogProblem[]): Folder {
  const isAsBuilt = folder === builtInCatalog && Object.keys(own?.limits ?? {}).length === 0;
  const known = isAsBuilt ? loadedAlone.get(language) : undefined;
  if (known !== undefined) return known;
  const before = problems.length;
  const loaded = loadFolder(folder, language, own, problems);
  if (isAsBuilt && before === 0 && problems.length === 0) loadedAlone.set(language, loaded);
  return loaded;
}

/** What code says in a language, with the titles that it puts into its sentences. */
function programSentences(
  folder: string,
  language: string,
  { causes, waits }: { causes: readonly Cause[]; waits: Readonly<Record<string, string>> },
  own: ShopLimits | null,
  problems: CatalogProblem[],
): ProgramSentences {
  if (language === 'en') return new ProgramSentences({});
  const english = loadOnce(folder, 'en', own, problems);
  const titles = {
    ...wordPairs(english.sentences?.waits ?? {}, waits),
    ...titlePairs(english.causes, causes),
  };
  return loadProgramSentences(language, (name) => new CatalogFile(folder, name, problems), titles);
}

/**
 * Loads and checks a catalog folder: `apps.yaml`, `limits.yaml`, `recipes.yaml`, `causes/*.yaml`, `menus/*.yaml`,
 * `texts/<language>/*.yaml`, and the shop's own profile, entries and texts. Throws {@link CatalogError} with every mistake.
 */
export function loadCatalog(folder: string = builtInCatalog, options: CatalogOptions = {}): Catalog {
  const { language = 'en' } = options;
  const problems: CatalogProblem[] = [];
  const shop = openShop(options.shop, problems);
  const own = shop?.file ? { file: shop.file, limits: shop.profile.limits } : null;
  const { causes: alone, limits, menus, apps, sentences, ...others } = loadOnce(folder, language, own, problems);
  const around: Surroundings = { limits, menus, language, origin: 'built-in', allowed: [] };
  const causes = shop === null ? alone : withShop(shop, alone, around, problems);
  const programs = programSentences(folder, language, { causes, waits: sentences?.waits ?? {} }, own, problems);
  if (problems.length > 0 || apps === null || sentences === null) throw new CatalogError(problems);
  return { ...apps, ...others, language, causes, menus, sentences, programs };
}
