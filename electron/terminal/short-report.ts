import { groupsOf, type FindingGroups } from '../../diagnosis/judge/groups.ts';
import { heldBack, holdsBack } from '../../diagnosis/judge/verdict.ts';
import type { Evidence, Finding, OfferedCorrection } from '../../diagnosis/finding.ts';
import { goOnWithout } from '../app/scan/copy-guard.ts';
import { waitingPhotos, type ScanReport } from '../app/scan/scan-report.ts';
import { fixCommand, watchCommand } from './next-commands.ts';
import { plain, styled } from './output.ts';
import { pasteable } from './pasteable.ts';
import { columns, cut, wrapped } from './columns.ts';
import { countOf, labelWords, valueWords } from './value-words.ts';

/** So many causes, values and steps fit on one screen. */
const most = { causes: 3, evidence: 2, steps: 6 };

export type NameOf = (id: string) => string;

export interface ShortOptions {
  /** The phone is plugged in: commands act on it. */
  live: boolean;
}

const isOpen = ({ status, pack }: Finding): boolean =>
  pack === 'backup' && (status === 'problem' || status === 'possible');

function evidenceLine(evidence: Evidence): string[] {
  const { label, value } = evidence;
  const command = evidence.command || evidence.probe;
  const lines = wrapped(plain(`    ${labelWords(label)}: ${valueWords(value, label)} (${command})`), 6);
  return lines.length <= 2 ? lines : [...lines.slice(0, 1), cut(`${lines[1]} …`, columns())];
}

/** The values that decide; where none is marked, the first ones. */
function evidenceLines(evidence: readonly Evidence[]): string[] {
  const known = evidence.filter(({ unavailable }) => unavailable === null);
  const deciding = known.filter(({ decides }) => decides);
  return (deciding.length > 0 ? deciding : known).slice(0, most.evidence).flatMap(evidenceLine);
}

/** The chosen app, who says so, and whether its photos leave. */
export function chosenLines({ chosen, uploads }: ScanReport, appName: NameOf): string[] {
  return chosen.flatMap(({ app, by }) => {
    const upload = uploads.find((one) => one.app === app);
    // Of one app that uploads the verdict says so itself.
    const words = chosen.length === 1 && upload?.state === 'running' ? '' : (upload?.words ?? '');
    const who = by === 'person' ? 'chosen' : 'taken to be the app in use';
    return wrapped(plain(`${appName(app)} (${who})${words === '' ? '' : `: ${words}`}.`));
  });
}

/** How many photos of an iPhone wait, whether uploads run or not. */
export function waitingLines(report: ScanReport): string[] {
  const waiting = waitingPhotos(report);
  if (waiting === null) return [];
  return [
    waiting === 0 ? 'No photo waits for iCloud.' : `${countOf(waiting, 'photo waits', 'photos wait')} for iCloud.`,
  ];
}

function findingLines(finding: Finding, appName: NameOf): string[] {
  const name = finding.app === null ? '' : appName(finding.app);
  const who = finding.title.includes(name) ? '' : ` [${name}]`;
  const word =
    finding.status === 'problem' ? styled(['red', 'bold'], 'PROBLEM') : styled(['yellow', 'bold'], 'POSSIBLE');
  return [`${word}  ${cut(plain(finding.title + who), columns() - 10)}`, ...evidenceLines(finding.evidence)];
}

const moreLine = (more: number): string[] =>
  more > 0 ? [`and ${more} more: --all shows ${more === 1 ? 'it' : 'them'}`] : [];

/** Where nothing is proven and photos are not seen to leave: what may hold the uploads back. */
function maybeHeldBack(report: ScanReport): Finding[] {
  const { chosen, findings, uploads } = report;
  if (heldBack(report).length > 0 || uploads.some(({ state }) => state === 'running')) return [];
  const isOwn = ({ app }: Finding): boolean =>
    app === null || chosen.length === 0 || chosen.some((one) => one.app === app);
  return findings.filter(
    (finding) =>
      isOpen(finding) &&
      finding.status === 'possible' &&
      finding.severity !== 'info' &&
      finding.becauseOf.length === 0 &&
      finding.cause !== holdsBack &&
      isOwn(finding),
  );
}

/** What holds the uploads back, each with the values that show it; where nothing does, what shows whether photos leave, and what may. */
function causeLines(report: ScanReport, appName: NameOf): string[] {
  const held = heldBack(report);
  const shown = held.length > 0 ? held : maybeHeldBack(report);
  return [
    ...(held.length > 0
      ? []
      : report.uploads.filter(({ state }) => state === 'stalled').flatMap(({ evidence }) => evidenceLines(evidence))),
    ...shown.slice(0, most.causes).flatMap((finding) => findingLines(finding, appName)),
    ...moreLine(shown.length - most.causes),
  ];
}

/** The command that does a step; null where it is done on the phone, or the phone is not here. */
function commandOf({ phone }: ScanReport, finding: Finding, offered: OfferedCorrection, live: boolean): string | null {
  return live && offered.kind === 'automatic' ? fixCommand(phone.id, finding, offered.id) : null;
}

/** A command stays whole, to be pasted; a long one begins further to the left. */
function commandLines(command: string | null): string[] {
  if (command === null) return [];
  const text = plain(command);
  return [`${' '.repeat(Math.max(0, Math.min(5, columns() - text.length)))}${text}`];
}

