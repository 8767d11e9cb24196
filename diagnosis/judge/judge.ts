import type { Platform } from '../../native/phone.ts';
import { isKnown, type Leaf, type Reading } from '../../native/reading.ts';
import { wasLocked } from '../../native/iphone-locked.ts';
import type { BackupApp, Catalog, Cause, CauseText, Correction } from '../load/catalog.ts';
import { appValues, phoneValues, type ConditionValues, type Truth } from '../load/conditions.ts';
import { evidenceFor, evidenceOfAnswer, type Say, type Subject } from './evidence.ts';
import type { Diagnosis } from '../diagnosis.ts';
import type { Answer, CorrectionName, Evidence, Finding, Incomplete, Question, Status } from '../finding.ts';
import { evaluate, offerRecipe, offers, sayAbout } from './offers.ts';
import { compareFindings, concernSame, isOpen, orderSteps, rootsAmong, type RecipeInUse } from './order.ts';
import { rootsOf } from './roots.ts';
import { markRefused } from './refused.ts';
import { shareWork } from './shared-work.ts';
import { fill } from '../load/sentences.ts';
import { isArchived, isPresent, isSpokenOf } from '../uploads/app-presence.ts';
import { chooseApps, type ChosenApp } from '../uploads/chosen-apps.ts';
import { testPhotosOf, uploadOf, type TestPhotoSeen, type Upload } from '../uploads/upload-state.ts';
import { askOnly, questionsToAsk, stepsFor } from './ask.ts';
import { appsOvertaken } from './overtaken-proof.ts';
import { lastOf, markSettling, markUncounted, type CorrectedOnce } from './settling.ts';
import {
  appName,
  heldBack,
  isSevere,
  runsAmong,
  standingOf,
  uploadWords,
  verdict,
  type Standing,
  type Ways,
} from './verdict.ts';

/** The ids of the backup apps that the catalog knows for a platform: what a scan is about. */
export function backupApps(catalog: Catalog, platform: Platform): string[] {
  return catalog.apps.flatMap((app) => app[platform]);
}

/** The catalog's entry for an app id. */
export function backupAppOf(catalog: Catalog, id: string): BackupApp | undefined {
  return catalog.apps.find((app) => app.android.includes(id) || app.ios.includes(id));
}

/** Three-valued: `ok` needs proof, and whatever is not decided by what was read is `unknown`. */
function statusOf(cause: Cause, values: ConditionValues, evidence: readonly Evidence[]): Status {
  const applies = evaluate(cause.applies, values, true);
  if (applies === false) return 'not-applicable';
  const problem = cause.problem.evaluate(values);
  if (applies === 'unknown') return 'unknown';
  if (problem === true) return 'problem';
  const possible = evaluate(cause.possible, values, false);
  if (possible === true) return 'possible';
  if (evaluate(cause.manual, values, false) === true) return 'manual';
  const fine = evaluate(cause.ok, values, possible === false) === true;
  // `has(…)` makes a condition false without a value: a verdict without any value is no verdict.
  return problem === false && fine && evidence.some((item) => item.unavailable === null) ? 'ok' : 'unknown';
}

/** Nothing is proven of an app that may not be there. */
function statusOfPerhapsAbsent(status: Status): Status {
  if (status === 'problem') return 'possible';
  return status === 'possible' || status === 'ok' ? 'unknown' : status;
}

export function titleOf({ text }: Cause, status: Status, { sentences }: Catalog): string {
  switch (status) {
    case 'problem':
      return text.problem;
    case 'possible':
      return text.possible ?? text.problem;
    case 'ok':
      return text.ok;
    case 'unknown':
    case 'manual':
      return fill(sentences['check-by-hand'], { name: text.name });
    case 'not-applicable':
      return fill(sentences['not-applicable'], { name: text.name });
  }
}

const answers: Question['answers'] = ['yes', 'no', 'not-sure'];

