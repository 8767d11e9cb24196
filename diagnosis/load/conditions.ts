import { Environment, EvaluationError, ParseError, serialize, type ParseResult } from '@marcbachmann/cel-js';
import type { z } from 'zod';
import type { Platform } from '../../native/phone.ts';
import { isKnown, sectionNames, type AppReading, type Leaf, type Reading } from '../../native/reading.ts';
import { appLeaves, sectionLeaves } from '../../native/vocabulary.ts';
import type { AppEntry } from './catalog-schemas.ts';
import { decidingPaths, type Node } from './deciding-paths.ts';

/** `unknown`: a value that the condition needs could not be read, and what is known does not decide it. */
export type Truth = true | false | 'unknown';

/** A condition of the catalog: CEL over the values of a reading, checked against their declared types. */
export interface Condition {
  source: string;
  /** `section.leaf` and `app.leaf` names that it reads: the evidence of its verdict. */
  reads: readonly string[];
  evaluate(values: ConditionValues): Truth;
  /** Of the paths that it reads those whose values make it true, the telling ones first; empty where it does not hold. */
  decides(values: ConditionValues): readonly string[];
}

/** What conditions see of a reading: the known values only. An absent value is CEL's "no such key", which `&&` and `||` absorb. */
export type ConditionValues = Record<string, unknown>;

/** Thrown where a condition is not valid CEL, names an unknown path, or gives no bool. The message is one line. */
export class ConditionError extends Error {
  override name = 'ConditionError';
}

type Zod = z.core.$ZodType;
type CelType = string;

const types = new Map<string, Zod>();
const environment = new Environment();

/** The CEL type of a Zod schema; named object types are registered on the way. Throws on a schema the vocabulary has no use for. */
function celType(schema: Zod, name: string): CelType {
  const { def } = schema._zod;
  switch (def.type) {
    case 'string':
    case 'enum':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'number':
      return isInteger(schema) ? 'int' : 'double';
    case 'array':
      return `list<${celType((def as z.core.$ZodArrayDef).element, name)}>`;
    case 'record':
      return `map<string, ${celType((def as z.core.$ZodRecordDef).valueType, name)}>`;
    case 'object':
      return registerObject(schema, name);
    case 'optional':
      return celType((def as z.core.$ZodOptionalDef).innerType, name);
    default:
      throw new ConditionError(`The vocabulary holds a ${def.type} at ${name}, which conditions cannot read.`);
  }
}

const isInteger = (schema: Zod): boolean =>
  'format' in schema._zod.def && (schema._zod.def as z.core.$ZodNumberFormatDef).format === 'safeint';

function fieldTypes(shape: Readonly<Record<string, Zod>>, name: string): Record<string, CelType> {
  return Object.fromEntries(
    Object.entries(shape).map(([field, schema]) => [field, celType(schema, `${name}_${field}`)]),
  );
}

/** A section or an app: any of its leaves may be absent. */
function registerLeaves(shape: Readonly<Record<string, Zod>>, name: string): CelType {
  environment.registerType(name, { schema: fieldTypes(shape, name) });
  return name;
}

/** An object inside a list or a map. CEL tells its declared type by its constructor, so each type gets a class of its own. */
class CelObject {
  [field: string]: unknown;

  constructor(fields: Record<string, unknown>) {
    Object.assign(this, fields);
  }
}

const constructors = new Map<Zod, typeof CelObject>();
const registered = new Map<Zod, CelType>();

/** A shape that several leaves share is one type: photos and videos alike. */
function registerObject(schema: Zod, name: string): CelType {
  const known = registered.get(schema);
  if (known !== undefined) return known;
  registered.set(schema, name);
  const ctor = class extends CelObject {};
  constructors.set(schema, ctor);
  environment.registerType(name, { ctor, fields: fieldTypes((schema._zod.def as z.core.$ZodObjectDef).shape, name) });
  return name;
}

const typeName = (section: string): string => section.charAt(0).toUpperCase() + section.slice(1);

