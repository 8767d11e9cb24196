import type { Diagnosis } from '../diagnosis.ts';
import type { Finding, Severity } from '../finding.ts';
import type { Catalog } from '../load/catalog.ts';
import { limitWords } from '../load/limit-words.ts';
import { countedForm, countedSentence, fill, type CountedName } from '../load/sentences.ts';
import type { Upload, UploadState } from '../uploads/upload-state.ts';
import { isOpen } from './order.ts';

/** What a person calls an app: the catalog's name, else its id. */
export function appName(catalog: Pick<Catalog, 'apps'>, id: string): string {
  const app = catalog.apps.find((entry) => entry.android.includes(id) || entry.ios.includes(id));
  return app?.words.name ?? app?.name ?? id;
}

/** The symptom that repeats the state of the uploads, and explains nothing. */
export const holdsBack = 'upload-stalled';

/** No backup app is there: nobody can choose one. */
const noApp = 'app-not-installed';

export const isSevere = (severity: Severity): boolean => severity === 'blocks' || severity === 'delays';

/** The worst first: it decides where several apps are to keep the photos. */
const stateOrder: readonly UploadState[] = ['stalled', 'unknown', 'nothing-new', 'running'];

/** Proven to stop or delay backups, whatever it comes from, or shares its work with. */
export const isObstacle = ({ pack, status, severity, cause }: Finding): boolean =>
  pack === 'backup' && status === 'problem' && isSevere(severity) && cause !== holdsBack;

/** The same as a thing of its own to whoever puts it right; a symptom is done with when what it comes from is. */
const isHolding = (finding: Finding): boolean => isObstacle(finding) && finding.becauseOf.length === 0;

/** Whether photos leave with an app; null: with all of them. */
export const runsAmong =
  (uploads: readonly Upload[]) =>
  (app: string | null): boolean => {
    const own = uploads.filter((upload) => app === null || upload.app === app);
    return own.length > 0 && own.every(({ state }) => state === 'running');
  };

type Standings = Pick<Diagnosis, 'findings' | 'chosen' | 'steps'> & { uploads: readonly Upload[] };

/** What is proven to hold the photos of the chosen apps back; of an app whose photos leave, only what a step is about. The one count of problems. */
export function heldBack({ findings, chosen, uploads, steps }: Standings): Finding[] {
  const runs = runsAmong(uploads);
  const isStep = ({ cause, app }: Finding) => steps.some((step) => step.cause === cause && step.app === app);
  return findings.filter(
    (finding) =>
      isHolding(finding) &&
      (finding.app === null || chosen.length === 0 || chosen.some(({ app }) => app === finding.app)) &&
      (!runs(finding.app) || isStep(finding)),
  );
}

/** What the verdict rests on. */
export interface Standing {
  /** What outranks every state of the uploads; null: nothing does. */
  urgent: Finding | null;
  /** The chosen app that stands worst; null where no app is chosen and none shows use. */
  worst: Upload | null;
  /** What is proven to hold its uploads back, the worst first. */
  proven: readonly Finding[];
  /** What keeps some photos back for good although its uploads run. */
  beside: Finding | null;
}

/** `app` null: whichever it is of. */
const concerns = (finding: Finding, app: string | null): boolean =>
  app === null || finding.app === null || finding.app === app;

/** What is proven to hold an app's uploads back: its own, the phone's, and what it shares with another app. */
const holding = (findings: readonly Finding[], app: string | null): Finding[] =>
  findings.filter(
    (finding) =>
      isHolding(finding) &&
      (concerns(finding, app) ||
        findings.some(
          (other) =>
            other.app === app &&
            other.status === 'problem' &&
            other.becauseOf.some((root) => root.cause === finding.cause && root.app === finding.app),
        )),
  );

/** `findings`: those of the phone and of the chosen apps, sorted. */
export function standingOf(findings: readonly Finding[], uploads: readonly Upload[], { causes }: Catalog): Standing {
  const first = new Set(causes.filter((cause) => cause.gate || cause.first).map(({ id }) => id));
  const lasting = new Set(causes.filter(({ beside }) => beside).map(({ id }) => id));
  const problems = findings.filter(({ pack, status }) => pack === 'backup' && status === 'problem');
  const provenFor = (app: string | null): Finding[] => holding(problems, app);
  const rank = ({ app, state }: Upload): number =>
    stateOrder.indexOf(state) * 2 - (state !== 'running' && provenFor(app).length > 0 ? 3 : 0);
  const [worst] = uploads.toSorted((a, b) => rank(a) - rank(b));
  return {
    urgent: problems.find(({ cause }) => first.has(cause)) ?? null,
    worst: worst ?? null,
    proven: worst?.state === 'running' ? [] : provenFor(worst?.app ?? null),
    beside: worst?.state === 'running' ? (provenFor(worst.app).find(({ cause }) => lasting.has(cause)) ?? null) : null,
  };
}

