import type { z } from 'zod';
import { allUnavailable } from '../../assemble.ts';
import type { Answer } from '../../capture.ts';
import type { Parsed, PhoneProbe, Scope } from '../../probe.ts';
import type { Gives, Reading, ReadingValues } from '../../reading.ts';
import { unavailable, Unavailable } from '../../unavailable.ts';
import { dictOf, PlistFields } from './plist-fields.ts';

interface ProbeDefinition {
  id: string;
  asked: PhoneProbe['asked'];
  gives: Gives;
  command: (scope: Scope) => readonly string[];
}

const parsed = (values: ReadingValues, unknownLines = 0): Parsed => ({ values, unknownLines });

const failed = (gives: Gives, so: Reading, why: Unavailable): Parsed =>
  parsed(allUnavailable(gives, Object.keys(so.apps), why));

/** A probe whose answer is a property list with a dictionary. `known`: its keys, where others are worth counting. */
export function plistProbe(
  definition: ProbeDefinition & {
    known?: ReadonlySet<string>;
    read: (fields: PlistFields, so: Reading, answer: Answer) => ReadingValues;
  },
): PhoneProbe {
  const { read, known, ...probe } = definition;
  return {
    ...probe,
    platform: 'ios',
    per: 'phone',
    parse(_text, so, answer) {
      const dict = dictOf(answer);
      if (dict instanceof Unavailable) return failed(probe.gives, so, dict);
      const unknown = known === undefined ? 0 : Object.keys(dict).filter((key) => !known.has(key)).length;
      return parsed(read(new PlistFields(dict), so, answer), unknown);
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A probe whose answer is JSON that this program's own process has written. */
export function jsonProbe<S extends z.ZodType>(
  definition: ProbeDefinition & { schema: S; read: (value: z.infer<S>, so: Reading, answer: Answer) => ReadingValues },
): PhoneProbe {
  const { schema, read, ...probe } = definition;
  return {
    ...probe,
    platform: 'ios',
    per: 'phone',
    parse(text, so, answer) {
      const value = schema.safeParse(jsonOf(text));
      if (value.success) return parsed(read(value.data, so, answer));
      return failed(probe.gives, so, unavailable('unparsed', 'The answer is not what this program writes.'));
    },
  };
}
