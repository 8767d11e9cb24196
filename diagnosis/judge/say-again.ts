import type { Reading } from '../../native/reading.ts';
import type { Diagnosis } from '../diagnosis.ts';
import type { Evidence, Finding, OfferedCorrection, Step } from '../finding.ts';
import type { Catalog, Cause } from '../load/catalog.ts';
import { appValues, describePath, phoneValues, type ConditionValues } from '../load/conditions.ts';
import { fill } from '../load/sentences.ts';
import { chooseApps, type ChosenApp } from '../uploads/chosen-apps.ts';
import type { Say } from './evidence.ts';
import {
  backupAppOf,
  inWordsFor,
  isEngineAside,
  isOfEngine,
  isTooLocked,
  questionWords,
  titleOf,
  waysOf,
} from './judge.ts';
import { correctionWords, sayAbout } from './offers.ts';
import { answerStep, testPhotoStep } from './ask.ts';
import { appName, heldBack, standingOf, uploadWords, verdict } from './verdict.ts';

/** What a finding is said about. */
interface About {
  catalog: Catalog;
  reading: Reading;
  values: ConditionValues;
  say: Say;
}

/** A value is called by its path; `label` is English, as the vocabulary has it. */
function evidenceWords({ catalog }: About, question: string | null, evidence: Evidence): Evidence {
  const { sentences, programs } = catalog;
  if (evidence.path.startsWith('answers.')) {
    return { ...evidence, label: question ?? evidence.label, doesNotProve: sentences['person-said'] };
  }
  const isEarlier = evidence.path.startsWith('previous.');
  const path = isEarlier ? evidence.path.slice('previous.'.length) : evidence.path;
  const leaf = path.startsWith('apps.') ? `app.${path.split('.').at(-1)}` : path;
  const label = programs.say(describePath(leaf).label);
  return { ...evidence, label: isEarlier ? fill(sentences['earlier-value'], { label }) : label };
}

function correctionSaid(about: About, cause: Cause, correction: OfferedCorrection): OfferedCorrection {
  const { catalog, values } = about;
  const text =
    cause.text.corrections[correction.id] ?? catalog.recipes.find(({ id }) => id === correction.id)?.text ?? null;
  // The catalog does not hold it any more: as it was said on its day.
  if (text === null) return correction;
  const said = correctionWords(catalog, text, about, values, correction.before);
  // What is kept back has no steps.
  return { ...correction, ...said, steps: correction.locked === null ? said.steps : [] };
}

/** Words of a finding beside its title. */
function findingSaid(about: About, cause: Cause, finding: Finding): Finding {
  const { catalog, say } = about;
  const { text } = cause;
  const byHand = finding.status === 'unknown' || finding.status === 'manual';
  const asked = questionWords(catalog, text, say);
  const settled = catalog.sentences[cause.countedDaily ? 'known-tomorrow' : 'known-after-next-photo'];
  return {
    ...finding,
    title: say(finding.settling ? text.name : titleOf(cause, finding.status, catalog)),
    explanation: say(text.explanation),
    notProof: text.notProof === undefined ? null : say(text.notProof),
    question: finding.question === null ? null : { ...finding.question, ...asked },
    check: finding.settling ? [settled] : byHand ? text.check.map(say) : [],
    evidence: finding.evidence.map((one) => evidenceWords(about, text.question === undefined ? null : asked.text, one)),
    corrections: finding.corrections.map((one) => correctionSaid(about, cause, one)),
  };
}

/** Where somebody else is in front of the phone, everything else was not judged. */
function gateSaid(said: readonly { cause: Cause | undefined; about: About; finding: Finding }[]): Finding[] {
  const gate = said.find(({ cause, finding }) => cause?.gate === true && finding.status === 'problem')?.finding;
  return said.map(({ cause, about, finding }) => {
    if (gate === undefined || cause === undefined || finding === gate || finding.pack !== gate.pack) return finding;
    const words = { name: cause.text.name, reason: gate.title };
    return { ...finding, title: about.say(fill(about.catalog.sentences['not-judged'], words)) };
  });
}

