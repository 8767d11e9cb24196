import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isNode, LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { platformSchema } from '../native/phone.ts';
import { compileCondition, ConditionError, pathExists, type Condition } from './conditions.ts';
import { severitySchema } from './finding.ts';
import { templatePaths } from './template.ts';

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date, yyyy-mm-dd');
const condition = z.string().min(1);
const perSchema = z.enum(['phone', 'app']);

const automaticEntrySchema = z.strictObject({
  id: z.string(),
  kind: z.literal('automatic'),
  /** `phone`: changes the whole phone although the cause is judged per app. */
  per: perSchema.optional(),
  when: condition.optional(),
  commands: z.array(z.string().min(1)).min(1),
  inverse: z.array(z.string().min(1)).min(1),
  /** The leaves that hold the exact former state: recorded before, compared after undo. */
  before: z.array(z.string()).min(1),
  verify: condition,
  lastVerified: date,
  source: z.string().min(1),
});

const guidedEntrySchema = z.strictObject({
  id: z.string(),
  kind: z.literal('guided'),
  when: condition.optional(),
  verify: condition.optional(),
  lastVerified: date,
  source: z.string().min(1),
});

const causeEntrySchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens'),
  platforms: z.array(platformSchema).min(1),
  per: perSchema,
  severity: severitySchema,
  /** Where it is false, the cause does not exist on this phone. */
  applies: condition.optional(),
  problem: condition,
  possible: condition.optional(),
  /** Where it is true and nothing was proven, no phone tells this over USB: a person answers. */
  manual: condition.optional(),
  /** Where it is left out: `problem` and `possible` are both proven false. */
  ok: condition.optional(),
  /** It shows that something else is wrong: worked on last, and never what the verdict starts with if anything else is open. */
  symptom: z.boolean().default(false),
  /** Further leaves shown beside those that the conditions read; `app.…` in a cause per phone shows it for every app. */
  evidence: z.array(z.string()).default([]),
  corrections: z.array(z.discriminatedUnion('kind', [automaticEntrySchema, guidedEntrySchema])).min(1),
});

const causeFileSchema = z.strictObject({ causes: z.array(causeEntrySchema) });

const correctionTextSchema = z.strictObject({
  title: z.string().min(1),
  steps: z.array(z.string().min(1)).optional(),
  caution: z.string().min(1).optional(),
});
const statementsSchema = z.strictObject({
  /** What it is about, in two or three words. */
  name: z.string().min(1),
  problem: z.string().min(1),
  possible: z.string().min(1).optional(),
  ok: z.string().min(1),
  /** What a problem does to uploads, after "…, so": where the severity's own words are not exact. */
  effect: z.string().min(1).optional(),
  explanation: z.string().min(1),
  /** How a person finds out without this program. */
  check: z.array(z.string().min(1)).min(1),
});
const causeTextSchema = statementsSchema.extend({
  /** What is said differently about an iPhone. */
  ios: statementsSchema.partial().optional(),
  corrections: z.record(z.string(), correctionTextSchema),
});
export type CauseText = z.infer<typeof causeTextSchema>;
const textFileSchema = z.record(z.string(), causeTextSchema);

const appEntrySchema = z.strictObject({
  name: z.string().min(1),
  /** Package ids; the first is the usual one. */
  android: z.array(z.string()).default([]),
  /** Bundle ids. */
  ios: z.array(z.string()).default([]),
  /** What the app calls its backup, newest name last. */
  feature: z.array(z.string().min(1)).min(1),
  /** Where its switch is. */
  switch: z.string().min(1),
  /** What a person must allow it. */
  needs: z.array(z.enum(['photos', 'notifications'])),
  /** How it works in the background: in scheduled jobs, in a sync adapter of Android, or in the photo engine of iOS. */
  uploadsBy: z.enum(['jobs', 'sync', 'icloud']),
  /** Types of the Android account it signs in with; empty where it keeps its sign-in to itself. */
  accountTypes: z.array(z.string()).default([]),
});
const appFileSchema = z.strictObject({ version: z.string().min(1), apps: z.array(appEntrySchema).min(1) });
export type BackupApp = z.infer<typeof appEntrySchema>;

type Compiled<T> = Omit<T, 'when' | 'verify'> & { when: Condition | null; verify: Condition | null };
export type AutomaticCorrection = Compiled<z.infer<typeof automaticEntrySchema>> & { verify: Condition };
export type GuidedCorrection = Compiled<z.infer<typeof guidedEntrySchema>>;
export type Correction = AutomaticCorrection | GuidedCorrection;

