import {
  comparedChanges,
  isAboutChosen,
  type ChangedValue,
  type ComparedFinding,
  type ComparedValue,
} from '../../db/compare.ts';
import type { Application } from '../app/application.ts';
import type { SnapshotComparison, SnapshotListItem } from '../app/history/snapshot-list.ts';
import { wrapped } from './columns.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { plain, print, printJson, styled, tell } from './output.ts';
import { appOf, changeWords, labelWords, momentWords, pathOfAny, valueWords } from './value-words.ts';

export interface CompareOptions {
  all?: boolean;
  json?: boolean;
}

function sideLines(name: string, { id, label, takenAt, verdict }: SnapshotListItem): string[] {
  const called = label === null ? '' : ` (${label})`;
  return [
    styled('bold', plain(`${name}: snapshot ${id}${called}, ${momentWords(takenAt)}`)),
    ...wrapped(plain(`  ${verdict}`), 2),
  ];
}

function headLines({ before, after, comparison }: SnapshotComparison): string[] {
  const { samePhone } = comparison;
  const title = samePhone
    ? `${after.phoneName} (${after.phoneId})`
    : `Two phones: ${before.phoneName} (${before.phoneId}) and ${after.phoneName} (${after.phoneId})`;
  return [
    plain(title),
    ...sideLines(samePhone ? 'Before' : 'First', before),
    ...sideLines(samePhone ? 'After' : 'Second', after),
  ];
}

/** `not read` says that nobody knows, and why. */
const sideWords = ({ value, unavailable }: ComparedValue, label: string): string =>
  unavailable === null ? valueWords(value, label) : `not read (${unavailable.reason})`;

function changed({ before, after, label }: ChangedValue): string {
  const isKnown = before.unavailable === null && after.unavailable === null;
  return isKnown
    ? changeWords(before.value, after.value, label)
    : `${sideWords(before, label)} → ${sideWords(after, label)}`;
}

/** What another value says in plainer words; `--all` shows it. */
const finePrint: ReadonlySet<string> = new Set([
  'dataPolicy.allowedUids',
  'dataPolicy.policies',
  'dataPolicy.policyNames',
  'network.meteredMark',
  'system.settingsChangedBy',
  'app.netPolicyName',
  'app.bucketReason',
  'app.versionCode',
]);

/** Whether a person who reads both sides in words sees that they differ. */
function isToBeSeen(value: ChangedValue): boolean {
  const [was, is] = [sideWords(value.before, value.label), sideWords(value.after, value.label)];
  return was !== is || typeof value.before.value === 'object';
}

const isFinePrint = ({ path }: ChangedValue): boolean => finePrint.has(pathOfAny(path));

const valueLine = (value: ChangedValue, indent: number): string[] =>
  wrapped(plain(`${' '.repeat(indent)}${labelWords(value.label)}: ${changed(value)}`), indent + 2);

const most = { valuesOfFinding: 2, values: 12 };

/** What was wrong is called by what was wrong, also once it is not any more. */
const wasCalled = ({ titleBefore, title }: ComparedFinding): string => titleBefore ?? title;
const isCalled = ({ title }: ComparedFinding): string => title;

/** What the groups of a comparison are called. */
interface GroupWords {
  gone: string;
  fresh: string;
  still: string;
  lost: string;
  nothing: string;
  noProblem: string;
  values: string;
  otherValues: string;
}

const inTime: GroupWords = {
  gone: 'Gone',
  fresh: 'New',
  still: 'Still there',
  lost: 'Not known any more',
  nothing: 'Nothing changed',
  noProblem: 'No problem came or went',
  values: 'Values that changed',
  otherValues: 'Other values that changed',
};

/** Nothing goes from one phone to another. */
const ofTwo: GroupWords = {
  gone: 'Only on the first',
  fresh: 'Only on the second',
  still: 'On both',
  lost: 'On the first, not known of the second',
  nothing: 'Nothing differs',
  noProblem: 'Both have the same problems',
  values: 'Values that differ',
  otherValues: 'Other values that differ',
};

