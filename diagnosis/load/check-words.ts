import { emptyReading } from '../../native/reading.ts';
import type { Platform } from '../../native/phone.ts';
import type { CatalogFile, Path } from './catalog-file.ts';
import type { CauseEntry, CauseText } from './catalog-schemas.ts';
import type { Correction } from './catalog.ts';
import { phoneValues } from './conditions.ts';
import { menuKeys, type MenuWords } from './menus.ts';

/** The text of one entry, and where it stands. */
export interface TextOf {
  text: CauseText;
  file: CatalogFile;
}

/** What a text may name in braces, beside `{menu.…}` and `{limit.…}`. */
const names = new Set([
  'app',
  'switch',
  'feature',
  'rules',
  'seen',
  'ended',
  'waits',
  'user',
  'removal',
  'refused',
  'was',
]);

/** Every sentence of a structure, with its way from the top of the file. */
export function* sentencesIn(value: unknown, path: Path): Generator<{ sentence: string; path: Path }> {
  if (typeof value === 'string') yield { sentence: value, path };
  else if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* sentencesIn(item, [...path, index]);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* sentencesIn(item, [...path, key]);
  }
}

/** What a sentence names in braces, and the phones of these platforms could not be given. */
export function nameProblems(sentence: string, menus: MenuWords, platforms: readonly Platform[]): string[] {
  const missing = menuKeys(sentence).map((key) => menus.missing(key, platforms));
  const unknown = [...sentence.matchAll(/\{([^{}]*)\}/g)]
    .map((match) => match[1] ?? '')
    .filter((name) => !names.has(name) && !/^(?:menu|limit)\.[a-z0-9-]+$/.test(name));
  return [
    ...missing.filter((problem) => problem !== null),
    ...unknown.map((name) => `nothing can be put for {${name}}`),
  ];
}

/** What is wrong with the words of a sentence of an entry: it must not hold words of menus, which differ from phone to phone. */
export function wordProblems(sentence: string, menus: MenuWords, platforms: readonly Platform[]): string[] {
  const holdsPath = sentence.includes(' > ');
  return [
    ...nameProblems(sentence, menus, platforms),
    ...(holdsPath ? ['words of menus belong in menus/, and are named by their key'] : []),
  ];
}

const nothingRead = (platform: Platform) => phoneValues(emptyReading(platform, new Date(0).toISOString(), []));
const valuesOfNothing = { android: nothingRead('android'), ios: nothingRead('ios') };

/** The ids of the corrections of a platform: those whose `when` may be true on it, guided ones up to the first that always fits. */
function offeredOn(platform: Platform, corrections: readonly Correction[]): Set<string> {
  let isGuided = false;
  const offered = corrections.filter(({ kind, when }) => {
    const fits = when === null ? true : when.evaluate(valuesOfNothing[platform]);
    if (fits === false || (kind === 'guided' && isGuided)) return false;
    if (kind === 'guided' && fits === true) isGuided = true;
    return true;
  });
  return new Set(offered.map(({ id }) => id));
}

/** Notes every word of a text that one of the phones it is said about could not be given. */
export function checkWords(
  menus: MenuWords,
  { text, file }: TextOf,
  entry: CauseEntry,
  corrections: readonly Correction[],
): void {
  const check = (value: unknown, path: Path, platforms: readonly Platform[]) => {
    for (const { sentence, path: place } of sentencesIn(value, path)) {
      for (const problem of wordProblems(sentence, menus, platforms)) file.add(place, problem);
    }
  };
  const { ios = {}, corrections: ofCorrections, ...common } = text;
  for (const [key, value] of Object.entries(common)) {
    check(
      value,
      [entry.id, key],
      entry.platforms.filter((platform) => platform !== 'ios' || !(key in ios)),
    );
  }
  check(ios, [entry.id, 'ios'], ['ios']);
  const offered = entry.platforms.map((platform) => ({ platform, ids: offeredOn(platform, corrections) }));
  for (const [id, words] of Object.entries(ofCorrections)) {
    const platforms = offered.filter(({ ids }) => ids.has(id)).map(({ platform }) => platform);
    check(words, [entry.id, 'corrections', id], platforms);
  }
}
