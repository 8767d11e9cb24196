import { createInterface } from 'node:readline/promises';
import { outcomeOf } from '../../diagnosis/judge/verdict.ts';
import { sizeText } from '../../diagnosis/uploads/upload-verdict.ts';
import type { Application } from '../app/application.ts';
import { notAllowedCodes } from '../app/actions/allowed.ts';
import type { Farewell } from '../app/farewell/farewell.ts';
import type { Proposal, ScanRequest } from '../app/program/requests.ts';
import type { Corrected, OnStep } from '../app/corrections/carry-out.ts';
import { ApplicationError } from '../app/program/problem.ts';
import type { Confirm, Question } from '../app/actions/question.ts';
import { uncountedPhotos, type ScanReport } from '../app/scan/scan-report.ts';
import type { ScanEvent } from '../app/scan/scan.ts';
import { tellInterrupted, wayOut } from './actions.ts';
import { consentSteps, noting, tellNobodyAsked } from './consent.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { orDash, plain, print, printJson, progressLine, tell, tellBetween } from './output.ts';
import { pasteable } from './pasteable.ts';
import { reportText } from './report-text.ts';
import { terminal } from './terminal.ts';
import {
  countOf,
  labelWords,
  momentWords,
  pathChangeLines,
  pathLabel,
  pathValueWords,
  valueWords,
} from './value-words.ts';

interface Json {
  json?: boolean;
}

export interface ScanOptions extends Json {
  save?: boolean;
  label?: string;
  ticket?: string;
  from?: string;
  /** The apps that should keep the photos. */
  app?: string[];
  /** Everything that was found, and not only what a person needs first. */
  all?: boolean;
  /** Counts the photos that wait on an iPhone however long that takes. */
  countPhotos?: boolean;
  /** The apps whose titles of notifications may be read. */
  readNotifications?: string[];
}

const scanCodes = {
  something: exitCode.problems,
  nothing: exitCode.ok,
  'too-little': exitCode.tooLittle,
} as const;

const tellProgress = (event: ScanEvent): void => {
  if (event.type === 'certain')
    tellBetween(`Already certain: ${event.findings.map(({ title }) => plain(title)).join(' · ')}`);
  if (event.type !== 'progress') return;
  const { answered, total, probe, bytes } = event;
  const came = bytes === undefined ? '' : `, ${sizeText(bytes.come)} of ${sizeText(bytes.total)}`;
  progressLine(`Reading ${answered} of ${total}: ${probe}${came}`);
};

/** A name or a ticket for what is not kept, or a ticket that is no number, is a slip of whoever typed it. */
function requireSensible({ save, label, ticket }: ScanOptions): void {
  if (save !== true && (label !== undefined || ticket !== undefined)) {
    const named = label === undefined ? '--ticket' : '--label';
    throw new ApplicationError('bad-argument', `${named} is for a snapshot: add --save.`);
  }
}

const phoneIdOf = async (app: Application, serial: string | undefined): Promise<string> =>
  serial === undefined ? (await app.onlyPhone()).id : app.phoneNamed(serial, { live: true });

/** Says too which ticket the phone is on from now on. */
async function scanPlugged(
  app: Application,
  phoneId: string,
  request: Omit<ScanRequest, 'phoneId'>,
  signal: AbortSignal,
): Promise<ScanReport> {
  const isOn = (): boolean =>
    request.ticket !== undefined && app.tickets.show(request.ticket).phones.some((one) => one.phoneId === phoneId);
  const wasOn = isOn();
  if (request.save) tellNobodyAsked(app, phoneId, 'keep', request.ticket);
  const report = await noting(
    app,
    phoneId,
    () => app.scan({ phoneId, ...request }, { signal, onEvent: tellProgress }),
    request.ticket,
  );
  if (!wasOn && isOn()) tell(plain(`This phone is on ticket ${request.ticket} from now on.`));
  return report;
}

