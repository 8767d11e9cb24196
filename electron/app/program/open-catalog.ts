import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CatalogError, loadCatalog, type Catalog } from '../../../diagnosis/load/catalog.ts';
import { languageOfCall } from './language.ts';
import { ApplicationError } from './problem.ts';

/** Where a shop keeps its own profile, entries and texts. */
export const shopCatalog = (folder: string): string => join(folder, 'catalog');

interface Opened {
  catalog: Catalog;
  /** What is wrong with the shop's own part, which is left out then; empty where nothing is. */
  shopProblems: readonly string[];
}

function load(shop: string | null, language: string): Catalog {
  try {
    return loadCatalog(undefined, { language, ...(shop === null ? {} : { shop }) });
  } catch (error) {
    if (shop !== null || !(error instanceof CatalogError)) throw error;
    throw new ApplicationError('catalog-invalid', 'The catalog is not valid.', error.message.split('\n'));
  }
}

function open(folder: string, language: string): Opened {
  const shop = shopCatalog(folder);
  try {
    return { catalog: load(existsSync(shop) ? shop : null, language), shopProblems: [] };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Whatever is wrong with the built-in catalog, or with the program, is thrown here.
    const catalog = load(null, language);
    const problems = error instanceof CatalogError ? error.message : `${shop}: cannot be read (${error.message})`;
    return { catalog, shopProblems: problems.split('\n') };
  }
}

/**
 * The catalog with the shop's own part, in the language of the call; where that part is not valid, the built-in one alone. A language is
 * loaded when something of it is first asked for: that takes half a second, and a list of phones needs none of it. Throws
 * `catalog-invalid` then.
 */
export function openCatalog(folder: string): Opened {
  const opened = new Map<string, Opened>();
  const now = (): Opened => {
    const language = languageOfCall();
    const known = opened.get(language) ?? open(folder, language);
    opened.set(language, known);
    return known;
  };
  return {
    catalog: {
      get version() {
        return now().catalog.version;
      },
      // Known without opening it.
      get language() {
        return languageOfCall();
      },
      get causes() {
        return now().catalog.causes;
      },
      get apps() {
        return now().catalog.apps;
      },
      get recipes() {
        return now().catalog.recipes;
      },
      get quickWins() {
        return now().catalog.quickWins;
      },
      get alternatives() {
        return now().catalog.alternatives;
      },
      get menus() {
        return now().catalog.menus;
      },
      get sentences() {
        return now().catalog.sentences;
      },
      get programs() {
        return now().catalog.programs;
      },
    },
    get shopProblems() {
      return now().shopProblems;
    },
  };
}
