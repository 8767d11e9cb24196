import { join } from 'node:path';
import { CatalogError, loadCatalog, type Catalog } from '../../../diagnosis/load/catalog.ts';

/** Where a shop keeps its own profile, entries and texts. */
export const shopCatalog = (folder: string): string => join(folder, 'catalog');

/** The catalog with the shop's own part; where that is not valid, the built-in one alone, and what is wrong with the shop's. */
export function openCatalog(folder: string): { catalog: Catalog; shopProblems: readonly string[] } {
  const shop = shopCatalog(folder);
  try {
    return { catalog: loadCatalog(undefined, { shop }), shopProblems: [] };
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    // Whatever is wrong with the built-in catalog is thrown here.
    return { catalog: loadCatalog(), shopProblems: error.message.split('\n') };
  }
}