/**
 * Whether something holds the uploads of the chosen apps back; the worst of them decides. `nothing` needs proof: photos that leave, no
 * photo that waits, or every cause that blocks read and found to be right.
 */
export function outcomeOf(
  all: readonly Finding[],
  uploads: readonly Upload[],
  catalog: Catalog,
): 'something' | 'nothing' | 'too-little' {
  const own = all.filter(
    ({ app }) => app === null || uploads.length === 0 || uploads.some((upload) => upload.app === app),
  );
  if (uploads.length === 0) return standingOf(own, [], catalog).proven.length > 0 ? 'something' : 'too-little';
  const outcomes = uploads.map((upload) => {
    const { urgent, proven, beside } = standingOf(own, [upload], catalog);
    if (urgent !== null || beside !== null || proven.length > 0 || upload.state === 'stalled') return 'something';
    if (upload.state !== 'unknown') return 'nothing';
    const blocking = own.filter(
      ({ app, pack, severity }) => pack === 'backup' && severity === 'blocks' && (app === null || app === upload.app),
    );
    const isRight =
      blocking.length > 0 && blocking.every(({ status }) => status === 'ok' || status === 'not-applicable');
    return isRight ? 'nothing' : 'too-little';
  });
  return outcomes.find((one) => one === 'something') ?? outcomes.find((one) => one === 'too-little') ?? 'nothing';
}

/** What was read of several apps is one check. */
export const checksIn = (findings: readonly Finding[]): number =>
  new Set(findings.map((finding) => finding.cause)).size;

/** Something was read that a finding rests on. */
const restsOnAnswer = ({ status }: Finding): boolean =>
  status === 'ok' || status === 'problem' || status === 'possible';

/** What the phone did not tell, as the sentences and the window count it: what is asked, or known after the next photo, stands elsewhere. */
export const unreadChecks = (findings: readonly Finding[]): number =>
  checksIn(
    findings.filter(
      ({ status, pack, settling, question }) =>
        pack === 'backup' && status === 'unknown' && !settling && question === null,
    ),
  );

/** Nothing was found: how much that is worth; null where enough was read, or all that is not known is asked. */
function tooLittle(findings: readonly Finding[], { sentences, language }: Catalog): string | null {
  if (!findings.some(restsOnAnswer)) return sentences['no-answers'];
  const count = (status: Finding['status']) =>
    checksIn(findings.filter((finding) => finding.status === status && !finding.settling));
  if (count('unknown') <= count('ok')) return null;
  const untold = unreadChecks(findings);
  if (untold === 0) return null;
  return fill(sentences['too-little'], {
    rest: countedSentence(sentences, language, 'unread', untold),
  });
}

/** What a cause does to uploads. */
const effectOf = ({ cause, severity }: Finding, { causes, sentences }: Catalog): string =>
  causes.find(({ id }) => id === cause)?.text.effect ?? sentences[`effect-${severity}`];

/** What holds uploads back: the first of them, what it does, and how much more there is in all. */
function causeSentence(
  findings: readonly Finding[],
  catalog: Catalog,
  all: readonly Finding[] = findings,
): string | null {
  const { sentences, language } = catalog;
  const [first] = findings;
  if (first === undefined) return null;
  const more = all.filter((finding) => finding !== first).length;
  const isProblem = first.status === 'problem';
  const name: CountedName = isProblem ? 'more-problems' : 'more-possible';
  return fill(sentences[isProblem ? 'verdict-problem' : 'verdict-possible'], {
    title: first.title,
    effect: effectOf(first, catalog),
    more: more === 0 ? '' : countedSentence(sentences, language, name, more),
  });
}

const hourMs = 3_600_000;
const units = [48 * hourMs, 24 * hourMs, hourMs, 60_000] as const;

/** Each is made once: that takes a hundred times what it takes to use it. */
const ageFormats = new Map<string, Intl.NumberFormat>();