/** A question in words. */
export const questionWords = (
  { sentences }: Catalog,
  text: CauseText,
  say: Say,
): Pick<Question, 'text' | 'where' | 'words'> => ({
  text: say(text.question ?? ''),
  where: text.check.map(say),
  words: { ...sentences.answers, ...text.answers },
});

/** What the owner is asked; null where the phone itself has answered, or nobody could. */
function questionOf(
  catalog: Catalog,
  { cause, say }: Subject,
  status: Status,
  given: Answer | undefined,
): Question | null {
  if (cause.question === null || cause.text.question === undefined) return null;
  if (status !== 'manual' && status !== 'unknown') return null;
  return {
    ...questionWords(catalog, cause.text, say),
    answers,
    answer: given === undefined ? null : { answer: given.answer, at: given.at },
  };
}

/** A subject with what it is judged by, and what that gave. */
interface Judged {
  subject: Subject;
  values: ConditionValues;
  finding: Finding;
}

function judgeCause(catalog: Catalog, subject: Subject, values: ConditionValues, given: readonly Answer[]): Judged {
  const { cause, reading, app, say } = subject;
  const doubtful = app !== null && isPresent(reading.apps[app] ?? {}) === null;
  const evidence = evidenceFor(catalog, subject, values, doubtful ? ['app.installed'] : []);
  const judged = statusOf(cause, values, evidence);
  const read = doubtful ? statusOfPerhapsAbsent(judged) : judged;
  const answer = given.find((one) => one.cause === cause.id && one.app === app);
  const question = questionOf(catalog, subject, read, answer);
  const decisive = question !== null && answer !== undefined && answer.answer !== 'not-sure' ? answer : null;
  const status = decisive === null ? read : (cause.question?.[decisive.answer === 'yes' ? 'yes' : 'no'] ?? read);
  const byHand = status === 'unknown' || status === 'manual';
  const finding: Finding = {
    cause: cause.id,
    app,
    status,
    severity: cause.delaysWhen?.evaluate(values) === true ? 'delays' : cause.severity,
    title: say(titleOf(cause, status, catalog)),
    explanation: say(cause.text.explanation),
    notProof: cause.text.notProof === undefined ? null : say(cause.text.notProof),
    pack: cause.pack,
    origin: cause.origin,
    becauseOf: [],
    settling: false,
    question,
    check: byHand ? cause.text.check.map(say) : [],
    evidence:
      decisive === null || question === null
        ? evidence
        : [evidenceOfAnswer(catalog, question.text, decisive), ...evidence],
    corrections: [],
  };
  return { subject, values, finding };
}

/** Puts the corrections to the findings that need them; together, because one may forbid another. */
function offerCorrections(catalog: Catalog, judged: readonly Judged[]): void {
  const open = new Set(
    judged.filter(({ finding }) => isOpen(finding)).map(({ finding }) => keyOf(finding.cause, finding.app)),
  );
  for (const { subject, values, finding } of judged) {
    if (!isOpen(finding)) continue;
    const isOpenHere = (cause: string) => open.has(keyOf(cause, subject.app)) || open.has(keyOf(cause, null));
    finding.corrections = offers(catalog, subject, values, isOpenHere);
  }
}

/** Takes the steps out of the corrections that may cost photos: what is not shown is not done by mistake. */
function keepBack(judged: readonly Judged[], why: string): void {
  for (const { finding } of judged) {
    finding.corrections = finding.corrections.map((correction) =>
      correction.needsCopy ? { ...correction, steps: [], opens: [], locked: why } : correction,
    );
  }
}

/** Where it is not the owner's phone that was read, nothing else about the backup is judged: neither right nor wrong. */
function closeGate(judged: readonly Judged[], catalog: Catalog): void {
  const gate = judged.find(({ subject, finding }) => subject.cause.gate && finding.status === 'problem')?.finding;
  if (gate === undefined) return;
  for (const { subject, finding } of judged) {
    if (finding === gate || finding.pack !== gate.pack) continue;
    const words = { name: subject.cause.text.name, reason: gate.title };
    const title = subject.say(fill(catalog.sentences['not-judged'], words));
    Object.assign(finding, { status: 'not-applicable', title, question: null, check: [] } satisfies Partial<Finding>);
  }
}