for (const section of sectionNames) {
  const type = registerLeaves(sectionLeaves[section], typeName(section));
  environment.registerVariable(section, type);
  for (const [name, schema] of Object.entries(sectionLeaves[section])) types.set(`${section}.${name}`, schema);
}
const appType = registerLeaves(appLeaves, 'App');
environment.registerVariable('app', appType);
environment.registerVariable('apps', `list<${appType}>`);
environment.registerVariable('takenAt', 'google.protobuf.Timestamp');
/** `android` or `ios`: known of every reading, where `identity.skin` may not have been read. */
environment.registerVariable('platform', 'string');
/** What apps.yaml says about the app: facts of the catalog, not values of a phone. */
environment.registerType('Backup', {
  schema: {
    uploadsBy: 'string',
    needs: 'list<string>',
    accountTypes: 'list<string>',
    authorities: 'list<string>',
    atHome: 'bool',
    largestPhotoBytes: 'int',
    largestVideoBytes: 'int',
    removable: 'bool',
    endedOn: 'google.protobuf.Timestamp',
  },
});
environment.registerVariable('backup', 'Backup');
for (const [name, schema] of Object.entries(appLeaves)) types.set(`app.${name}`, schema);
/** Whether the photos leave by the app: what the reading and the test photos prove together. Neither is there where nobody knows. */
environment.registerType('Upload', {
  schema: { chosen: 'bool', running: 'bool', stalled: 'bool', testPhotoFailed: 'bool' },
});
environment.registerVariable('upload', 'Upload');
/** `major("15.8.2")` is 15. A version that begins with no number is "unknown", like a moment that is none. */
environment.registerFunction('major(string): int', (version: string) => {
  const number = /^\d{1,6}/.exec(version);
  if (number === null) throw new EvaluationError({ code: 'invalid_version', message: `${version} is no version.` });
  return BigInt(number[0]);
});
/** The same phone in its newest earlier snapshot; `has(previous.takenAt)` tells whether there is one. */
environment.registerType('Previous', {
  schema: {
    ...Object.fromEntries(sectionNames.map((section) => [section, typeName(section)])),
    app: appType,
    takenAt: 'google.protobuf.Timestamp',
  },
});
environment.registerVariable('previous', 'Previous');

/** Turns a value of a reading into one of CEL. */
type Convert = (value: unknown) => unknown;

const asItIs: Convert = (value) => value;

const mapValues = (object: Record<string, unknown>, map: (value: unknown, key: string) => unknown) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value, key)]));

/** CEL's int is a BigInt; its objects are told apart by their constructor. */
function toCel(schema: Zod): Convert {
  const { def } = schema._zod;
  if (def.type === 'number') return isInteger(schema) ? (value) => BigInt(value as number) : asItIs;
  if (def.type === 'array') {
    const convert = toCel((def as z.core.$ZodArrayDef).element);
    return (value) => (value as unknown[]).map(convert);
  }
  if (def.type === 'record') {
    const convert = toCel((def as z.core.$ZodRecordDef).valueType);
    return (value) => mapValues(value as Record<string, unknown>, convert);
  }
  if (def.type === 'object') {
    const convert = eachToCel((def as z.core.$ZodObjectDef).shape);
    const construct = constructors.get(schema);
    return (value) => {
      const fields = mapValues(value as Record<string, unknown>, (item, key) => (convert.get(key) ?? asItIs)(item));
      return construct === undefined ? fields : new construct(fields);
    };
  }
  return asItIs;
}

/** By name: a reading has thousands of values of a few hundred leaves. */
const eachToCel = (schemas: Readonly<Record<string, Zod>>): ReadonlyMap<string, Convert> =>
  new Map(Object.entries(schemas).map(([name, schema]) => [name, toCel(schema)]));

function knownValues(
  leaves: Record<string, Leaf<unknown> | undefined>,
  convert: ReadonlyMap<string, Convert>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const name in leaves) {
    const leaf = leaves[name];
    if (isKnown(leaf)) {
      const one = convert.get(name);
      if (one !== undefined) values[name] = one(leaf.value);
    }
  }
  return values;
}

const appToCel = eachToCel(appLeaves);
const sectionsToCel = new Map(sectionNames.map((name) => [name, eachToCel(sectionLeaves[name])]));

function sectionValues(reading: Reading): ConditionValues {
  const values: ConditionValues = {};
  for (const [name, convert] of sectionsToCel) values[name] = knownValues(reading[name], convert);
  return values;
}

/** What conditions see where only the kind of phone is known. */
export function kindValues(platform: Platform): ConditionValues {
  const sections = Object.fromEntries(sectionNames.map((name) => [name, {}]));
  const previous = { ...sections, app: {} };
  return { takenAt: new Date(0), platform, app: {}, backup: {}, upload: {}, previous, ...sections, apps: [] };
}

/** The apps of each phone: an app stands among all of them, and is judged by itself. */
const appsOf = new WeakMap<ConditionValues, ReadonlyMap<AppReading, Record<string, unknown>>>();