/** Reads and judges a phone, or a file. */
export async function scan(
  app: Application,
  serial: string | undefined,
  options: ScanOptions,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { countPhotos, readNotifications } = options;
  const keep = { save: options.save ?? false, label: options.label, ticket: options.ticket, apps: options.app };
  requireSensible(options);
  if (options.from !== undefined && serial !== undefined) {
    throw new ApplicationError('bad-argument', 'Name a phone or a file, not both.');
  }
  const read =
    options.from === undefined
      ? await scanPlugged(app, await phoneIdOf(app, serial), { ...keep, countPhotos, readNotifications }, signal)
      : await app.scanFile({ path: options.from, ...keep }, { signal });
  const report = { ...read, phone: { ...read.phone, id: app.names.shown(read.phone.id) } };
  progressLine('');
  const { shopProblems } = app.about();
  if (shopProblems.length > 0) tell("The shop's own part of the catalog is left out:", ...shopProblems.map(plain));
  if (options.json) printJson(report);
  else print(...reportText(report, { all: options.all ?? false, live: options.from === undefined }));
  const uncounted = uncountedPhotos(read);
  if (uncounted !== null && options.from === undefined)
    tell(plain(uncounted), pasteable('scan', [report.phone.id], ['--count-photos']));
  if (options.from === undefined) tellInterrupted(app, read.phone.id);
  if (report.brokenOff !== null) {
    tell(`The scan broke off: ${report.brokenOff.detail}${keep.save ? ' Nothing was saved.' : ''}`);
    return exitCode.brokeOff;
  }
  if (report.notKept !== null) {
    const { code, message, steps } = report.notKept;
    const isForbidden = code === notAllowedCodes.keep;
    const ways = isForbidden ? consentSteps(app, read.phone.id, 'keep', keep.ticket) : steps;
    tell(plain(`This result was not kept. ${message}`), ...ways.map(plain));
    return isForbidden ? exitCode.usage : exitCode.unreadable;
  }
  return scanCodes[outcomeOf(report.findings, report.uploads, app.catalog)];
}

export interface CaptureOptions {
  output: string;
  redact?: boolean;
  overwrite?: boolean;
}

/** Records a phone in a file, for later or for someone else. */
export async function capture(
  app: Application,
  phoneId: string,
  options: CaptureOptions,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { output: file, redact = false, overwrite = false } = options;
  const request = { phoneId, file, redact, overwrite };
  const { brokenOff } = await noting(app, phoneId, () => app.record(request, { signal, onEvent: tellProgress }));
  progressLine('');
  tell(`Recorded in ${plain(options.output)}${options.redact ? ', redacted' : ''}.`);
  if (brokenOff === null) return exitCode.ok;
  tell(`The recording is not whole: ${plain(brokenOff.detail)}`);
  return exitCode.brokeOff;
}

const stepWords: Record<Parameters<OnStep>[0]['step'], string> = {
  'reading-before': 'Reading the phone',
  'storing-inverse': 'Storing how to put it back',
  running: 'Running',
  'waiting-for-phone': 'Waiting for the phone',
  'reading-after': 'Reading the phone again',
};

const tellStep: OnStep = ({ step, command, detail }) => {
  const more = command ?? detail;
  tell(plain(more === null ? stepWords[step] : `${stepWords[step]}: ${more}`));
};

async function askConsent(proposal: Proposal): Promise<boolean> {
  tell(
    plain(proposal.title),
    'It has now:',
    ...Object.entries(proposal.before).map(([path, value]) => plain(`  ${pathValueWords(path, value)}`)),
    'This will be run on the phone:',
    ...proposal.commands.map((command) => `  ${plain(command)}`),
    ...(proposal.irreversible === null
      ? ['This puts it back:', ...proposal.inverse.map((command) => `  ${plain(command)}`)]
      : [plain(proposal.irreversible)]),
    ...(proposal.caution === null ? [] : [plain(proposal.caution)]),
  );
  return askYes('Do it?');
}