/** About the photo engine of an iPhone alone. That photos are about to be lost concerns everybody, whichever app keeps them. */
export const isOfEngine = (cause: Cause, finding: Finding): boolean =>
  cause.engineOnly && !(cause.first && finding.status === 'problem');

const isByIcloud = (catalog: Catalog, app: string): boolean => backupAppOf(catalog, app)?.uploadsBy === 'icloud';

/** Another app than iCloud Photos is to keep the photos. */
export const isEngineAside = (catalog: Catalog, chosen: readonly ChosenApp[]): boolean =>
  chosen.length > 0 && chosen.every(({ app }) => !isByIcloud(catalog, app));

/** Of an iPhone's apps, the photo engine alone tells whether a photo left. */
const tellsPhotoOf = (catalog: Catalog, { platform }: Reading, app: string): boolean =>
  platform === 'android' || isByIcloud(catalog, app);

/** What the verdict ends with; the same when it is said again. */
export function waysOf(
  catalog: Catalog,
  reading: Reading,
  chosen: readonly ChosenApp[],
  worst: Upload | null,
  asks: boolean,
): Ways {
  const { photosEnabled } = reading.icloud;
  return {
    asks,
    tellsPhoto: worst !== null && tellsPhotoOf(catalog, reading, worst.app),
    // Where nobody chose the app, its owner may mean iCloud Photos all the same.
    engineIsOff: chosen.every(({ by }) => by === 'use') && isKnown(photosEnabled) && !photosEnabled.value,
  };
}

/** A locked iPhone keeps back what decides: it is read again before anything is asked or chosen. */
export const isTooLocked = (reading: Reading, { urgent, worst, proven }: Standing): boolean =>
  wasLocked(reading) && urgent === null && proven.length === 0 && worst?.state !== 'running';

/** What only the photo engine of an iPhone waits for is worth knowing, and no more, where another app is to keep the photos. */
function setEngineAside(judged: readonly Judged[]): void {
  for (const { subject, finding } of judged) if (isOfEngine(subject.cause, finding)) finding.severity = 'info';
}

const keyOf = (cause: string, app: string | null): string => `${cause} ${app ?? ''}`;

const isExplained = ({ finding }: Judged): boolean => finding.becauseOf.length > 0;

/**
 * Many photos that wait come of what is stuck: nobody is told to wait for them. Nothing is where photos leave, and what comes of
 * something stuck is told by that.
 */
function setPatienceAside(
  judged: readonly Judged[],
  isAside: (app: string) => boolean,
  runs: (app: string | null) => boolean,
): void {
  const severe = judged
    .map(({ finding }) => finding)
    .filter(({ app }) => (app === null || !isAside(app)) && !runs(app))
    .filter(({ pack, status, severity }) => pack === 'backup' && status === 'problem' && isSevere(severity));
  const names = new Set(severe.map(({ cause, app }) => keyOf(cause, app)));
  const stuck = severe.filter(({ becauseOf }) => !becauseOf.some(({ cause, app }) => names.has(keyOf(cause, app))));
  for (const { subject, finding } of judged) {
    if (!subject.cause.onlyPatience || !isOpen(finding)) continue;
    const own = stuck.filter((one) => concernSame(one, finding));
    if (own.length === 0) continue;
    finding.becauseOf = own.map(({ cause, app }) => ({ cause, app }));
    finding.corrections = [];
  }
}

/**
 * Where several limits of one maker hold an app back, changing one of them does not help: their steps become one recipe, which takes
 * the place of the guided steps of the first of them.
 */