/** The known values of a phone, for conditions that look at no single app; `previous` is the same phone in an earlier snapshot. */
export function phoneValues(reading: Reading, previous: Reading | null = null): ConditionValues {
  const values: ConditionValues = {
    takenAt: new Date(reading.takenAt),
    platform: reading.platform,
    app: {},
    backup: {},
    upload: {},
    previous: previous === null ? {} : { ...sectionValues(previous), takenAt: new Date(previous.takenAt), app: {} },
    ...sectionValues(reading),
  };
  const apps = new Map(Object.values(reading.apps).map((app) => [app, knownValues(app, appToCel)]));
  appsOf.set(values, apps);
  values['apps'] = [...apps.values()];
  return values;
}

/** What conditions may ask of the catalog's entry for an app. */
export type BackupFacts = Pick<
  AppEntry,
  'uploadsBy' | 'needs' | 'accountTypes' | 'authorities' | 'atHome' | 'removable' | 'endedOn' | 'largest'
>;

/** Its facts as values: what it needs on this platform only, and no day where it has not ended. */
function backupValues(
  { uploadsBy, needs, accountTypes, authorities, atHome, removable, endedOn, largest }: BackupFacts,
  platform: Platform,
): ConditionValues {
  return {
    uploadsBy,
    needs: [...(needs[platform] ?? [])],
    accountTypes: [...accountTypes],
    authorities: [...authorities],
    atHome,
    removable,
    ...(largest.photo === undefined ? {} : { largestPhotoBytes: BigInt(largest.photo) }),
    ...(largest.video === undefined ? {} : { largestVideoBytes: BigInt(largest.video) }),
    ...(endedOn === undefined ? {} : { endedOn: new Date(endedOn) }),
  };
}

/** What is known of an app beside its leaves: the catalog's facts, its leaves in the earlier snapshot, and its uploads. */
export interface AboutApp {
  backup: BackupFacts | undefined;
  before: AppReading | undefined;
  upload?: { chosen?: boolean; running?: boolean; stalled?: boolean; testPhotoFailed?: boolean };
}

