export interface About {
  version: string;
  catalog: string;
  dataFolder: string;
  /** What is wrong with the shop's own part of the catalog, which is left out then; empty where nothing is. */
  shopProblems: readonly string[];
}