function useRecipes(catalog: Catalog, judged: readonly Judged[]): RecipeInUse[] {
  const open = judged.filter(({ finding }) => isOpen(finding));
  const byApp = Map.groupBy(open, ({ finding }) => finding.app);
  return catalog.recipes.flatMap((recipe) =>
    [...byApp].flatMap(([app, list]): RecipeInUse[] => {
      // What is done with by the others is no step of its own.
      const members = list
        .filter(({ finding }) => recipe.causes.includes(finding.cause))
        .toSorted((a, b) => Number(isExplained(a)) - Number(isExplained(b)));
      const [lead] = members;
      // What is only a risk is put right on the way, and makes no recipe.
      const weighty = members.filter(({ finding }) => finding.severity === 'blocks' || finding.severity === 'delays');
      if (lead === undefined || weighty.length < 2 || recipe.when.evaluate(lead.values) !== true) return [];
      const offered = offerRecipe(catalog, recipe, lead.subject, lead.values);
      const automatic = lead.finding.corrections.filter(({ kind }) => kind === 'automatic');
      lead.finding.corrections = [...automatic, offered];
      const why = lead.subject.say(recipe.text.why);
      return [{ app, correction: recipe.id, why, causes: members.map(({ finding }) => finding.cause) }];
    }),
  );
}

const inWordsForIphones = new WeakMap<Cause, Cause>();

/** The cause in the words for this platform. */
export function inWordsFor(cause: Cause, platform: Platform): Cause {
  if (platform !== 'ios') return cause;
  const known = inWordsForIphones.get(cause) ?? { ...cause, text: Object.assign({}, cause.text, cause.text.ios) };
  inWordsForIphones.set(cause, known);
  return known;
}

export interface JudgeOptions {
  /** The same phone in its newest earlier snapshot: what has changed since. */
  previous?: Reading | null;
  /** What the owner answered to the questions of findings. */
  answers?: readonly Answer[];
  /** Why the steps that may cost photos are kept back; null or left out: they are not. */
  photosAtRisk?: string | null;
  /** The apps that a person chose for this phone; empty or left out: what shows use decides. */
  chosen?: readonly string[];
  /** Test photos of this phone that came to their end. */
  testPhotos?: readonly TestPhotoSeen[];
  /** When something was corrected, and for which app; null: for the whole phone. */
  corrected?: readonly CorrectedOnce[];
  /** Those that took, and have their former values again without having been put back. */
  cameBack?: readonly CorrectedOnce[];
  /** When a correction was put back. */
  putBack?: readonly CorrectedOnce[];
  /** Corrections that this phone would not have in this visit. */
  refused?: readonly CorrectionName[];
}

/** The newest test photo of an app did not leave. */
const testPhotoFailed = (app: string, seen: readonly TestPhotoSeen[]): boolean =>
  testPhotosOf(app, seen)[0]?.outcome === 'nothing-sent';

/**
 * The apps of which anything was read: a dump says nothing of the others. Photos is on every iPhone, whatever was read. What the phone has
 * archived is not there, and yet its owner finds its icon.
 */
function appsToJudge(catalog: Catalog, reading: Reading): [string, Reading['apps'][string]][] {
  return Object.entries(reading.apps).filter(
    ([app, leaves]) =>
      isArchived(leaves) ||
      (isPresent(leaves) !== false && (isSpokenOf(leaves) || backupAppOf(catalog, app)?.uploadsBy === 'icloud')),
  );
}

/** Compares a reading with the catalog. Pure: the same reading, catalog and options always give the same diagnosis. */
export function judge(reading: Reading, catalog: Catalog, options: JudgeOptions = {}): Diagnosis {
  const { testPhotos = [], corrected = [], cameBack = [], putBack = [], chosen = [] } = options;
  const diagnosis = judgeKnowing(reading, catalog, options);
  const overtaken = appsOvertaken(diagnosis, {
    testPhotos,
    taken: [...corrected, ...cameBack],
    findingsOf: (earlier) => judgeKnowing(earlier, catalog, { chosen }).findings,
  });
  if (overtaken.length === 0) return diagnosis;
  const returned = overtaken.map((app) => ({ app, at: reading.takenAt }));
  return judgeKnowing(reading, catalog, { ...options, putBack: [...putBack, ...returned] });
}

