import { z } from 'zod';
import type { Diagnosis } from '../diagnosis.ts';
import { findingNameSchema, type Finding } from '../finding.ts';
import type { Catalog } from '../load/catalog.ts';
import { countedSentence, fill } from '../load/sentences.ts';
import { automaticOf } from './fixes.ts';
import { isOpen } from './order.ts';
import { appName, checksIn, heldBack, isSevere, proofWords, standingOf, unreadChecks } from './verdict.ts';

/** The diagnosis as it is said first. The numbers count things to put right (a cause, for an app that needs its own work), and are those of the sentence. */
export const shortAnswerSchema = z.object({
  /** At most twelve words. */
  headline: z.string(),
  /** What holds photos back, who does what about it, and how much work that is; else how it is known. */
  sentence: z.string(),
  /** `waits`: known after the next photo, and nothing is open. */
  tone: z.enum(['bad', 'warn', 'good', 'waits']),
  heldBack: z.int(),
  /** The findings that are counted. */
  held: z.array(findingNameSchema),
  /** How many of them this computer can correct, and how many a person does on the phone. */
  byComputer: z.int(),
  byPerson: z.int(),
  /** About how much work that is. */
  minutes: z.int(),
});
export type ShortAnswer = z.infer<typeof shortAnswerSchema>;

const headlineWords = 12;

/** A correction with its two readings, one with a restart between them, and steps on the phone. */
const minutesFor = { automatic: 0.4, restart: 3, guided: 2 } as const;

/** A name that begins as `iCloud` does keeps its letters. */
const capitalised = (text: string): string =>
  /^\p{Ll}\p{Lu}/u.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);

function titleOf({ causes }: Catalog, { cause, title }: Finding): string {
  const name = causes.find(({ id }) => id === cause)?.text.name ?? title;
  return title.split(/\s+/).length > headlineWords ? name : title;
}

type Work = Pick<ShortAnswer, 'heldBack' | 'held' | 'byComputer' | 'byPerson' | 'minutes'>;

function workOn(held: readonly Finding[], catalog: Catalog): Work {
  const minutes = held.map((finding) => {
    const automatic = automaticOf(catalog, finding);
    if (automatic === undefined) return { by: 'person', takes: minutesFor.guided } as const;
    return { by: 'computer', takes: automatic.restarts ? minutesFor.restart : minutesFor.automatic } as const;
  });
  const byComputer = minutes.filter(({ by }) => by === 'computer').length;
  return {
    heldBack: held.length,
    held: held.map(({ cause, app }) => ({ cause, app })),
    byComputer,
    byPerson: held.length - byComputer,
    minutes: Math.ceil(minutes.reduce((sum, { takes }) => sum + takes, 0)),
  };
}

/** `3 things hold photos back: this computer can fix 2, you fix 1 on the phone. About 3 minutes.` */
function workSentence(
  { heldBack: all, byComputer, byPerson, minutes }: Work,
  { sentences, language }: Catalog,
): string {
  const ways =
    all === 1
      ? [byComputer === 1 ? sentences['computer-fixes-it'] : sentences['person-fixes-it']]
      : [
          ...(byComputer === 0 ? [] : [countedSentence(sentences, language, 'computer-fixes', byComputer)]),
          ...(byPerson === 0 ? [] : [countedSentence(sentences, language, 'person-fixes', byPerson)]),
        ];
  return fill(sentences['after-headline'].held, {
    count: countedSentence(sentences, language, 'things-hold', all),
    ways: ways.join(', '),
    work: countedSentence(sentences, language, 'minutes-of-work', minutes),
  });
}

interface Told extends Pick<ShortAnswer, 'headline' | 'tone'> {
  /** What comes before the count of what holds photos back; empty: nothing. */
  sentence: string;
}