/** A reason for backups to pause, ready to be judged. */
export interface Cause {
  id: string;
  platforms: readonly z.infer<typeof platformSchema>[];
  per: 'phone' | 'app';
  severity: z.infer<typeof severitySchema>;
  applies: Condition | null;
  problem: Condition;
  possible: Condition | null;
  manual: Condition | null;
  ok: Condition | null;
  symptom: boolean;
  evidence: readonly string[];
  corrections: readonly Correction[];
  text: CauseText;
}

export interface Catalog {
  version: string;
  /** In the order of work: what to look at first stands first. */
  causes: readonly Cause[];
  apps: readonly BackupApp[];
}

/** One mistake in the catalog's files. */
export interface CatalogProblem {
  file: string;
  entry: string;
  line: number;
  message: string;
}

/** Thrown by {@link loadCatalog} with every mistake it found, each with file, line and entry. */
export class CatalogError extends Error {
  override name = 'CatalogError';
  readonly problems: readonly CatalogProblem[];

  constructor(problems: readonly CatalogProblem[]) {
    super(problems.map((p) => `${p.file}:${p.line}: ${p.entry}: ${p.message}`).join('\n'));
    this.problems = problems;
  }
}

type Path = readonly PropertyKey[];

/** One YAML file, with the way from a place in its data back to a line. */
class CatalogFile {
  readonly name: string;
  private readonly document: Document.Parsed;
  private readonly lines = new LineCounter();
  private readonly problems: CatalogProblem[];

  constructor(folder: string, name: string, problems: CatalogProblem[]) {
    this.name = name;
    this.problems = problems;
    this.document = parseDocument(readFileSync(join(folder, name), 'utf8'), { lineCounter: this.lines });
    for (const error of this.document.errors)
      this.addAt(error.linePos?.[0].line ?? 1, [], error.message.split('\n')[0] ?? '');
  }

  /** The checked content, or null after its mistakes were noted. */
  read<T>(schema: z.ZodType<T>): T | null {
    if (this.document.errors.length > 0) return null;
    const result = schema.safeParse(this.document.toJS());
    if (result.success) return result.data;
    for (const issue of result.error.issues) this.add(issue.path, `${issue.path.join('.')}: ${issue.message}`);
    return null;
  }

  add(path: Path, message: string): void {
    this.addAt(this.lineOf(path), path, message);
  }

  private addAt(line: number, path: Path, message: string): void {
    this.problems.push({ file: this.name, entry: this.entryOf(path), line, message });
  }

  private lineOf(path: Path): number {
    for (let length = path.length; length > 0; length -= 1) {
      const node = this.document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return this.lines.linePos(node.range[0]).line;
    }
    return 1;
  }

  private entryOf(path: Path): string {
    const [list, index] = path;
    if (index === undefined) return list === undefined ? '(file)' : String(list);
    const node = this.document.getIn([list, index], true);
    const id = isMap(node) ? (node.get('id') ?? node.get('name')) : undefined;
    return typeof id === 'string' ? id : String(typeof index === 'number' ? `entry ${index + 1}` : list);
  }
}

function compiled(file: CatalogFile, path: Path, source: string): Condition | null {
  try {
    return compileCondition(source);
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error;
    file.add(path, `${String(path.at(-1))}: ${error.message} (in \`${source}\`)`);
    return null;
  }
}

function compileOptional(file: CatalogFile, path: Path, source: string | undefined): Condition | null {
  return source === undefined ? null : compiled(file, path, source);
}

type CauseEntry = z.infer<typeof causeEntrySchema>;

function checkPaths(file: CatalogFile, path: Path, names: readonly string[]): void {
  for (const name of names) if (!pathExists(name)) file.add(path, `no such value: ${name}`);
}

function compileCorrection(
  file: CatalogFile,
  path: Path,
  entry: CauseEntry['corrections'][number],
  text: CauseText | undefined,
): Correction | null {
  const words = text?.corrections[entry.id];
  if (text !== undefined && words === undefined) file.add(path, `no text for the correction ${entry.id}`);
  const when = compileOptional(file, [...path, 'when'], entry.when);
  const verify = compileOptional(file, [...path, 'verify'], entry.verify);
  if (entry.kind === 'guided') {
    if (words !== undefined && words.steps === undefined)
      file.add(path, `the guided correction ${entry.id} has no steps`);
    return { ...entry, when, verify };
  }
  for (const template of [...entry.commands, ...entry.inverse]) checkPaths(file, path, templatePaths(template));
  checkPaths(file, [...path, 'before'], entry.before);
  return verify === null ? null : { ...entry, when, verify };
}