function judgeKnowing(reading: Reading, catalog: Catalog, options: JudgeOptions): Diagnosis {
  const { previous = null, answers: given = [], photosAtRisk = null, testPhotos = [] } = options;
  const { corrected = [], putBack = [] } = options;
  const phone = phoneValues(reading, previous);
  const causes = catalog.causes
    .filter((cause) => cause.platforms.includes(reading.platform))
    .map((cause) => inWordsFor(cause, reading.platform));
  const chosen = chooseApps(catalog, reading, options.chosen ?? []);
  const tellsPhoto = (app: string): boolean => tellsPhotoOf(catalog, reading, app);
  const uploadFor = (app: string): Upload => {
    const facts = {
      previous,
      testPhotos,
      correctedAt: tellsPhoto(app) ? lastOf(app, corrected) : null,
      returnedAt: lastOf(app, putBack),
    };
    return uploadOf(reading, app, facts, backupAppOf(catalog, app)?.uploadsBy === 'icloud');
  };
  const aboutOne = (app: string | null, values: ConditionValues): Omit<Subject, 'cause'> => {
    const about = { reading, previous, app, name: app === null ? '' : appName(catalog, app) };
    return { ...about, say: sayAbout(catalog, about, values) };
  };
  const apps = appsToJudge(catalog, reading).map(([app, leaves]) => {
    const upload = uploadFor(app);
    const { state } = upload;
    const values = appValues(phone, leaves, {
      backup: backupAppOf(catalog, app),
      before: previous?.apps[app],
      upload: {
        chosen: chosen.some((one) => one.app === app),
        ...(state === 'unknown' ? {} : { running: state === 'running', stalled: state === 'stalled' }),
        testPhotoFailed: testPhotoFailed(app, testPhotos),
      },
    });
    return { about: aboutOne(app, values), upload, values, archived: isArchived(leaves) };
  });
  const aboutPhone = aboutOne(null, phone);
  const judged = causes.flatMap((cause) =>
    cause.per === 'phone'
      ? [judgeCause(catalog, { cause, ...aboutPhone }, phone, given)]
      : apps
          .filter(({ archived }) => !archived || cause.ofArchived)
          .map(({ about, values }) => judgeCause(catalog, { cause, ...about }, values, given)),
  );
  closeGate(judged, catalog);
  const isAnother = isEngineAside(catalog, chosen);
  if (isAnother) setEngineAside(judged);
  markSettling(
    catalog,
    judged,
    apps.map(({ upload }) => upload),
  );
  markUncounted(catalog, judged, reading, corrected);
  const isAside = (app: string): boolean => chosen.length > 0 && chosen.every((one) => one.app !== app);
  const compare = compareFindings(catalog, isAside);
  judged.sort((a, b) => compare(a.finding, b.finding));
  offerCorrections(catalog, judged);
  if (photosAtRisk !== null) keepBack(judged, photosAtRisk);
  const findings = judged.map(({ finding }) => finding);
  markRefused(findings, options.refused ?? []);
  const roots = rootsAmong(catalog, findings);
  for (const { subject, values, finding } of judged) finding.becauseOf = rootsOf(subject.cause, finding, values, roots);
  const uploads = chosen.map(({ app }) => apps.find(({ about }) => about.app === app)?.upload ?? uploadFor(app));
  const runs = runsAmong(uploads);
  setPatienceAside(judged, isAside, runs);
  const recipes = useRecipes(catalog, judged);
  shareWork(
    catalog,
    judged.map(({ finding }) => finding).filter(({ app }) => app === null || !isAside(app)),
    runs,
  );
  const own = judged
    .filter(({ subject, finding }) => !(isAnother && isOfEngine(subject.cause, finding)))
    .map(({ finding }) => finding)
    .filter(({ app }) => app === null || !isAside(app));
  const words = { ...catalog, causes };
  const standing = standingOf(own, uploads, words);
  const isGated = judged.some(({ subject, finding }) => subject.cause.gate && finding.status === 'problem');
  const isLocked = isTooLocked(reading, standing);
  const asked = isLocked ? [] : questionsToAsk(own, standing, words);
  askOnly(findings, asked);
  const ways = waysOf(catalog, reading, chosen, standing.worst, asked.length > 0);
  const isToldFor = ({ app }: { app: string }): boolean =>
    !isGated && !(isLocked && chosen.some((one) => one.app === app && one.by === 'use'));
  const steps = isLocked ? [] : stepsFor(words, standing, asked, orderSteps(catalog, own, recipes), tellsPhoto);
  const held = heldBack({ findings, chosen, uploads, steps });
  return {
    findings,
    // Where somebody else is in front, the apps and photos that were read are not the owner's.
    chosen: chosen.filter(isToldFor),
    uploads: uploads.filter(isToldFor).map((upload) => ({ ...upload, words: uploadWords(upload, own, words) })),
    verdict: isLocked ? words.sentences['verdict-locked'] : verdict(own, standing, held, ways, words),
    steps,
    catalog: catalog.version,
  };
}

