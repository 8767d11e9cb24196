import type { PhoneSource } from '../source.ts';

/** What guided steps ask of the owner of a phone, told by the values that prove afterwards that it was done. */
export interface OwnerAct {
  /** Paths of leaves: `network.airplaneMode`, `app.exempt`; `state` for what keeps the phone itself from being read. */
  proves: readonly string[];
  /** The app that the steps are about; null where they are about the whole phone. */
  app: string | null;
}

/** Phones that exist only in memory, for walking the whole way without one. They answer the same questions as real ones. */
export interface SampleSource extends PhoneSource {
  /** Every sample that can be had. */
  readonly samples: readonly { id: string; title: string }[];
  /**
   * Adds a sample in the state its description tells; one that is already there is made anew. Resolves with the phone's id.
   * Rejects with {@link NativeError} `unknown-sample`.
   */
  add(sampleId: string): Promise<string>;
  /** Takes a phone away; nothing happens where it is not there. */
  remove(phoneId: string): void;
  /**
   * Does on the sample what its owner would do with a finger, so that a guided correction can be walked to its end. False where
   * this sample has nothing to change there. Throws {@link NativeError} `unknown-phone`.
   */
  actAsOwner(phoneId: string, act: OwnerAct): boolean;
}
