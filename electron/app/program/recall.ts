import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileName } from '../../../db/file-name.ts';
import { StoreError } from '../../../db/errors.ts';
import type { Store } from '../../../db/store.ts';

/**
 * Asks the store where there is one already. Gives `otherwise` where there is none, or where it cannot be read, which is told in the
 * log: what a phone says now is worth as much without what it said earlier.
 */
export type Recall = <T>(ask: (store: Store) => T, otherwise: T) => T;

/** Whether there is a store in a data folder. */
export const isStoreIn = (folder: string): boolean => existsSync(join(folder, fileName));

export const createRecall =
  ({ folder, store, log }: { folder: string; store: () => Store; log: (line: string) => void }): Recall =>
  (ask, otherwise) => {
    if (!isStoreIn(folder)) return otherwise;
    try {
      return ask(store());
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      log(`nothing is known from earlier: ${error.message}`);
      return otherwise;
    }
  };
