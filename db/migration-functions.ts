import { zstdDecompressSync } from 'node:zlib';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import { phoneSchema } from '../native/phone.ts';
import type { NewUid } from './new-uid.ts';
import { pack, packedKinds } from './packed.ts';
import { searchWords } from './search-words.ts';

const packable = z.union([z.string(), z.instanceof(Uint8Array)]);
const causeIds = z.array(z.string());

/**
 * What a migration may call beside SQL:
 * - `new_uid(moment)`: the id of a row of that moment;
 * - `milliseconds_of(moment)`: since 1970;
 * - `packed(kind, dictionary, text)`: as `packed.ts` keeps it; what is a blob is a text that was compressed without a dictionary;
 * - `search_words(phone, causes, label, note, technician, ticket)`: what a snapshot is found by.
 */
export function defineMigrationFunctions(db: Database.Database, newUid: NewUid): void {
  const options = { directOnly: true };
  db.function('new_uid', options, (moment) => newUid(z.string().parse(moment)));
  db.function('milliseconds_of', options, (moment) => BigInt(Date.parse(z.string().parse(moment))));
  db.function('packed', options, (kind, dictionary, content) => {
    const kept = packable.parse(content);
    const text = typeof kept === 'string' ? kept : zstdDecompressSync(kept).toString('utf8');
    return Buffer.from(pack(text, z.enum(packedKinds).parse(kind), z.int().parse(dictionary)));
  });
  db.function('search_words', options, (phone, causes, label, note, technician, ticket) =>
    searchWords({
      phone: phoneSchema.parse(JSON.parse(z.string().parse(phone))),
      causes: causeIds.parse(JSON.parse(z.string().parse(causes))),
      label: z.string().nullable().parse(label),
      note: z.string().parse(note),
      technician: z.string().parse(technician),
      ticket: z.int().nullable().parse(ticket),
    }),
  );
}