/** Throws `say-yes` where nobody is there to be asked. */
export async function askYes(question: string): Promise<boolean> {
  if (!terminal().stdin.isTTY) {
    throw new ApplicationError(
      'say-yes',
      'Nothing was changed: nobody is there to be asked. Add --yes to agree in advance.',
    );
  }
  const asking = createInterface({ input: terminal().stdin, output: terminal().stderr });
  try {
    return /^y(es)?$/i.test((await asking.question(`${question} [y/N] `)).trim());
  } finally {
    asking.close();
  }
}

/** What a person may agree to in advance, beside the correction itself. */
export interface Answers {
  samePhone?: boolean;
  overwrite?: boolean;
}

const flags: Record<Exclude<Question['about'], 'consent'>, { name: string; of: (answers: Answers) => boolean }> = {
  'same-phone': { name: '--same-phone', of: ({ samePhone }) => samePhone === true },
  overwrite: { name: '--overwrite', of: ({ overwrite }) => overwrite === true },
};

const differenceWords = ({ what, was, is }: Question['differs'][number]): string =>
  plain(`${labelWords(pathLabel(what))}: ${valueWords(was, pathLabel(what))} → ${valueWords(is, pathLabel(what))}`);

/** Tells what differs, and asks; where nobody is there, only the flag of this question is an answer. */
const askingAbout =
  (answers: Answers): Confirm =>
  async (question) => {
    // Whether a customer allows it is noted on their ticket, with who said so and how: no flag is that.
    if (question.about === 'consent') return true;
    const { name, of } = flags[question.about];
    if (of(answers)) return true;
    if (!terminal().stdin.isTTY) {
      throw new ApplicationError(
        question.about,
        `${question.title} Add ${name} where it is. Nothing was run.`,
        question.differs.map(differenceWords),
      );
    }
    tell(...question.differs.map((row) => `  ${differenceWords(row)}`));
    return askYes(question.title);
  };

const outcomeRemedyLines = (remedy: Corrected['outcome']['remedy']): string[] =>
  remedy === null ? [] : ['', remedy.title, ...remedy.steps.map((step, index) => `  ${index + 1}. ${step}`)].map(plain);

/** What a result is called; the JSON keeps its words. */
const resultWords: Record<Corrected['outcome']['result'], string> = {
  taken: 'Corrected',
  'not-taken': 'Not corrected',
  refused: 'Not corrected',
  unverified: 'Not verified',
};

/** The same where something is put back. */
const putBackWords: typeof resultWords = {
  ...resultWords,
  taken: 'Put back',
  'not-taken': 'Not put back',
  refused: 'Not put back',
};

function printOutcome(
  app: Application,
  { outcome }: Corrected,
  options: Json,
  words: typeof resultWords = resultWords,
): ExitCode {
  if (options.json) printJson(outcome);
  else {
    print(
      `${words[outcome.result]}: ${plain(outcome.detail)}`,
      ...pathChangeLines(outcome.before, outcome.after).map((line) => plain(`  ${line}`)),
      ...(outcome.undoable
        ? [`Action ${outcome.action}; to put it back: ${pasteable('undo', [outcome.action])}`]
        : [`Action ${outcome.action}`]),
      ...outcomeRemedyLines(outcome.remedy),
    );
  }
  const open = app.corrections.interrupted().find(({ id }) => id === outcome.action);
  if (open !== undefined) tell(wayOut(open));
  if (outcome.result === 'unverified') return exitCode.brokeOff;
  return outcome.result === 'taken' ? exitCode.ok : exitCode.problems;
}

export interface FixOptions extends Json, Answers {
  app?: string;
  yes?: boolean;
  correction?: string;
}

/** Carries out the automatic correction of a cause and verifies it. */
export async function fix(app: Application, phoneId: string, cause: string, options: FixOptions): Promise<ExitCode> {
  const request = { phoneId, cause, app: options.app ?? null, correction: options.correction ?? null };
  const consent = (proposal: Proposal) => (options.yes ? Promise.resolve(true) : askConsent(proposal));
  tellNobodyAsked(app, phoneId, 'change');
  const corrected = await noting(app, phoneId, () =>
    app.corrections.correct(request, tellStep, consent, askingAbout(options)),
  );
  if (corrected === null) {
    tell('Nothing was changed.');
    return exitCode.problems;
  }
  const code = printOutcome(app, corrected, options);
  if (corrected.outcome.result === 'taken') tell(`What is next: ${pasteable('scan', [app.names.shown(phoneId)])}`);
  return code;
}