/** Steps that are kept back until the photos are safe: why, and the ways on. */
export const lockedLines = (
  phoneId: string,
  why: string,
  { live, indent, all }: { live: boolean; indent: number; all: boolean },
): string[] => {
  const space = ' '.repeat(indent);
  const ways = [
    `Make a safe copy:   ${pasteable('copy', [phoneId], ['-o', 'FOLDER'])}`,
    ...(all ? [`Go on without one:  ${pasteable('copy', [phoneId], ['--decline', goOnWithout])}`] : []),
  ];
  return [
    ...wrapped(plain(`${space}The steps are kept back, because they may cost photos. ${why}`), indent),
    ...(live ? ways.map((way) => plain(space + way)) : []),
  ];
};

/** What this computer can correct besides the steps shown: the window counts it, and offers it too. */
function fixLines(report: ScanReport, { live }: ShortOptions): string[] {
  if (!live) return [];
  const shown = report.steps.slice(0, most.steps);
  const lines = report.fixes.flatMap(({ cause, app, correction }) => {
    if (shown.some((step) => step.cause === cause && step.app === app && step.correction === correction)) return [];
    const finding = report.findings.find((one) => one.cause === cause && one.app === app);
    const offered = finding?.corrections.find(({ id }) => id === correction);
    if (finding === undefined || offered === undefined) return [];
    return [...wrapped(plain(`  ${offered.title}`), 5), ...commandLines(commandOf(report, finding, offered, live))];
  });
  return lines.length === 0 ? [] : ['This computer can also do:', ...lines];
}

function stepLines(report: ScanReport, { live }: ShortOptions): string[] {
  const { steps, findings, phone } = report;
  const held = heldBack(report);
  const told = held.length > 0 ? held : maybeHeldBack(report);
  const lines = steps.slice(0, most.steps).flatMap(({ cause, app, correction, why }, index) => {
    const finding = findings.find((one) => one.cause === cause && one.app === app);
    const offered = finding?.corrections.find(({ id }) => id === correction);
    const title = wrapped(plain(`  ${index + 1}. ${offered?.title ?? why}`), 5);
    if (finding === undefined || offered === undefined) {
      const command = live && correction === 'test-photo' && app !== null ? watchCommand(phone.id, app) : null;
      const where = index === 0 ? (finding?.question?.where ?? []) : [];
      return [...title, ...commandLines(command), ...where.flatMap((step) => wrapped(plain(`     - ${step}`), 7))];
    }
    const command = commandOf(report, finding, offered, live);
    // What is to be done on the phone is told of the first step; the others follow when it is done.
    const onPhone = index === 0 ? offered.steps : [];
    // What stands above as a problem need not be said again.
    const isTold = told.slice(0, most.causes).includes(finding);
    return [
      ...title,
      ...(isTold ? [] : wrapped(plain(`     Because: ${finding.title}`), 7)),
      ...commandLines(command),
      ...(index === 0 && offered.locked !== null
        ? lockedLines(phone.id, offered.locked, { live, indent: 5, all: false })
        : []),
      ...onPhone.flatMap((step) => wrapped(plain(`     - ${step}`), 7)),
    ];
  });
  const rest = steps.length - most.steps;
  const isOverUsb = ({ cause, app, correction }: (typeof steps)[number]): boolean =>
    correction === 'test-photo' ||
    findings.some(
      (one) =>
        one.cause === cause &&
        one.app === app &&
        one.corrections.some(({ id, kind }) => id === correction && kind === 'automatic'),
    );
  if (lines.length === 0) return [];
  return [
    'Steps:',
    ...lines,
    ...(rest > 0 ? [`  and ${rest} more`] : []),
    ...(live || !steps.some(isOverUsb) ? [] : ['  A scan of the phone itself, plugged in, names the commands.']),
  ];
}

/** What stands behind: the other apps, and the rest in numbers. */
function foldLines(report: ScanReport): string[] {
  const { findings, apps, chosen } = report;
  const groups = groupsOf(report);
  const others = chosen.length === 0 ? [] : apps.filter(({ id }) => chosen.every(({ app }) => app !== id));
  const names = others.flatMap(({ id, name }) => {
    if (!findings.some(({ app }) => app === id)) return [];
    const open = groups.others.filter(({ app }) => app === id).length;
    return [open === 0 ? name : `${name} (${countOf(open, 'thing', 'things')} would matter for it)`];
  });
  const rest = [
    ...(groups.worthALook.length > 0 ? [`${groups.worthALook.length} worth a look`] : []),
    ...(groups.couldMatter.length > 0
      ? [`${countOf(groups.couldMatter.length, 'thing', 'things')} that could matter`]
      : []),
    ...(groups.byHand.length > 0 ? [`${groups.byHand.length} to look up by hand`] : []),
    passedWords(groups),
  ];
  return [
    ...(names.length === 0 ? [] : wrapped(plain(`Not chosen: ${names.join(', ')}.`))),
    `With --all: ${rest.join(', ')}.`,
  ];
}

export const passedWords = ({ passed }: Pick<FindingGroups, 'passed'>): string =>
  `${countOf(passed.length, 'check', 'checks')} passed`;

/** Which apps may be chosen, where nothing shows which one it is. */
function choiceLines({ chosen, apps, steps }: ScanReport): string[] {
  if (chosen.length > 0 || steps.length > 0) return [];
  const there = apps.filter(({ installed }) => installed === true);
  return there.length === 0 ? [] : ['Choose it with --app:', ...there.map(({ id, name }) => plain(`  ${name}: ${id}`))];
}

/** What follows the verdict, on one screen: what holds the uploads back with its evidence, and the steps. */
export function shortText(report: ScanReport, appName: NameOf, options: ShortOptions): string[] {
  const steps = [...stepLines(report, options), ...fixLines(report, options)];
  const parts = [causeLines(report, appName), choiceLines(report), steps, foldLines(report)];
  return parts.flatMap((part) => (part.length === 0 ? [] : ['', ...part]));
}
