/** One code per remedy; stable, because hosts and scripts tell them apart by it. */
export type StoreErrorCode =
  | 'newer-database'
  | 'foreign-database'
  | 'not-a-database'
  | 'damaged-database'
  | 'damaged-record'
  | 'damaged-rows'
  | 'last-kept-missing'
  | 'case-unfit'
  | 'folder-not-writable'
  | 'disk-full'
  | 'disk-failed'
  | 'database-locked'
  | 'migration-changed'
  | 'migration-failed'
  | 'store-moved'
  | 'file-exists'
  | 'no-backup'
  | 'not-a-backup'
  | 'backup-damaged'
  | 'not-found'
  | 'action-out-of-order'
  | 'walkthrough-over'
  | 'ticket-changed'
  | 'snapshot-changed';

/** A failure of the store that a person can do something about: `message` says what, in full, without a stack. */
export abstract class StoreError extends Error {
  override name = 'StoreError';
  abstract readonly code: StoreErrorCode;
}
