import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { z } from 'zod';
import { hashOfUnit } from '../../../db/case-rows.ts';
import { caseContentSchema, type CaseContent } from '../../../db/cases.ts';
import { FileExistsError, toStoreError } from '../../../db/errors.ts';
import { jsonHasMoreValuesThan } from '../../../native/offline/json-values.ts';
import { ApplicationError } from '../program/problem.ts';

/**
 * A case: a zstd file (RFC 8878) whose first frame is skippable and says in plain words what it is, then one JSON document: a manifest with
 * the SHA-256 of every unit, and the units.
 */
const skippableMagic = 0x184d2a50;
const headingPrefix = 'phone-health-case ';
const version = 1;

/** A ticket with twenty snapshots takes 20 MiB of text and 100,000 values. */
const largestBytes = 96 * 1024 * 1024;
const mostValues = 1_000_000;

const manifestSchema = z.object({
  /** When it was made; UTC, ISO 8601. */
  madeAt: z.iso.datetime(),
  /** The version of the program that made it. */
  program: z.string().max(40),
  redacted: z.boolean(),
  /** SHA-256 of each unit, in their order. */
  units: z.array(z.object({ uid: z.uuid(), sha256: z.string().length(64) })).max(20_000),
  /** SHA-256 of the phones. */
  phones: z.string().length(64),
  /** How the tickets are called where it was made; a former version did not say so. */
  tickets: z
    .array(z.object({ uid: z.uuid(), number: z.string().max(40) }))
    .max(20_000)
    .default([]),
});
export type CaseManifest = z.infer<typeof manifestSchema>;

const documentSchema = z.object({ manifest: manifestSchema, content: caseContentSchema });
export type CaseDocument = z.infer<typeof documentSchema>;

const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

function trouble(code: 'case-damaged' | 'case-newer' | 'case-too-large' | 'no-case', message: string, step: string) {
  return new ApplicationError(code, message, [step]);
}

const damaged = (what: string): ApplicationError =>
  trouble(
    'case-damaged',
    `The case is damaged: ${what}. Nothing was taken in.`,
    'Copy the file again from where it was made.',
  );

function heading(): Buffer {
  const content = Buffer.from(`${headingPrefix}${version}\n`, 'ascii');
  const head = Buffer.alloc(8);
  head.writeUInt32LE(skippableMagic, 0);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content]);
}

/** Whether a file is a case of any version, by its first bytes; one that cannot be opened is none. */
export function isCaseFile(file: string): boolean {
  let opened: number | null = null;
  try {
    // A pipe would be waited for.
    if (!statSync(file).isFile()) return false;
    opened = openSync(file, 'r');
    const head = Buffer.alloc(64);
    return looksLikeCase(head.subarray(0, readSync(opened, head)));
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  } finally {
    if (opened !== null) closeSync(opened);
  }
}

const looksLikeCase = (head: Buffer): boolean =>
  head.length >= 8 + headingPrefix.length &&
  head.readUInt32LE(0) === skippableMagic &&
  head.toString('ascii', 8, 8 + headingPrefix.length) === headingPrefix;

/** When a case was made, by what, and how. */
export type CaseMade = Pick<CaseManifest, 'madeAt' | 'program' | 'redacted'> & Partial<Pick<CaseManifest, 'tickets'>>;

/** A case as the bytes of its file. */
export function packCase(content: CaseContent, made: CaseMade): Buffer {
  const units = content.units.map((unit) => ({ uid: unit.uid, sha256: hashOfUnit(unit) }));
  const document: CaseDocument = { manifest: { tickets: [], ...made, units, phones: hashOf(content.phones) }, content };
  const packed = zstdCompressSync(JSON.stringify(document), { params: { [constants.ZSTD_c_checksumFlag]: 1 } });
  return Buffer.concat([heading(), packed]);
}