function checkCorrections(file: CatalogFile, path: Path, entry: CauseEntry, text: CauseText | undefined): void {
  const ids = entry.corrections.map((correction) => correction.id);
  for (const id of duplicates(ids)) file.add([...path, 'corrections'], `the correction ${id} is there twice`);
  const last = entry.corrections.findLast((correction) => correction.kind === 'guided');
  if (last === undefined) file.add([...path, 'corrections'], 'a cause needs a guided correction');
  else if (last.when !== undefined) {
    file.add(
      [...path, 'corrections', ids.indexOf(last.id)],
      'the last guided correction must fit every phone: no `when`',
    );
  }
  if (text === undefined) return;
  for (const id of Object.keys(text.corrections)) {
    if (!ids.includes(id)) file.add(path, `there is a text for the correction ${id}, which does not exist`);
  }
  if (entry.per === 'phone' && JSON.stringify(text).includes('{app}')) {
    file.add(path, `the text names {app}, but ${entry.id} is judged per phone`);
  }
}

function compileCause(file: CatalogFile, index: number, entry: CauseEntry, text: CauseText | undefined): Cause | null {
  const path: Path = ['causes', index];
  if (text === undefined) file.add(path, `no English text for ${entry.id}`);
  if (entry.possible !== undefined && text !== undefined && text.possible === undefined) {
    file.add(path, `${entry.id} can be possible, but has no title for it`);
  }
  checkPaths(file, [...path, 'evidence'], entry.evidence);
  checkCorrections(file, path, entry, text);
  const problem = compiled(file, [...path, 'problem'], entry.problem);
  const corrections = entry.corrections.map((correction, at) =>
    compileCorrection(file, [...path, 'corrections', at], correction, text),
  );
  const optional = {
    applies: compileOptional(file, [...path, 'applies'], entry.applies),
    possible: compileOptional(file, [...path, 'possible'], entry.possible),
    manual: compileOptional(file, [...path, 'manual'], entry.manual),
    ok: compileOptional(file, [...path, 'ok'], entry.ok),
  };
  if (problem === null || text === undefined) return null;
  return { ...entry, ...optional, problem, text, corrections: corrections.filter((correction) => correction !== null) };
}

function duplicates(ids: readonly string[]): string[] {
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}

function checkApps(file: CatalogFile, apps: readonly BackupApp[]): void {
  for (const platform of platformSchema.options) {
    const seen = new Set<string>();
    for (const [index, app] of apps.entries()) {
      for (const id of app[platform]) {
        if (seen.has(id)) file.add(['apps', index, platform], `the app id ${id} is used twice`);
        seen.add(id);
      }
    }
  }
}

/** Where the built-in catalog lies. */
export const builtInCatalog = join(import.meta.dirname, 'catalog');

/** The order of the cause files, and of the causes in them, is the order of work: roots before what they cause. */
const causeFiles = ['connection', 'app', 'background', 'power', 'storage'] as const;

/**
 * Loads and checks a catalog folder: `apps.yaml`, `causes/*.yaml`, `texts/en/*.yaml`. Throws {@link CatalogError} with every mistake.
 */
export function loadCatalog(folder: string = builtInCatalog): Catalog {
  const problems: CatalogProblem[] = [];
  const open = (name: string) => new CatalogFile(folder, name, problems);

  const texts = new Map<string, { text: CauseText; file: CatalogFile }>();
  for (const name of readdirSync(join(folder, 'texts', 'en')).sort()) {
    const file = open(`texts/en/${name}`);
    for (const [id, text] of Object.entries(file.read(textFileSchema) ?? {})) {
      if (texts.has(id)) file.add([id], `there is a second text for ${id}`);
      texts.set(id, { text, file });
    }
  }

  const found = new Set(readdirSync(join(folder, 'causes')).map((name) => name.replace(/\.yaml$/, '')));
  const names = [...causeFiles.filter((name) => found.delete(name)), ...[...found].sort()];
  const ids = new Set<string>();
  const causes = names.flatMap((name) => {
    const file = open(`causes/${name}.yaml`);
    const entries = file.read(causeFileSchema)?.causes ?? [];
    return entries.map((entry, index) => {
      if (ids.has(entry.id)) file.add(['causes', index], `the id ${entry.id} is used twice`);
      ids.add(entry.id);
      return compileCause(file, index, entry, texts.get(entry.id)?.text);
    });
  });
  const known = causes.filter((cause) => cause !== null);
  // A cause file that could not be read at all has no ids; then a text without a cause is no mistake of its own.
  if (problems.length === 0) {
    for (const [id, { file }] of texts)
      if (!ids.has(id)) file.add([id], `there is a text for ${id}, but no such cause`);
  }

  const appFile = open('apps.yaml');
  const apps = appFile.read(appFileSchema);
  checkApps(appFile, apps?.apps ?? []);
  if (problems.length > 0 || apps === null) throw new CatalogError(problems);
  return { version: apps.version, causes: known, apps: apps.apps };
}