function chosenSaid(catalog: Catalog, reading: Reading, chosen: ChosenApp): ChosenApp {
  const byPerson = chosen.by === 'person' ? [chosen.app] : [];
  return chooseApps(catalog, reading, byPerson).find(({ app }) => app === chosen.app) ?? chosen;
}

function stepSaid({ sentences, recipes }: Catalog, about: About, step: Step, finding: Finding | undefined): Step {
  const recipe = recipes.find(({ id }) => id === step.correction);
  if (step.correction === testPhotoStep) return { ...step, why: sentences['step-test-photo'] };
  if (finding === undefined) return step;
  if (step.correction === answerStep) {
    return { ...step, why: fill(sentences['step-question'], { question: finding.question?.text ?? '' }) };
  }
  return { ...step, why: recipe === undefined ? finding.explanation : about.say(recipe.text.why) };
}

/** The verdict of a diagnosis that is said again, from what it rests on. */
function verdictSaid({ findings, chosen, uploads, steps }: Diagnosis, reading: Reading, catalog: Catalog): string {
  const causeOf = new Map(catalog.causes.map((cause) => [cause.id, cause]));
  const isAnother = isEngineAside(catalog, chosen);
  const own = findings
    .filter((finding) => {
      const cause = causeOf.get(finding.cause);
      return !(isAnother && cause !== undefined && isOfEngine(cause, finding));
    })
    .filter(({ app }) => app === null || chosen.length === 0 || chosen.some((one) => one.app === app));
  const standing = standingOf(own, uploads, catalog);
  if (isTooLocked(reading, standing)) return catalog.sentences['verdict-locked'];
  const asks = steps.some(({ correction }) => correction === answerStep);
  const ways = waysOf(catalog, reading, chosen, standing.worst, asks);
  return verdict(own, standing, heldBack({ findings, chosen, uploads, steps }), ways, catalog);
}

/**
 * The same diagnosis in the words of another catalog: in another language. What was judged stays as it is, to the letter; what is said of
 * it comes from the ids that it consists of (causes, states, corrections, paths of values) and from the reading, so that one of years
 * ago is shown in any language. What the catalog does not hold any more stays as it was said. Pure.
 */
export function sayAgain(diagnosis: Diagnosis, reading: Reading, catalog: Catalog): Diagnosis {
  const phone = phoneValues(reading);
  const causes = new Map(catalog.causes.map((cause) => [cause.id, inWordsFor(cause, reading.platform)]));
  const aboutOne = (app: string | null): About => {
    const values =
      app === null
        ? phone
        : appValues(phone, reading.apps[app] ?? {}, { backup: backupAppOf(catalog, app), before: undefined });
    const subject = { reading, app, name: app === null ? '' : appName(catalog, app) };
    return { catalog, reading, values, say: sayAbout(catalog, subject, values) };
  };
  const abouts = new Map<string | null, About>();
  const aboutOf = (app: string | null): About => {
    const about = abouts.get(app) ?? aboutOne(app);
    abouts.set(app, about);
    return about;
  };
  const findings = gateSaid(
    diagnosis.findings.map((finding) => {
      const cause = causes.get(finding.cause);
      const about = aboutOf(finding.app);
      return { cause, about, finding: cause === undefined ? finding : findingSaid(about, cause, finding) };
    }),
  );
  const own = (app: string) => findings.filter((finding) => finding.app === null || finding.app === app);
  const words = { ...catalog, causes: [...causes.values()] };
  const said: Diagnosis = {
    ...diagnosis,
    findings,
    chosen: diagnosis.chosen.map((one) => chosenSaid(catalog, reading, one)),
    uploads: diagnosis.uploads.map((upload) => ({ ...upload, words: uploadWords(upload, own(upload.app), words) })),
    steps: diagnosis.steps.map((step) =>
      stepSaid(
        catalog,
        aboutOf(step.app),
        step,
        findings.find(({ cause, app }) => cause === step.cause && app === step.app),
      ),
    ),
  };
  return { ...said, verdict: verdictSaid(said, reading, words) };
}
