import { commandText } from '../../native/command.ts';
import { isKnown, type Reading } from '../../native/reading.ts';
import { appWords } from '../load/app-words.ts';
import type { Catalog, CauseText, Correction, GuidedCorrection, Recipe } from '../load/catalog.ts';
import type { Condition, ConditionValues, Truth } from '../load/conditions.ts';
import type { Say, Subject } from './evidence.ts';
import type { OfferedCorrection } from '../finding.ts';
import { withoutCountry } from '../load/menus.ts';
import { countedSentence, fill } from '../load/sentences.ts';
import { provenWords } from './proven-words.ts';
import { fillCommand, knownAt, TemplateError } from '../load/template.ts';
import { blockingWaits } from '../uploads/upload-waits.ts';

export const evaluate = (condition: Condition | null, values: ConditionValues, otherwise: Truth): Truth =>
  condition === null ? otherwise : condition.evaluate(values);

/** What a text is about: a phone, and an app of it. */
type SaidAbout = Pick<Subject, 'reading' | 'app' | 'name'>;

/** Made once for each language: that takes longer than a whole cause takes to judge. */
const conjunctions = new Map<string, Intl.ListFormat>();

function listed(words: readonly string[], language: string): string {
  const conjunction = conjunctions.get(language) ?? new Intl.ListFormat(language, { type: 'conjunction' });
  conjunctions.set(language, conjunction);
  return conjunction.format(words);
}

/** What the app's uploads wait for, as a list in the language of the texts. */
function waitsOf({ sentences, language }: Catalog, { reading, app }: SaidAbout): string {
  const jobs = app === null ? undefined : reading.apps[app]?.jobs;
  const waits = isKnown(jobs) ? blockingWaits(jobs.value, sentences.waits) : [];
  const words = [...new Set(waits.map((wait) => wait.words))];
  if (words.length === 0) return sentences.something;
  return listed(words, language);
}

/** Who is in front of the phone, where it is not the owner. */
function userOf({ sentences }: Catalog, { identity: { userKind, repairMode } }: Reading): string {
  if (isKnown(repairMode) && repairMode.value) return sentences.users.maintenance;
  const phrases: Readonly<Record<string, string>> = sentences.users;
  return (isKnown(userKind) ? phrases[userKind.value] : undefined) ?? sentences.something;
}

/** The day on which iCloud Photos deletes what it holds. */
function removalOf({ sentences, language }: Catalog, { icloud: { removalAt } }: Reading): string {
  const at = new Date(isKnown(removalAt) ? removalAt.value : Number.NaN);
  if (Number.isNaN(at.getTime())) return sentences['a-day'];
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(at);
}

/** What iCloud gave up, by kind where the phone tells the kinds. */
function refusedOf({ sentences, language }: Catalog, { icloud }: Reading): string {
  const counts = [
    ['photos', icloud.refusedPhotos],
    ['videos', icloud.refusedVideos],
  ] as const;
  const words = counts.flatMap(([name, leaf]) =>
    isKnown(leaf) && leaf.value > 0 ? [countedSentence(sentences, language, name, leaf.value)] : [],
  );
  if (words.length === 0) return sentences.something;
  return listed(words, language);
}

/** The texts of the catalog as they are said about one subject: the app's own words first, which may name words of menus. */
export function sayAbout(catalog: Catalog, subject: SaidAbout, values: ConditionValues): Say {
  const { reading, app, name } = subject;
  const entry = catalog.apps.find(({ android, ios }) => app !== null && (android.includes(app) || ios.includes(app)));
  // A text names one or two of these, most name none, and a diagnosis says thousands.
  const words = {
    ...appWords(entry, name, reading.platform, catalog.sentences),
    get waits() {
      return waitsOf(catalog, subject);
    },
    get user() {
      return userOf(catalog, reading);
    },
    get removal() {
      return removalOf(catalog, reading);
    },
    get refused() {
      return refusedOf(catalog, reading);
    },
  };
  return (text) =>
    text.includes('{') ? fill(catalog.menus.fill(fill(text, words), reading, values), { app: name }) : text;
}

const languageName = (language: string, inLanguage: string): string =>
  new Intl.DisplayNames([inLanguage], { type: 'language', fallback: 'code' }).of(language) ?? language;

/** That these steps name menus in another language than the phone shows them in; null where they do not, or nobody knows. */
function otherLanguage(
  { menus, sentences, language }: Catalog,
  steps: readonly string[],
  reading: Reading,
  values: ConditionValues,
): string | null {
  const { identity } = reading;
  if (!isKnown(identity.language)) return null;
  const spoken = withoutCountry(identity.language.value);
  // What a phone says may be no language at all.
  if (!/^[a-z]{2,3}$/i.test(spoken)) return null;
  const named = menus.languagesIn(steps, reading, values);
  const [other] = [...named].filter((one) => one !== spoken);
  if (other === undefined) return null;
  const sentence = sentences[named.has(spoken) ? 'menus-partly-in-another-language' : 'menus-in-another-language'];
  return fill(sentence, { spoken: languageName(spoken, language), named: languageName(other, language) });
}

/** Commands that open a screen: the phone's own first, the general ones after it; those that lack a value are left out. */
function screens(
  catalog: Catalog,
  key: string | undefined,
  reading: Reading,
  app: string | null,
  values: ConditionValues,
): string[] {
  if (key === undefined || reading.platform !== 'android') return [];
  return catalog.menus.screens(key, reading, values).flatMap((template) => {
    try {
      return [commandText(fillCommand(template, reading, app))];
    } catch (error) {
      if (error instanceof TemplateError) return [];
      throw error;
    }
  });
}