/** Whether a correction took, judged on the reading made after it; `before` is the one it was decided on, where that is at hand. */
export function verifyCorrection(
  correction: Correction,
  reading: Reading,
  app: string | null,
  catalog: Catalog,
  before: Reading | null = null,
): Truth {
  const phone = phoneValues(reading, before);
  const leaves = app === null ? undefined : reading.apps[app];
  const values =
    app === null || leaves === undefined
      ? phone
      : appValues(phone, leaves, { backup: backupAppOf(catalog, app), before: before?.apps[app] });
  return evaluate(correction.verify, values, 'unknown');
}

/** The corrections that a correction of a finding stands for: itself, or the guided ones of all causes of a recipe. */
function membersOf(catalog: Catalog, cause: string, correction: string): Correction[][] {
  const recipe = catalog.recipes.find(({ id }) => id === correction);
  const ofCauses = recipe?.causes ?? [cause];
  return catalog.causes
    .filter(({ id }) => ofCauses.includes(id))
    .map((one) =>
      one.corrections.filter(({ id, kind }) => (recipe === undefined ? id === correction : kind === 'guided')),
    )
    .filter((corrections) => corrections.length > 0);
}

/** The paths of the values that prove a correction, or every member of a recipe; null where there is no such correction. */
export function provenBy(catalog: Catalog, cause: string, correction: string): string[] | null {
  const members = membersOf(catalog, cause, correction);
  if (members.length === 0) return null;
  return [...new Set(members.flat().flatMap(({ verify }) => verify?.reads ?? []))];
}

/** Whether a correction, or every member of a recipe, is seen to be done. Of the ways of one cause, one is enough. */
export function isSeenDone(
  catalog: Catalog,
  { cause, app }: { cause: string; app: string | null },
  correction: string,
  reading: Reading,
): Truth {
  const truths = membersOf(catalog, cause, correction).map((ways) => {
    const seen = ways
      .filter(({ verify }) => verify !== null)
      .map((way) => verifyCorrection(way, reading, app, catalog));
    if (seen.includes(true)) return true;
    return seen.length === 0 || seen.includes('unknown') ? 'unknown' : false;
  });
  if (truths.includes(false)) return false;
  return truths.length === 0 || truths.includes('unknown') ? 'unknown' : true;
}

/** What could not be read, from the reading itself: one row per question that gave no answer. */
export function incompleteOf(reading: Reading): Incomplete[] {
  const rows = new Map<string, Incomplete>();
  const note = (leaf: Leaf<unknown> | undefined) => {
    if (leaf === undefined || isKnown(leaf)) return;
    const key = `${leaf.source} ${leaf.unavailable} ${leaf.detail}`;
    const probe = reading.answers[leaf.source]?.probe ?? leaf.source;
    rows.set(key, { probe, reason: leaf.unavailable, detail: leaf.detail });
  };
  const { platform: _platform, takenAt: _takenAt, answers: _answers, apps: ofApps, ...sections } = reading;
  for (const leaves of [...Object.values(sections), ...Object.values(ofApps)]) {
    for (const leaf of Object.values(leaves as Record<string, Leaf<unknown> | undefined>)) note(leaf);
  }
  return [...rows.values()];
}
