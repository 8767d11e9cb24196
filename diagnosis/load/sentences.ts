import { z } from 'zod';
import { waitIds } from '../uploads/upload-waits.ts';

const sentence = z.string().min(1);
/** One form for each plural category of the language (Unicode CLDR); `other` fits every number. */
const counted = z.strictObject({
  zero: sentence.optional(),
  one: sentence.optional(),
  two: sentence.optional(),
  few: sentence.optional(),
  many: sentence.optional(),
  other: sentence,
});

/** What is said around the texts of the catalog, in one language: `texts/xx/sentences.yaml`. */
export const sentencesSchema = z.strictObject({
  'check-by-hand': sentence,
  'not-applicable': sentence,
  /** Of a finding that somebody else in front of the phone keeps from being judged. */
  'not-judged': sentence,
  'no-answers': sentence,
  'too-little': sentence,
  unread: counted,
  'verdict-problem': sentence,
  'verdict-possible': sentence,
  'more-problems': counted,
  'more-possible': counted,
  'effect-blocks': sentence,
  'effect-delays': sentence,
  'effect-risk': sentence,
  'effect-info': sentence,
  'verdict-locked': sentence,
  'verdict-running': sentence,
  'verdict-running-beside': sentence,
  /** Where there are questions, and where all of them were answered. */
  'verdict-stalled': sentence,
  'verdict-stalled-answered': sentence,
  'verdict-nothing-new': sentence,
  'verdict-settling': sentence,
  /** Where the phone shows whether a photo leaves, and where it does not. */
  'verdict-unknown': sentence,
  'verdict-never-told': sentence,
  'engine-is-off': sentence,
  'no-app-in-use': sentence,
  /** The diagnosis in at most twelve words, where neither a problem nor a proof says it. */
  headline: z.strictObject({
    running: sentence,
    'nothing-new': sentence,
    settling: sentence,
    unknown: sentence,
    'too-little': sentence,
    'no-app': sentence,
  }),
  /** What follows a headline. */
  'after-headline': z.strictObject({
    /** What is proven, what is done about it, and the work that it is. */
    held: sentence,
    questions: sentence,
    'test-photo': sentence,
    'never-told': sentence,
  }),
  'things-hold': counted,
  'things-may-hold': counted,
  'computer-fixes-it': sentence,
  'person-fixes-it': sentence,
  'computer-fixes': counted,
  'person-fixes': counted,
  'minutes-of-work': counted,
  /** How it is known that uploads run, and since when nothing left. */
  proof: z.strictObject({
    bytes: sentence,
    'test-photo': sentence,
    session: sentence,
    backlog: counted,
    silence: sentence,
  }),
  /** Whether photos leave, after the name of the app; `stalled` is told by its proof. */
  upload: z.strictObject({ running: sentence, 'nothing-new': sentence, unknown: sentence, settling: sentence }),
  'known-after-next-photo': sentence,
  'known-tomorrow': sentence,
  'step-question': sentence,
  'step-test-photo': sentence,
  'chosen-by-person': sentence,
  'chosen-by-use': sentence,
  /** What shows that an app is in use. */
  use: z.strictObject({
    sends: sentence,
    account: sentence,
    permission: sentence,
    opened: sentence,
    jobs: sentence,
    'switched-on': sentence,
    installed: sentence,
    only: sentence,
  }),
  answers: z.strictObject({ yes: sentence, no: sentence, 'not-sure': sentence }),
  'person-said': sentence,
  'earlier-value': sentence,
  'own-rules': sentence,
  'alternative-caution': sentence,
  'alternative-switch-back': sentence,
  'alternative-duplicate': sentence,
  /** The small test of each day of a watch plan, in order; after the last, the first comes again. */
  'watch-days': z.array(sentence).min(1),
  /** What stands for an app where none is meant more than another; it must do wherever a name would. */
  'any-app': sentence,
  'seen-in-app': sentence,
  'name-until': sentence,
  'name-and-former': sentence,
  'menus-in-another-language': sentence,
  'menus-partly-in-another-language': sentence,
  'menus-of-another-maker': sentence,
  /** What stands for waits that have no name. */
  something: sentence,
  /** What stands for a day that is not known. */
  'a-day': sentence,
  photos: counted,
  videos: counted,
  /** Who is in front, where it is not the owner. */
  users: z.strictObject({
    guest: sentence,
    second: sentence,
    maintenance: sentence,
    demo: sentence,
    system: sentence,
  }),
  waits: z.record(z.enum(waitIds), sentence),
});
export type Sentences = z.infer<typeof sentencesSchema>;

type Name<Kind> = { [N in keyof Sentences]: Sentences[N] extends Kind ? N : never }[keyof Sentences];
export type CountedName = Name<z.infer<typeof counted>>;

/** Puts words where a text says `{name}`; a name without words stays as it is. */
export function fill(text: string, words: Readonly<Record<string, string>>): string {
  let said = '';
  let from = 0;
  // A diagnosis fills thousands of texts: by hand in a third of the time of an expression.
  for (let open = text.indexOf('{'), end = -1; open !== -1; open = text.indexOf('{', end + 1)) {
    end = text.indexOf('}', open);
    if (end === -1) break;
    const start = text.lastIndexOf('{', end);
    const name = text.slice(start + 1, end);
    if (!Object.hasOwn(words, name)) continue;
    said += text.slice(from, start) + (words[name] ?? '');
    from = end + 1;
  }
  return from === 0 ? text : said + text.slice(from);
}

/** A sentence about a number of things, in the form that the language uses for it. */
export const countedSentence = (sentences: Sentences, language: string, name: CountedName, count: number): string =>
  countedForm(sentences[name], language, count);

/** Made once for each language: that takes longer than all sentences of a diagnosis. */
const plurals = new Map<string, Intl.PluralRules>();

/** One of the forms of a sentence about a number of things. */
export function countedForm(forms: z.infer<typeof counted>, language: string, count: number): string {
  const rules = plurals.get(language) ?? new Intl.PluralRules(language);
  plurals.set(language, rules);
  return fill(forms[rules.select(count)] ?? forms.other, { count: String(count) });
}