/** Two snapshots as a person reads them. */
export function compareText(compared: SnapshotComparison, { all = false }: CompareOptions = {}): string[] {
  const { appNames, chosen, comparison } = compared;
  const concerns = (app: string | null): boolean => all || isAboutChosen(app, chosen);
  const nameOf = (app: string): string => appNames[app] ?? app;
  const { gone, fresh, still, lost, other } = all ? comparedChanges(comparison, []) : compared.changes;
  const steady = comparison.values.filter(
    (value) => all || (!value.passing && !isFinePrint(value) && isToBeSeen(value)),
  );
  const values = steady.filter(({ path }) => concerns(appOf(path)));

  const told = new Set<string>();
  const findingLines = (finding: ComparedFinding, title: string): string[] => {
    const name = finding.app === null ? '' : nameOf(finding.app);
    const own = values.filter(({ path }) => finding.paths.includes(path)).slice(0, most.valuesOfFinding);
    for (const { path } of own) told.add(path);
    return [
      ...wrapped(plain(`  ${title}${title.includes(name) ? '' : ` [${name}]`}`), 4),
      ...own.flatMap((value) => valueLine(value, 6)),
    ];
  };
  const part = (heading: string, list: readonly ComparedFinding[], titleOf: (one: ComparedFinding) => string) =>
    list.length === 0
      ? []
      : ['', styled('bold', `${heading}:`), ...list.flatMap((one) => findingLines(one, titleOf(one)))];

  const words = comparison.samePhone ? inTime : ofTwo;
  const parts = [
    ...part(words.gone, gone, wasCalled),
    ...part(words.fresh, fresh, isCalled),
    ...part(words.still, still, isCalled),
    ...part(words.lost, lost, wasCalled),
    ...(all ? part('Judged differently', other, isCalled) : []),
  ];
  const rest = values.filter(({ path }) => !told.has(path));
  const shown = all ? rest : rest.slice(0, most.values);
  const more = rest.length - shown.length;
  const restLines = [...Map.groupBy(shown, ({ path }) => appOf(path))].flatMap(([app, list]) =>
    app === null
      ? list.flatMap((value) => valueLine(value, 2))
      : [plain(`  ${nameOf(app)}:`), ...list.flatMap((value) => valueLine(value, 4))],
  );
  return [
    ...headLines(compared),
    '',
    summary(words, {
      gone: gone.length,
      fresh: fresh.length,
      still: still.length,
      lost: lost.length,
      values: values.length,
    }),
    ...parts,
    ...(shown.length === 0 ? [] : ['', styled('bold', told.size > 0 ? `${words.otherValues}:` : `${words.values}:`)]),
    ...restLines,
    ...(more > 0 ? [`  and ${more} more: --all shows them`] : []),
  ];
}

interface Counts {
  gone: number;
  fresh: number;
  still: number;
  lost: number;
  values: number;
}

/** `2 still there` of `Still there`. */
const said = (count: number, group: string): string => `${count} ${group.charAt(0).toLowerCase()}${group.slice(1)}`;

function summary(words: GroupWords, { gone, fresh, still, lost, values }: Counts): string {
  const there = still === 0 ? [] : [said(still, words.still)];
  if (gone + fresh + lost === 0) {
    const what = values === 0 ? words.nothing : words.noProblem;
    return `${[what, ...there].join(', ')}.`;
  }
  const unknown = lost === 0 ? [] : [said(lost, words.lost)];
  return `${[said(gone, words.gone), said(fresh, words.fresh), ...there, ...unknown].join(', ')}.`;
}

/** Two snapshots side by side. */
export function compare(app: Application, before: string, after: string, options: CompareOptions): ExitCode {
  const compared = app.compareSnapshots(before, after);
  if (options.json) {
    printJson(compared.comparison);
    return exitCode.ok;
  }
  if (compared.before.id === compared.after.id) tell('Both are the same snapshot.');
  else if (compared.before.takenAt > compared.after.takenAt) {
    tell(`Snapshot ${compared.before.id} is the later one: what is gone in it is shown as new.`);
  }
  print(...compareText(compared, options));
  return exitCode.ok;
}