/** Puts back what an action changed. */
export async function undo(app: Application, action: string, options: Json & Answers): Promise<ExitCode> {
  return printOutcome(app, await app.corrections.undo(action, tellStep, askingAbout(options)), options, putBackWords);
}

export interface FinishOptions extends Json, Answers {
  leave?: boolean;
}

/** Brings a correction that was cut off, or the undoing of one, to its end; or leaves it as it is. */
export async function finish(app: Application, action: string, options: FinishOptions): Promise<ExitCode> {
  if (options.leave) {
    const left = app.corrections.leave(action);
    if (options.json) printJson(left);
    else tell(`Action ${left.id} stays as it is, and is not offered any more.`);
    return exitCode.ok;
  }
  const phoneId = app.corrections.phoneOf(action);
  const work = () => app.corrections.finish(action, tellStep, askingAbout(options));
  return printOutcome(app, await noting(app, phoneId, work), options);
}

/** Where screens of phones were not as the catalog's steps say; it tells no phone's owner. */
export function feedback(app: Application, options: Json): ExitCode {
  const reports = app.walkthroughs.screenReports();
  if (options.json) printJson(reports);
  else if (reports.length === 0) tell('Nobody has said yet that a screen looks different.');
  else {
    for (const { at, manufacturer, model, osVersion, cause, correction, steps, note } of reports) {
      print(
        plain(
          `${momentWords(at)}  ${orDash(manufacturer)} ${orDash(model)}, version ${orDash(osVersion)}: ${cause}, ${correction}`,
        ),
        ...steps.map((step, index) => plain(`  ${index + 1}. ${step}`)),
        plain(`  Instead: ${orDash(note)}`),
        '',
      );
    }
  }
  return exitCode.ok;
}

const trustWords: Record<Farewell['trust'], string> = {
  removed: 'The phone does not trust this computer any more.',
  'not-plugged-in': 'The phone is not plugged in: take the permission for this computer back on the phone.',
  'by-hand':
    'Take the permission back on the phone: Developer options > Revoke USB debugging authorisations, then switch USB debugging off.',
  failed: 'The permission for this computer could not be taken back.',
};

/** Removes everything that is kept about a phone. */
export async function forget(app: Application, phoneId: string, options: Json & { yes?: boolean }): Promise<ExitCode> {
  await app.farewells.requireKnown(phoneId);
  const { snapshots: kept, actions: done, testPhotos, undoable, setAside } = app.farewells.summary(phoneId);
  tell(
    `This removes, for good: ${countOf(kept, 'snapshot', 'snapshots')}, ${countOf(done, 'action', 'actions')}, ${countOf(testPhotos, 'test photo', 'test photos')}, and whatever else is kept about ${plain(phoneId)}.`,
    ...(undoable.length === 0 ? [] : ['Nobody can undo these corrections afterwards:']),
    ...undoable.map(({ id, title }) => plain(`  action ${id}: ${title}`)),
    ...setAside.map((file) => plain(`It also removes what was kept before and set aside, of everybody: ${file}`)),
  );
  if (!options.yes && !(await askYes('Forget this phone?'))) {
    tell('Nothing was removed.');
    return exitCode.problems;
  }
  const farewell = await app.farewells.forget(phoneId);
  if (options.json) printJson(farewell);
  else {
    print(
      'Everything about this phone is removed.',
      ...(farewell.waits === null
        ? []
        : [plain(`The backups hold it still, and are cleared later: ${farewell.waits}`)]),
    );
  }
  tell(trustWords[farewell.trust], ...(farewell.detail === null ? [] : [plain(farewell.detail)]));
  return exitCode.ok;
}