/** What is said where nothing is proven to hold photos back, and nothing outranks that. */
function openAnswer(diagnosis: Diagnosis, findings: readonly Finding[], catalog: Catalog): Told {
  const { sentences, language } = catalog;
  const { headline, 'after-headline': after } = sentences;
  const { worst } = standingOf(findings, diagnosis.uploads, catalog);
  const having = (...statuses: readonly Finding['status'][]) =>
    findings.filter(({ status, pack }) => pack === 'backup' && statuses.includes(status));
  const [unread, right] = [checksIn(having('unknown')), checksIn(having('ok'))];
  const untold = unreadChecks(findings);
  const isSilent = having('ok', 'problem', 'possible').length === 0;
  const unreadWords = untold === 0 ? '' : `${countedSentence(sentences, language, 'unread', untold)}.`;
  const tooLittle: Told | null =
    unread > right || isSilent
      ? {
          headline: headline['too-little'],
          tone: 'warn',
          sentence: untold === 0 && isSilent ? sentences['no-answers'] : unreadWords,
        }
      : null;
  if (worst === null) {
    const missing = findings.find((finding) => finding.cause === 'app-not-installed' && isOpen(finding));
    if (tooLittle !== null) return tooLittle;
    if (missing !== undefined) return { headline: titleOf(catalog, missing), tone: 'warn', sentence: '' };
    return { headline: headline['no-app'], tone: 'warn', sentence: sentences['no-app-in-use'] };
  }
  const words = { app: appName(catalog, worst.app) };
  const proof = capitalised(proofWords(worst, catalog));
  const tellsPhoto = diagnosis.steps.some(({ correction }) => correction === 'test-photo');
  const asks = diagnosis.steps.some(({ correction }) => correction === 'answer');
  if (worst.settling) return { headline: headline.settling, tone: 'waits', sentence: '' };
  switch (worst.state) {
    case 'running':
      return { headline: headline.running, tone: 'good', sentence: `${proof}.` };
    case 'stalled':
      return { headline: proof, tone: 'bad', sentence: fill(asks ? after.questions : after['test-photo'], words) };
    case 'nothing-new':
      return { headline: headline['nothing-new'], tone: 'good', sentence: tellsPhoto ? after['test-photo'] : '' };
    case 'unknown': {
      if (tooLittle !== null) return tooLittle;
      const possible = having('possible').filter((one) => isSevere(one.severity) && one.becauseOf.length === 0);
      const [first] = possible;
      if (first !== undefined) {
        const sentence = countedSentence(sentences, language, 'things-may-hold', possible.length);
        return { headline: titleOf(catalog, first), tone: 'warn', sentence };
      }
      const sentence = fill(tellsPhoto ? after['test-photo'] : after['never-told'], words);
      return { headline: headline.unknown, tone: 'warn', sentence };
    }
  }
}

/** The diagnosis in a headline and one sentence, as a person at home reads it first. */
export function shortAnswer(diagnosis: Diagnosis, catalog: Catalog): ShortAnswer {
  const { findings: all, chosen, uploads } = diagnosis;
  const own = all.filter(({ app }) => app === null || chosen.length === 0 || chosen.some((one) => one.app === app));
  const { urgent, worst } = standingOf(own, uploads, catalog);
  const held = heldBack(diagnosis);
  const work = workOn(held, catalog);
  const reason = urgent ?? (worst?.state === 'stalled' && !worst.settling ? undefined : held[0]);
  if (reason === undefined && held.length === 0) return { ...openAnswer(diagnosis, own, catalog), ...work };
  const rest = held.length === 0 ? '' : workSentence(work, catalog);
  if (reason !== undefined) {
    const exact = catalog.causes.find(({ id }) => id === reason.cause)?.text.effect;
    const effect = capitalised(exact ?? catalog.sentences[`effect-${reason.severity}`]);
    return { headline: titleOf(catalog, reason), tone: 'bad', sentence: `${effect}. ${rest}`.trim(), ...work };
  }
  const { headline } = openAnswer(diagnosis, own, catalog);
  return { headline, tone: 'bad', sentence: rest, ...work };
}
