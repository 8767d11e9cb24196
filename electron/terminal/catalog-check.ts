import {
  builtInCatalog,
  CatalogError,
  catalogLanguages,
  loadCatalog,
  type Catalog,
} from '../../diagnosis/load/catalog.ts';
import { translationProblems } from '../../diagnosis/load/check-translation.ts';
import { dataFolder } from '../app/program/data-folder.ts';
import { shopCatalog } from '../app/program/open-catalog.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { plain, print, printJson, table } from './output.ts';

const countOf = <T>(list: readonly T[], has: (one: T) => boolean): number => list.filter(has).length;

/** What a catalog holds, by platform, pack, kind of correction, maker and app. */
function countsOf(catalog: Catalog) {
  const { causes, apps, menus } = catalog;
  const corrections = causes.flatMap((cause) => cause.corrections);
  const guided = corrections.filter((one) => one.kind === 'guided');
  return {
    causes: causes.length,
    android: countOf(causes, ({ platforms }) => platforms.includes('android')),
    ios: countOf(causes, ({ platforms }) => platforms.includes('ios')),
    'device-health': countOf(causes, ({ pack }) => pack === 'device-health'),
    shop: countOf(causes, ({ origin }) => origin === 'shop'),
    questions: countOf(causes, ({ question }) => question !== null),
    automatic: corrections.length - guided.length,
    guided: guided.length,
    screens: countOf(guided, ({ opens }) => opens !== undefined),
    recipes: catalog.recipes.length,
    'quick wins': catalog.quickWins.length,
    'second ways': catalog.alternatives.length,
    makers: Object.fromEntries(
      menus.all.flatMap(({ skins, like, tables }) => {
        const words = new Set(tables.flatMap((one) => Object.keys(one.words))).size;
        const versions = tables.map(({ version }) => version);
        return skins.map((skin) => [skin, { words, versions, like }]);
      }),
    ),
    apps: Object.fromEntries(
      apps.map(({ name, android, ios, words }) => [
        name,
        { android: android.length > 0, ios: ios.length > 0, names: words.feature.map((one) => one.name) },
      ]),
    ),
  };
}

/** The catalog in each of its languages; every one must be whole. Throws {@link CatalogError}. */
function countLanguages(): Record<string, number> {
  return Object.fromEntries(
    catalogLanguages().map((language) => {
      const problems = translationProblems(builtInCatalog, language);
      if (problems.length > 0) throw new CatalogError(problems);
      return [language, loadCatalog(undefined, { language }).causes.length];
    }),
  );
}

function lines(version: string, counts: ReturnType<typeof countsOf>, languages: Record<string, number>): string[] {
  const { makers, apps, ...numbers } = counts;
  return [
    ...table([['version', version], ...Object.entries(numbers).map(([name, count]) => [name, String(count)])]),
    '',
    ...table([
      ['MAKER', 'WORDS', 'LIKE', 'VERSIONS'],
      ...Object.entries(makers).map(([skin, { words, like, versions }]) => [
        skin,
        String(words),
        like ?? '–',
        versions.join('; '),
      ]),
    ]),
    '',
    ...table([
      ['APP', 'ANDROID', 'IPHONE', 'NAMES OF ITS BACKUP'],
      ...Object.entries(apps).map(([name, { android, ios, names }]) => [
        name,
        android ? 'yes' : '–',
        ios ? 'yes' : '–',
        names.join(' → '),
      ]),
    ]),
    '',
    ...table([['LANGUAGE', 'CAUSES'], ...Object.entries(languages).map(([name, count]) => [name, String(count)])]),
  ];
}

/** Validates the catalog in every language, and the shop's own part, and counts what it holds. */
export function catalogCheck(options: { json?: boolean }, env: NodeJS.ProcessEnv): ExitCode {
  try {
    const languages = countLanguages();
    const catalog = loadCatalog(undefined, { shop: shopCatalog(dataFolder(env)) });
    const counts = countsOf(catalog);
    if (options.json) printJson({ valid: true, version: catalog.version, ...counts, languages });
    else print(...lines(catalog.version, counts, languages).map(plain));
    return exitCode.ok;
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    if (options.json) printJson({ valid: false, problems: error.problems });
    else
      print(...error.problems.map(({ file, line, entry, message }) => plain(`${file}:${line}: ${entry}: ${message}`)));
    return exitCode.problems;
  }
}