/** About how long: whole days from two on, else hours, else minutes. */
function ageWords(ms: number, language: string): string {
  const unit = units.find((each, index) => index !== 1 && ms >= each) ?? 60_000;
  const each = unit === 48 * hourMs ? 24 * hourMs : unit;
  const count = Math.max(1, Math.floor(ms / each));
  const name = each === 24 * hourMs ? 'day' : each === hourMs ? 'hour' : 'minute';
  const key = `${language} ${name}`;
  const format =
    ageFormats.get(key) ?? new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'long' });
  ageFormats.set(key, format);
  return format.format(count);
}

/** How it is known that photos leave, or that they do not. */
export function proofWords({ app, proof }: Upload, catalog: Catalog): string {
  const { sentences, language } = catalog;
  const name = appName(catalog, app);
  switch (proof.by) {
    case 'bytes':
      return fill(sentences.proof.bytes, {
        app: name,
        size: limitWords(proof.sentBytes, 'bytes', language),
        age: ageWords(proof.sinceMs, language),
      });
    case 'test-photo':
    case 'session':
      return fill(sentences.proof[proof.by], { app: name, age: ageWords(proof.agoMs, language) });
    case 'backlog':
      return countedForm(sentences.proof.backlog, language, proof.fell);
    case 'silence':
      return fill(sentences.proof.silence, { app: name, age: ageWords(proof.sinceMs, language) });
    case 'nothing':
      return '';
  }
}

/** Whether photos leave, in the words that stand after the name of the app; empty where it is not known and the verdict says what holds them. */
export function uploadWords(upload: Upload, findings: readonly Finding[], catalog: Catalog): string {
  const { upload: words } = catalog.sentences;
  if (upload.settling) return words.settling;
  if (upload.state === 'unknown' && holding(findings, upload.app).length > 0) return '';
  return upload.state === 'stalled' ? proofWords(upload, catalog) : words[upload.state];
}

/** What else decides how the verdict ends. */
export interface Ways {
  /** Questions are asked. */
  asks: boolean;
  /** The phone shows whether a photo leaves. */
  tellsPhoto: boolean;
  /** iCloud Photos is off, and no person chose the app that is judged. */
  engineIsOff: boolean;
}

/** The diagnosis in one sentence. `all`: the findings of the phone and of the chosen apps, sorted; `heldNow`: what {@link heldBack} counts of them. */
export function verdict(
  all: readonly Finding[],
  { urgent, worst, proven, beside }: Standing,
  heldNow: readonly Finding[],
  { asks, tellsPhoto, engineIsOff }: Ways,
  catalog: Catalog,
): string {
  const { sentences } = catalog;
  const findings = all.filter(({ pack }) => pack === 'backup');
  if (urgent !== null) return causeSentence([urgent], catalog, heldNow) ?? '';
  const app = worst === null ? '' : appName(catalog, worst.app);
  const held = causeSentence(proven, catalog, heldNow);
  if (held !== null) return held;
  if (worst === null) {
    const missing = findings.filter((finding) => finding.cause === noApp && isOpen(finding));
    return tooLittle(findings, catalog) ?? causeSentence(missing, catalog) ?? sentences['no-app-in-use'];
  }
  if (worst.settling) return fill(sentences['verdict-settling'], { app });
  switch (worst.state) {
    case 'running':
      return beside === null
        ? fill(sentences['verdict-running'], { proof: proofWords(worst, catalog) })
        : fill(sentences['verdict-running-beside'], { title: beside.title, effect: effectOf(beside, catalog) });
    case 'stalled':
      return fill(sentences[asks ? 'verdict-stalled' : 'verdict-stalled-answered'], {
        app,
        proof: proofWords(worst, catalog),
      });
    case 'nothing-new':
      return fill(sentences['verdict-nothing-new'], { app });
    case 'unknown': {
      const possible = findings.filter(
        (finding) => isOpen(finding) && isSevere(finding.severity) && finding.becauseOf.length === 0,
      );
      return (
        tooLittle(findings, catalog) ??
        causeSentence(possible, catalog) ??
        [
          fill(sentences[tellsPhoto ? 'verdict-unknown' : 'verdict-never-told'], { app }),
          ...(engineIsOff ? [sentences['engine-is-off']] : []),
        ].join(' ')
      );
    }
  }
}