/** The same with one app as `app` (and as `previous.app` in the earlier snapshot), and what else is known of it. */
export function appValues(
  phone: ConditionValues,
  app: AppReading,
  { backup, before, upload = {} }: AboutApp,
): ConditionValues {
  const previous = phone['previous'] as ConditionValues;
  return {
    ...phone,
    app: appsOf.get(phone)?.get(app) ?? knownValues(app, appToCel),
    previous: before === undefined ? previous : { ...previous, app: knownValues(before, appToCel) },
    backup: backup === undefined ? {} : backupValues(backup, phone['platform'] as Platform),
    upload: { ...upload },
  };
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'op' in value && 'args' in value;

/** Every node of a syntax tree, parents first. */
function* nodesOf(ast: unknown): Generator<Node> {
  if (Array.isArray(ast)) for (const item of ast) yield* nodesOf(item);
  if (!isNode(ast)) return;
  yield ast;
  yield* nodesOf(ast.args);
}

const earlier = 'previous.';
const withoutEarlier = (path: string): string => (path.startsWith(earlier) ? path.slice(earlier.length) : path);

/** `a.b.c` where a node is that. */
function nameOf(node: unknown): string | null {
  if (!isNode(node)) return null;
  if (node.op === 'id') return String(node.args);
  if (node.op !== '.' || !Array.isArray(node.args)) return null;
  const [owner, field] = node.args as unknown[];
  const name = nameOf(owner);
  return name === null ? null : `${name}.${String(field)}`;
}

/** `section.leaf`, or `previous.section.leaf`, where a node is one. */
function pathOf(node: unknown): string | null {
  const path = nameOf(node);
  return path !== null && types.has(withoutEarlier(path)) ? path : null;
}

/** The literals of `"x"` and of `["x", "y"]`. */
function literalsOf(node: unknown): unknown[] {
  if (!isNode(node)) return [];
  if (node.op === 'value') return [node.args];
  return node.op === 'list' && Array.isArray(node.args) ? node.args.flatMap(literalsOf) : [];
}

/** CEL knows no enums: a misspelt word of one would compare as false for ever. */
function checkWords({ op, args }: Node): void {
  if (!['==', '!=', 'in'].includes(op) || !Array.isArray(args)) return;
  const [left, right] = args as unknown[];
  for (const [one, other] of [
    [left, right],
    [right, left],
  ]) {
    const path = pathOf(one);
    const schema = path === null ? undefined : types.get(withoutEarlier(path));
    if (path === null || schema?._zod.def.type !== 'enum') continue;
    const words = Object.values((schema._zod.def as z.core.$ZodEnumDef).entries);
    for (const word of literalsOf(other)) {
      if (typeof word === 'string' && !words.includes(word)) {
        throw new ConditionError(`${path} is never "${word}", but one of: ${words.join(', ')}.`);
      }
    }
  }
}

/**
 * What CEL says where a value is absent, or is a text of the phone that is no moment or no version: "unknown". Any other error of evaluation is
 * a mistake of this program and is thrown.
 */
const notKnown = new Set([
  'no_such_key',
  'index_out_of_bounds',
  'invalid_timestamp',
  'invalid_duration',
  'invalid_version',
]);

function truth(part: ParseResult, values: ConditionValues): Truth {
  // For CEL every absent value is an error; its stack, which nobody sees, took a third of a diagnosis.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return part(values) === true;
  } catch (error) {
    if (error instanceof EvaluationError && notKnown.has(error.code)) return 'unknown';
    throw error;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** One condition is asked several times about the same values, which nobody changes: for the verdict, and for what decides it. */
function askedOnce(part: ParseResult): (values: ConditionValues) => Truth {
  let last: { values: ConditionValues; truth: Truth } | null = null;
  return (values) => {
    if (last?.values !== values) last = { values, truth: truth(part, values) };
    return last.truth;
  };
}

function parse(source: string): ParseResult {
  try {
    return environment.parse(source);
  } catch (error) {
    if (error instanceof ParseError) throw new ConditionError(error.summary);
    throw error;
  }
}

/** Checks a condition against the declared types. Throws {@link ConditionError}. */
export function compileCondition(source: string): Condition {
  const parsed = parse(source);
  const checked = parsed.check();
  if (!checked.valid) throw new ConditionError(checked.error?.summary ?? 'The condition is not valid.');
  if (checked.type !== 'bool') throw new ConditionError(`The condition gives ${String(checked.type)}, not a bool.`);
  const nodes = [...nodesOf(parsed.ast)];
  for (const node of nodes) checkWords(node);
  const evaluate = askedOnce(parsed);
  const parts = new Map<Node, ParseResult>();
  const partOf = (node: Node): ParseResult => {
    const part = parts.get(node) ?? environment.parse(serialize(node as ParseResult['ast']));
    parts.set(node, part);
    return part;
  };
  const readsOfParts = new Map<Node, readonly string[]>();
  const reads = (node: Node): readonly string[] => {
    const known = readsOfParts.get(node) ?? readsOf([...nodesOf(node)]);
    readsOfParts.set(node, known);
    return known;
  };
  return {
    source,
    reads: readsOf(nodes),
    evaluate,
    decides: (values) => {
      const [root] = nodes;
      if (root === undefined || evaluate(values) !== true) return [];
      return decidingPaths(root, { holds: (node) => truth(partOf(node), values) === true, reads });
    },
  };
}

const readsOf = (nodes: readonly Node[]): string[] => [...new Set(nodes.map(pathOf).filter((path) => path !== null))];

/** Whether a `section.leaf` or `app.leaf` exists. */
export const pathExists = (path: string): boolean => types.has(path);

/** A path in its parts. */
export interface PathParts {
  /** In the present reading. */
  path: string;
  /** The earlier snapshot is meant. */
  isEarlier: boolean;
  section: string;
  leaf: string;
}

const pathParts = new Map<string, PathParts>();

/** `previous.app.jobs` in its parts. */
export function splitPath(whole: string): PathParts {
  const known = pathParts.get(whole);
  if (known !== undefined) return known;
  const path = withoutEarlier(whole);
  const [section = path, leaf = path] = path.split('.');
  const parts = { path, isEarlier: whole.startsWith(earlier), section, leaf };
  pathParts.set(whole, parts);
  return parts;
}

interface PathWords {
  label: string;
  doesNotProve: string | null;
  /** Another one at almost every look, whatever was done. */
  passing: boolean;
}

const pathWords = new Map<string, PathWords>();

/** What the vocabulary says about a path: its description, what it does not prove, and whether it stays as it is between two looks. */
export function describePath(path: string): PathWords {
  const known = pathWords.get(path);
  if (known !== undefined) return known;
  const meta = (types.get(withoutEarlier(path)) as z.ZodType | undefined)?.meta();
  const doesNotProve = meta?.['doesNotProve'];
  const words = {
    label: meta?.description ?? path,
    doesNotProve: typeof doesNotProve === 'string' ? doesNotProve : null,
    passing: meta?.['passing'] === true,
  };
  pathWords.set(path, words);
  return words;
}