/** That these steps name plain Android's menus, because those of the phone's maker are not known; null where they are. */
const otherMaker = ({ menus, sentences }: Catalog, steps: readonly string[], reading: Reading): string | null =>
  menus.standsIn(steps, reading) ? sentences['menus-of-another-maker'] : null;

/** What to know about the words of these steps. */
const aboutMenus = (catalog: Catalog, steps: readonly string[], reading: Reading, values: ConditionValues) => [
  otherLanguage(catalog, steps, reading, values),
  otherMaker(catalog, steps, reading),
];

/** What to know before the first step. */
function cautionOf(caution: string | undefined, about: readonly (string | null)[], say: Say): string | null {
  const all = [caution === undefined ? null : say(caution), ...about].filter((one) => one !== null);
  return all.length === 0 ? null : all.join(' ');
}

type CorrectionText = CauseText['corrections'][string];
type SaidOfCorrection = 'title' | 'steps' | 'caution' | 'irreversible' | 'proven' | 'afterwards';

/** All that is said of a correction, about one subject. */
export function correctionWords(
  catalog: Catalog,
  text: Partial<CorrectionText> & Pick<CorrectionText, 'title'>,
  { reading, say }: Pick<Subject, 'reading' | 'say'>,
  values: ConditionValues,
  before: OfferedCorrection['before'],
): Pick<OfferedCorrection, SaidOfCorrection> {
  const steps = text.steps ?? [];
  const said = (sentence: string | null | undefined): string | null =>
    sentence === undefined || sentence === null ? null : say(sentence);
  return {
    title: say(text.title),
    steps: steps.map(say),
    caution: cautionOf(text.caution, aboutMenus(catalog, steps, reading, values), say),
    irreversible: said(text.irreversible),
    proven: said(provenWords(text.proven, before, catalog.language)),
    afterwards: said(text.afterwards),
  };
}

/** The values that a correction changes, as they are now, by path. */
const formerValues = (paths: readonly string[], reading: Reading, app: string | null): Record<string, unknown> =>
  Object.fromEntries(paths.map((path) => [path, knownAt(reading, app, path) ?? null]));

/** null: without the exact former state there is no way back, so a correction that needs one is not offered. */
function offer(
  catalog: Catalog,
  correction: Correction,
  subject: Subject,
  values: ConditionValues,
): OfferedCorrection | null {
  const { cause, reading, app } = subject;
  const automatic = correction.kind === 'automatic';
  const isKnownHere = (path: string) => knownAt(reading, app, path) !== undefined;
  if (automatic && !correction.irreversible && !correction.before.every(isKnownHere)) return null;
  const text = cause.text.corrections[correction.id];
  const before = automatic ? formerValues(correction.before, reading, app) : {};
  const fillAll = (templates: readonly string[]) =>
    templates.map((template) => commandText(fillCommand(template, reading, app)));
  try {
    return {
      id: correction.id,
      kind: correction.kind,
      ...correctionWords(catalog, { ...text, title: text?.title ?? correction.id }, subject, values, before),
      commands: automatic ? fillAll(correction.commands) : [],
      inverse: automatic ? fillAll(correction.inverse) : [],
      before,
      costs: automatic ? (correction.costs ?? null) : null,
      restarts: automatic && correction.restarts,
      needsCopy: correction.needsCopy,
      locked: null,
      refused: false,
      opens: automatic ? [] : screens(catalog, correction.opens, reading, app, values),
      wait: automatic ? null : (correction.wait ?? null),
      lastVerified: correction.lastVerified,
      source: correction.source,
    };
  } catch (error) {
    if (error instanceof TemplateError) return null;
    throw error;
  }
}

/**
 * Every automatic correction that is sound here, and the first guided one that fits this phone. `isOpen` tells which other causes
 * hold the same app or phone back: a correction that would undo what they need is not offered.
 */
export function offers(
  catalog: Catalog,
  subject: Subject,
  values: ConditionValues,
  isOpen: (cause: string) => boolean,
): OfferedCorrection[] {
  const fits = subject.cause.corrections.filter(
    (correction) =>
      evaluate(correction.when, values, true) === true &&
      (correction.kind === 'guided' || !correction.unless.some(isOpen)),
  );
  const guided = fits.find((correction): correction is GuidedCorrection => correction.kind === 'guided');
  return fits
    .filter((correction) => correction.kind === 'automatic' || correction === guided)
    .map((correction) => offer(catalog, correction, subject, values))
    .filter((offered) => offered !== null);
}

/** What a guided correction is that has nothing but steps. */
export const stepsOnly = {
  kind: 'guided',
  commands: [],
  inverse: [],
  before: {},
  irreversible: null,
  proven: null,
  costs: null,
  restarts: false,
  needsCopy: false,
  locked: null,
  refused: false,
  afterwards: null,
  opens: [],
  wait: null,
} as const satisfies Partial<OfferedCorrection>;

/** A recipe as it is offered with the first of its causes. */
export function offerRecipe(
  catalog: Catalog,
  recipe: Recipe,
  subject: Subject,
  values: ConditionValues,
): OfferedCorrection {
  const { id, lastVerified, source, text, opens } = recipe;
  return {
    ...stepsOnly,
    id,
    ...correctionWords(catalog, text, subject, values, {}),
    opens: screens(catalog, opens, subject.reading, subject.app, values),
    lastVerified,
    source,
  };
}
