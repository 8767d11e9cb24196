import { isDeepStrictEqual } from 'node:util';
import type { CatalogFile, Path } from './catalog-file.ts';
import type { CauseEntry, CauseText } from './catalog-schemas.ts';
import type { AutomaticCorrection, Cause, Correction } from './catalog.ts';
import { checkWords, type TextOf } from './check-words.ts';
import { compileCondition, ConditionError, pathExists, splitPath, type Condition } from './conditions.ts';
import type { Origin } from '../finding.ts';
import { isHarmless } from './harmless-commands.ts';
import type { Limits } from './limits.ts';
import type { MenuWords } from './menus.ts';
import { templatePaths } from './template.ts';

/** What an entry is checked against. */
export interface Surroundings {
  limits: Limits;
  menus: MenuWords;
  language: string;
  origin: Origin;
  /** The automatic corrections that exist already: an entry of a shop may run nothing else. */
  allowed: readonly AutomaticCorrection[];
}

interface Place {
  file: CatalogFile;
  path: Path;
}

const at = ({ file, path }: Place, ...more: PropertyKey[]): Place => ({ file, path: [...path, ...more] });

function compiled(limits: Limits, { file, path }: Place, source: string): Condition | null {
  try {
    return compileCondition(limits.fill(file, path, source));
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error;
    file.add(path, `${String(path.at(-1))}: ${error.message} (in \`${source}\`)`);
    return null;
  }
}

function compileOptional(around: Surroundings, place: Place, source: string | undefined): Condition | null {
  return source === undefined ? null : compiled(around.limits, place, source);
}

/** A condition of a recipe, compiled like those of causes; null after its mistakes were noted. */
export function compileWhen(limits: Limits, file: CatalogFile, path: Path, source: string): Condition | null {
  return compiled(limits, { file, path }, source);
}

function checkPaths({ file, path }: Place, names: readonly string[]): void {
  for (const name of names) if (!pathExists(name)) file.add(path, `no such value: ${name}`);
}

/** A shop's entry may read whatever it likes, and run what the built-in catalog runs, to the letter. */
function checkRights(around: Surroundings, { file, path }: Place, entry: CauseEntry['corrections'][number]): void {
  if (around.origin === 'built-in' || entry.kind === 'guided') return;
  const rights = ({ commands, inverse, before, restarts }: typeof entry | AutomaticCorrection) => {
    return { commands, inverse, before, restarts };
  };
  const known = around.allowed.some((one) => isDeepStrictEqual(rights(one), rights(entry)));
  if (!known) {
    file.add(
      path,
      `${entry.id} may run only what a correction of the built-in catalog runs: the same commands, inverse and before`,
    );
  }
}

type AutomaticEntry = Extract<CauseEntry['corrections'][number], { kind: 'automatic' }>;
type GuidedEntry = Extract<CauseEntry['corrections'][number], { kind: 'guided' }>;
type CorrectionText = CauseText['corrections'][string];

/** What is changed is put back exactly, or the text says why nothing needs putting back. */
function checkWayBack({ file, path }: Place, entry: AutomaticEntry, words: CorrectionText | undefined): void {
  const { id, inverse, irreversible, restarts } = entry;
  if (irreversible && inverse.length > 0) {
    file.add(path, `${id} has an \`inverse\`, and is \`irreversible\` all the same: only one of them can be true`);
  }
  if (!irreversible && inverse.length === 0) {
    file.add(
      path,
      `nothing puts ${id} back: it needs an \`inverse\`, or \`irreversible: true\` and a text that says why`,
    );
  }
  if (restarts && !irreversible)
    file.add(path, `${id} restarts the phone, which nothing undoes: it is \`irreversible\``);
  if (words !== undefined && irreversible !== (words.irreversible !== undefined)) {
    file.add(
      path,
      irreversible
        ? `nothing says why ${id} needs no way back: \`irreversible\` in its text`
        : `the text of ${id} says why there is no way back, but it has one`,
    );
  }
}

/** What a shop runs is compared with what the built-in catalog runs, to the letter. */
function checkHarmless(around: Surroundings, { file, path }: Place, { id, commands, inverse }: AutomaticEntry): void {
  if (around.origin === 'shop') return;
  for (const template of [...commands, ...inverse]) {
    if (!isHarmless(template)) file.add(path, `${id} may not run this: ${template}`);
  }
}

function checkWait({ file, path }: Place, entry: GuidedEntry, words: CorrectionText | undefined): void {
  if (entry.wait === undefined || words === undefined) return;
  const steps = words.steps?.length ?? 0;
  if (entry.wait.afterStep >= steps) {
    file.add([...path, 'wait'], `${entry.id} waits after step ${entry.wait.afterStep}, but has ${steps} steps`);
  }
}

