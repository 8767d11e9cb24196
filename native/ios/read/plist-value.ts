/**
 * A value of a property list. Integers that a `number` cannot hold exactly are `bigint`; data is bytes; a dictionary has no
 * prototype, so a key such as `__proto__` is only a key.
 */
export type PlistValue = string | boolean | number | bigint | Date | Uint8Array | PlistUid | PlistValue[] | PlistDict;

/** A dictionary of a property list. */
export interface PlistDict {
  [key: string]: PlistValue;
}

/** A reference inside a keyed archive (NSKeyedArchiver): an index into its `$objects`. */
export class PlistUid {
  readonly index: number;
  constructor(index: number) {
    this.index = index;
  }
}

/** Why bytes could not be read. `offset` is where in the bytes it was noticed. */
export interface PlistFailure {
  readonly kind: 'not-a-plist' | 'truncated' | 'malformed' | 'too-deep' | 'too-large';
  readonly detail: string;
  readonly offset: number;
}

/** What a reader accepts before it gives up: a hostile file must not use up memory or stack. */
export interface PlistLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
  /** Values in the whole tree; a binary list may name one object many times, and each naming counts. */
  readonly maxValues: number;
  /** What the whole tree takes in memory, by {@link costOf}; an object that is named many times counts each time. */
  readonly maxDecodedBytes: number;
}

/** Bytes of memory that values take, measured on Node 24 and rounded up. */
export const costOf = {
  scalar: 48,
  date: 112,
  data: 224,
  array: 48,
  /** For each item of an array. */
  item: 8,
  /** A dictionary without a prototype is a hash table from the start. */
  dict: 208,
  /** For each entry of a dictionary. */
  entry: 72,
  /** For each object of a binary list, so that it is read once. */
  remembered: 112,
} as const;

/** Thrown inside the readers only; `readPlist` turns it into a result. */
export class PlistError extends Error {
  readonly failure: PlistFailure;
  constructor(kind: PlistFailure['kind'], detail: string, offset: number) {
    super(detail);
    this.name = 'PlistError';
    this.failure = { kind, detail, offset };
  }
}

/** An empty dictionary without a prototype. */
export function emptyDict(): PlistDict {
  return Object.create(null) as PlistDict;
}

/** True for a dictionary, false for every other kind of value. */
export function isPlistDict(value: PlistValue): value is PlistDict {
  return (
    typeof value === 'object' &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof Uint8Array) &&
    !(value instanceof PlistUid)
  );
}

/** An integer as `number` where that is exact, else as `bigint`. */
export function exactInteger(value: bigint): number | bigint {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

/** Counts values, depth and memory against the limits while a reader walks the tree. */
export class PlistBudget {
  readonly #limits: PlistLimits;
  #values = 0;
  #bytes = 0;
  constructor(limits: PlistLimits) {
    this.#limits = limits;
  }

  /** What was taken so far. */
  get taken(): { values: number; bytes: number } {
    return { values: this.#values, bytes: this.#bytes };
  }

  /** Takes one value at the given depth; throws when a limit is passed. */
  take(depth: number, offset: number): void {
    this.takeAgain({ values: 1, bytes: 0 }, depth, offset);
  }

  /** Takes a tree that was read before, whose deepest value lies at `depth` this time. */
  takeAgain({ values, bytes }: { values: number; bytes: number }, depth: number, offset: number): void {
    this.#values += values;
    if (depth > this.#limits.maxDepth) {
      throw new PlistError('too-deep', `nested deeper than ${this.#limits.maxDepth}`, offset);
    }
    if (this.#values > this.#limits.maxValues) {
      throw new PlistError('too-large', `more than ${this.#limits.maxValues} values`, offset);
    }
    this.spend(bytes, offset);
  }

  /** Takes memory, before it is used. */
  spend(bytes: number, offset: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.#limits.maxDecodedBytes) {
      throw new PlistError('too-large', `more than ${this.#limits.maxDecodedBytes} bytes in memory`, offset);
    }
  }
}