/** Writes a case. The file appears under its name only when it is whole. Throws a `StoreError`. */
export function writeCase(file: string, content: CaseContent, made: CaseMade): void {
  if (existsSync(file)) throw new FileExistsError(file);
  const bytes = packCase(content, made);
  const temporary = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    writeFileSync(temporary, bytes, { mode: 0o600, flag: 'wx', flush: true });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw toStoreError(error, file);
  }
}

/** Reads a case, of which nothing is believed. Throws `no-case`, `case-newer`, `case-damaged`, `case-too-large`, or a `StoreError`. */
export const readCase = (file: string): CaseDocument => readCaseBytes(contentsOf(file), file);

/** The same of the bytes of a file. */
export function readCaseBytes(bytes: Buffer, file: string): CaseDocument {
  const written = /^phone-health-case (\d{1,6})\n$/.exec(
    looksLikeCase(bytes)
      ? bytes.toString('ascii', 8, Math.min(bytes.length, 8 + Math.min(bytes.readUInt32LE(4), 64)))
      : '',
  )?.[1];
  if (written === undefined) {
    throw trouble('no-case', `${file} is no case of this program.`, 'Choose a file that "case export" has made.');
  }
  if (Number(written) > version) {
    throw trouble(
      'case-newer',
      `The case was made by a newer version of this program (format ${written}; this program knows ${version}). Nothing was taken in.`,
      'Update this program.',
    );
  }
  const json = unpacked(bytes.subarray(8 + bytes.readUInt32LE(4)));
  if (jsonHasMoreValuesThan(json, mostValues)) throw tooLarge();
  const document = parsed(json);
  requireHashes(document);
  return document;
}

const tooLarge = (): ApplicationError =>
  trouble(
    'case-too-large',
    `The case is larger than ${largestBytes / 1_048_576} MiB, or holds more than any real one.`,
    'Export fewer tickets at a time.',
  );

/** Throws where it is no file, or larger than any case. */
function requireCaseSized(file: string): void {
  const found = statSync(file);
  if (!found.isFile()) throw trouble('no-case', `${file} is no file.`, 'Choose a file that "case export" has made.');
  if (found.size > largestBytes) throw tooLarge();
}

function whyUnread(error: unknown, file: string): unknown {
  if (error instanceof ApplicationError) return error;
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
    return trouble('no-case', `There is no file ${file}.`, 'Check its name.');
  }
  return toStoreError(error, file);
}

function contentsOf(file: string): Buffer {
  try {
    requireCaseSized(file);
    return readFileSync(file);
  } catch (error) {
    throw whyUnread(error, file);
  }
}

/** The bytes of a file that may be a case; others go on meanwhile. Throws `no-case`, `case-too-large`, or a `StoreError`. */
export async function caseBytes(file: string): Promise<Buffer> {
  try {
    requireCaseSized(file);
    return await readFile(file);
  } catch (error) {
    throw whyUnread(error, file);
  }
}

function unpacked(bytes: Buffer): Buffer {
  try {
    return zstdDecompressSync(bytes, { maxOutputLength: largestBytes });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw damaged('its bytes are not those that were written');
  }
}

function parsed(json: Buffer): CaseDocument {
  try {
    return documentSchema.parse(JSON.parse(json.toString('utf8')));
  } catch (error) {
    if (error instanceof SyntaxError) throw damaged('it is no JSON');
    if (error instanceof z.ZodError)
      throw damaged(`${error.issues[0]?.path.join('.') ?? ''}: ${error.issues[0]?.message ?? ''}`.slice(0, 200));
    throw error;
  }
}

function requireHashes({ manifest, content }: CaseDocument): void {
  if (manifest.phones !== hashOf(content.phones)) throw damaged('the phones are not those that were written');
  if (manifest.units.length !== content.units.length) throw damaged('a part of it is missing');
  for (const [index, unit] of content.units.entries()) {
    const told = manifest.units[index];
    if (told?.uid !== unit.uid || told.sha256 !== hashOfUnit(unit))
      throw damaged(`${unit.kind} ${unit.uid} was changed`);
  }
}