function compileCorrection(
  around: Surroundings,
  place: Place,
  entry: CauseEntry['corrections'][number],
  text: CauseText | undefined,
): Correction | null {
  const { file, path } = place;
  const words = text?.corrections[entry.id];
  if (text !== undefined && words === undefined) file.add(path, `no text for the correction ${entry.id}`);
  checkRights(around, place, entry);
  const when = compileOptional(around, at(place, 'when'), entry.when);
  const verify = compileOptional(around, at(place, 'verify'), entry.verify);
  if (entry.kind === 'guided') {
    if (words !== undefined && words.steps === undefined) {
      file.add(path, `the guided correction ${entry.id} has no steps`);
    }
    if (words !== undefined && entry.verify === undefined && words.afterwards === undefined) {
      file.add(path, `nothing tells whether ${entry.id} took: it needs \`verify\`, or \`afterwards\` in its text`);
    }
    if (entry.opens !== undefined && !around.menus.hasScreen(entry.opens)) {
      file.add([...path, 'opens'], `no such screen: ${entry.opens}`);
    }
    checkWait(place, entry, words);
    if (words?.irreversible !== undefined) file.add(path, `${entry.id} is guided: a person puts it back, or does not`);
    return { ...entry, when, verify };
  }
  checkWayBack(place, entry, words);
  checkHarmless(around, place, entry);
  for (const template of [...entry.commands, ...entry.inverse]) checkPaths(place, templatePaths(template));
  checkPaths(at(place, 'before'), entry.before);
  return verify === null ? null : { ...entry, when, verify };
}

function duplicates(ids: readonly string[]): string[] {
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}

function checkCorrections({ file, path }: Place, entry: CauseEntry): void {
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
}

const languageName = (language: string): string =>
  new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' }).of(language) ?? language;

function checkText(around: Surroundings, { file, path }: Place, entry: CauseEntry, text: CauseText | undefined): void {
  if (text === undefined) {
    file.add(path, `no ${languageName(around.language)} text for ${entry.id}`);
    return;
  }
  if (entry.possible !== undefined && text.possible === undefined) {
    file.add(path, `${entry.id} can be possible, but has no title for it`);
  }
  if (entry.question !== undefined && text.question === undefined)
    file.add(path, `${entry.id} has no text for its question`);
  if (text.question !== undefined && entry.question === undefined) {
    file.add(path, `there is a question for ${entry.id}, but no \`question\` that says what an answer means`);
  }
  if (text.notProof === undefined) file.add(path, `nothing says what ${entry.id} does not prove: \`notProof\``);
  const ids = new Set(entry.corrections.map((correction) => correction.id));
  for (const id of Object.keys(text.corrections)) {
    if (!ids.has(id)) file.add(path, `there is a text for the correction ${id}, which does not exist`);
  }
  if (entry.per === 'phone' && JSON.stringify(text).includes('{app}')) {
    file.add(path, `the text names {app}, but ${entry.id} is judged per phone`);
  }
}

/** A cause ready to be judged; null after its mistakes were noted. `path` is its place in the file. */
export function compileCause(
  around: Surroundings,
  file: CatalogFile,
  path: Path,
  entry: CauseEntry,
  textOf: TextOf | undefined,
): Cause | null {
  const place: Place = { file, path };
  const text = textOf === undefined ? undefined : around.limits.fillAll(textOf.file, [entry.id], textOf.text);
  checkText(around, place, entry, text);
  checkPaths(
    at(place, 'evidence'),
    entry.evidence.map((name) => splitPath(name).path),
  );
  checkCorrections(place, entry);
  const problem = compiled(around.limits, at(place, 'problem'), entry.problem);
  const corrections = entry.corrections.map((correction, index) =>
    compileCorrection(around, at(place, 'corrections', index), correction, text),
  );
  const optional = {
    delaysWhen: compileOptional(around, at(place, 'delaysWhen'), entry.delaysWhen),
    applies: compileOptional(around, at(place, 'applies'), entry.applies),
    possible: compileOptional(around, at(place, 'possible'), entry.possible),
    manual: compileOptional(around, at(place, 'manual'), entry.manual),
    ok: compileOptional(around, at(place, 'ok'), entry.ok),
  };
  if (entry.gate && (entry.per === 'app' || around.origin === 'shop')) {
    file.add(
      [...path, 'gate'],
      `${entry.id} keeps everything else from being judged: only the built-in catalog may, per phone`,
    );
  }
  const because = entry.because.flatMap(({ when: source, causes }, index) => {
    const when = compiled(around.limits, at(place, 'because', index, 'when'), source);
    return when === null ? [] : [{ when, causes }];
  });
  if (problem === null || text === undefined || textOf === undefined) return null;
  const sound = corrections.filter((correction) => correction !== null);
  checkWords(around.menus, { ...textOf, text }, entry, sound);
  return {
    ...entry,
    because,
    ...optional,
    origin: around.origin,
    question: entry.question ?? null,
    problem,
    text,
    corrections: sound,
  };
}
