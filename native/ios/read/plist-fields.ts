import type { Answer } from '../../capture.ts';
import { unavailable, Unavailable } from '../../unavailable.ts';
import { readPlist, type PlistDict, type PlistValue } from './plist.ts';
import { isPlistDict } from './plist-value.ts';

/** Seconds from 1970 to 2001, where iOS counts many of its times from. */
const SECONDS_1970_TO_2001 = 978_307_200;

/** The property list of an answer. */
export function plistOf(answer: Answer): PlistValue | Unavailable {
  const plist = readPlist(answer.output);
  return plist.ok ? plist.value : unavailable('unparsed', `The answer is no property list: ${plist.error.detail}.`);
}

/** The same, where it must be a dictionary. */
export function dictOf(answer: Answer): PlistDict | Unavailable {
  const value = plistOf(answer);
  if (value instanceof Unavailable) return value;
  return isPlistDict(value) ? value : unavailable('unparsed', 'The answer is no dictionary.');
}

const utc = (date: Date): string => date.toISOString();

/** Whether something is there that is of another type than iOS writes: unlike what is absent, it never has a usual value. */
export const isUnparsed = (value: unknown): value is Unavailable =>
  value instanceof Unavailable && value.reason === 'unparsed';

/** The values of a dictionary by key, each of one type; what is not there, or is of another type, is unavailable. */
export class PlistFields {
  readonly dict: PlistDict;

  constructor(dict: PlistDict) {
    this.dict = dict;
  }

  has(key: string): boolean {
    return this.dict[key] !== undefined;
  }

  bool(key: string): boolean | Unavailable {
    return this.#read(key, (value) => (typeof value === 'boolean' ? value : undefined));
  }

  /** A flag that iOS writes only where it is not the usual value. */
  flag(key: string, usual: boolean): boolean | Unavailable {
    return this.has(key) ? this.bool(key) : usual;
  }

  int(key: string): number | Unavailable {
    return this.#read(key, (value) => (Number.isSafeInteger(value) ? Number(value) : undefined));
  }

  /** A number of things or of bytes: never below none, and never above `most`. */
  count(key: string, most = Number.MAX_SAFE_INTEGER): number | Unavailable {
    const count = this.int(key);
    if (count instanceof Unavailable || (count >= 0 && count <= most)) return count;
    return unavailable('unparsed', `${key} is a number that cannot be.`);
  }

  text(key: string): string | Unavailable {
    return this.#read(key, (value) => (typeof value === 'string' ? value : undefined));
  }

  /** A date; UTC, ISO 8601. */
  moment(key: string): string | Unavailable {
    return this.#read(key, (value) => (value instanceof Date ? utc(value) : undefined));
  }

  /** A date that is written as seconds since 2001; UTC, ISO 8601. */
  momentSince2001(key: string): string | Unavailable {
    return this.#read(key, (value) => {
      if (value instanceof Date) return utc(value);
      if (typeof value !== 'number' || Math.abs(value) > 1e11) return undefined;
      return utc(new Date((value + SECONDS_1970_TO_2001) * 1000));
    });
  }

  /** A dictionary inside; an empty one where there is none. */
  inner(key: string): PlistFields {
    const value = this.dict[key];
    return new PlistFields(value !== undefined && isPlistDict(value) ? value : {});
  }

  /** A dictionary inside, where what reads it has to know whether it is there. */
  dictionary(key: string): PlistFields | Unavailable {
    return this.#read(key, (value) => (isPlistDict(value) ? new PlistFields(value) : undefined));
  }

  /** The texts of an array; an array that holds anything else is of an unknown type as a whole. */
  texts(key: string): string[] | Unavailable {
    return this.#read(key, (value) => {
      const texts = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
      return Array.isArray(value) && texts.length === value.length ? texts : undefined;
    });
  }

  #read<T>(key: string, as: (value: PlistValue) => T | undefined): T | Unavailable {
    const value = this.dict[key];
    if (value === undefined) return unavailable('missing', `The iPhone does not say ${key}.`);
    return as(value) ?? unavailable('unparsed', `${key} is of an unknown type.`);
  }
}
