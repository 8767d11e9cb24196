import { phoneTitle } from '../../native/phone-title.ts';
import type { Evidence, Finding, Question } from '../../diagnosis/finding.ts';
import { groupsOf } from '../../diagnosis/judge/groups.ts';
import type { ScanReport } from '../app/scan/scan-report.ts';
import { wrapped } from './columns.ts';
import { fixCommand } from './next-commands.ts';
import { plain, styled } from './output.ts';
import { labelWords, momentWords, pathLabel, valueWords } from './value-words.ts';
import { chosenLines, lockedLines, passedWords, shortText, waitingLines, type NameOf } from './short-report.ts';

const words: Record<Finding['status'], string> = {
  problem: 'PROBLEM',
  possible: 'POSSIBLE',
  ok: 'ok',
  unknown: 'CHECK BY HAND',
  manual: 'CHECK BY HAND',
  'not-applicable': 'does not apply',
};

const colours: Record<Finding['status'], Parameters<typeof styled>[0]> = {
  problem: ['red', 'bold'],
  possible: ['yellow', 'bold'],
  ok: 'green',
  unknown: 'cyan',
  manual: 'cyan',
  'not-applicable': 'gray',
};

/** Long lists are for `--json`; here a person wants to see the line. */
const longestValue = 120;

function evidenceLine(evidence: Evidence): string {
  const whole = JSON.stringify(evidence.value);
  const value =
    evidence.unavailable === null
      ? whole.length > longestValue
        ? `${whole.slice(0, longestValue)}…`
        : whole
      : `not read (${evidence.unavailable.reason}: ${evidence.unavailable.detail})`;
  const power = evidence.underPower ? ', under USB power' : '';
  return `    ${evidence.path} = ${value}   (${evidence.command || evidence.probe}, ${evidence.at}${power})`;
}

/** What only the owner can say, with what was said where it was asked in the window. */
function questionLine({ text, words: named, answer }: Question): string {
  return plain(answer === null ? `    Ask: ${text}` : `    Asked: ${text} Answered: ${named[answer.answer]}.`);
}

/** What a symptom comes from, by title. */
function becauseLine({ becauseOf }: Finding, findings: readonly Finding[]): string[] {
  const titles = becauseOf.flatMap((root) =>
    findings.filter(({ cause, app }) => cause === root.cause && app === root.app).map(({ title }) => title),
  );
  return titles.length === 0 ? [] : [plain(`    Because of: ${titles.join('; ')}`)];
}

const driftWords = {
  reverted: 'has its former value again',
  changed: 'has another value now',
  unknown: 'could not be read',
} as const;

/** A corrected value that is not any more as its correction left it. */
function driftLine({ action, title, takenAt, path, state, left, present, since }: ScanReport['drift'][number]): string {
  const label = pathLabel(path);
  const values = `${valueWords(present, label)}, was ${valueWords(left, label)}`;
  const words = [`Corrected on ${momentWords(takenAt)}, and changed since: ${title} (action ${action}).`];
  return plain([...words, `"${labelWords(label)}" ${driftWords[state]} (${values}).`, ...since].join(' '));
}

function findingLines(
  { phone, findings }: ScanReport,
  finding: Finding,
  appName: (id: string) => string,
  live: boolean,
): string[] {
  const who = finding.app === null || finding.title.includes(appName(finding.app)) ? '' : ` [${appName(finding.app)}]`;
  const own = finding.origin === 'shop' ? " (shop's own)" : '';
  const corrections = finding.corrections.flatMap((correction) =>
    correction.kind === 'automatic'
      ? [
          `    Correction: ${correction.title}`,
          ...(live ? [`      ${fixCommand(phone.id, finding, correction.id)}`] : []),
        ]
      : [
          `    Correction: ${correction.title}`,
          ...(correction.caution === null ? [] : [`      Before you begin: ${correction.caution}`]),
          ...(correction.locked === null
            ? []
            : lockedLines(phone.id, correction.locked, { live, indent: 6, all: true })),
          ...correction.steps.map((step, index) => `      ${index + 1}. ${step}`),
          ...(correction.afterwards === null ? [] : [`      Afterwards: ${correction.afterwards}`]),
        ],
  );
  return [
    `${styled(colours[finding.status], finding.settling ? 'NOT KNOWN YET' : words[finding.status])}  ${plain(finding.title)}${plain(who)}${own}`,
    `    ${finding.explanation}`,
    ...(finding.notProof === null ? [] : [`    Not proven by this: ${plain(finding.notProof)}`]),
    ...finding.evidence.map((evidence) => plain(evidenceLine(evidence))),
    ...becauseLine(finding, findings),
    ...(finding.question === null ? [] : [questionLine(finding.question)]),
    ...finding.check.map((step, index) => `    ${index + 1}. ${plain(step)}`),
    ...corrections.map(plain),
    '',
  ];
}

/** The chosen app, how it was chosen, and whether its photos leave, in full. */
function chosenInFull({ chosen, uploads }: ScanReport, appName: NameOf): string[] {
  return chosen.map(({ app, why }) => {
    const words = uploads.find((one) => one.app === app)?.words ?? '';
    return plain(`${appName(app)}${words === '' ? '' : `: ${words}`}. ${why}`);
  });
}

export interface TextOptions {
  /** Everything that was found, each with its evidence and corrections. */
  all: boolean;
  /** The phone is plugged in; left out: it is. */
  live?: boolean;
}

/** A report for a person: one screen, or everything. */
export function reportText(report: ScanReport, { all, live = true }: TextOptions): string[] {
  const { phone, findings } = report;
  const title = phoneTitle(phone) ?? phone.id;
  const appName = (id: string) => report.apps.find((app) => app.id === id)?.name ?? id;
  const system = phone.osVersion === null ? '' : `, ${phone.platform === 'ios' ? 'iOS' : 'Android'} ${phone.osVersion}`;
  const shown = findings.filter(({ status }) => status !== 'ok' && status !== 'not-applicable');
  const inPack = (pack: Finding['pack']) =>
    shown.filter((finding) => finding.pack === pack).flatMap((finding) => findingLines(report, finding, appName, live));
  const health = inPack('device-health');
  return [
    styled('bold', plain(`${title}${system}${title === phone.id ? '' : ` (${phone.id})`}`)),
    ...(report.brokenOff === null ? [] : [styled(['red', 'bold'], `INCOMPLETE: ${plain(report.brokenOff.detail)}`)]),
    ...(all ? chosenInFull(report, appName) : chosenLines(report, appName)),
    ...wrapped(plain(report.verdict)).map((line) => styled('bold', line)),
    ...waitingLines(report),
    ...report.drift.flatMap((drift) => wrapped(driftLine(drift))),
    ...(all
      ? ['', ...inPack('backup'), ...(health.length === 0 ? [] : [styled('bold', 'Device health'), '', ...health])]
      : shortText(report, appName, { live })),
    ...(all
      ? [`${passedWords(groupsOf(report))}. Read in ${report.timing.totalMs} ms with catalog ${report.catalog}.`]
      : []),
    ...(report.snapshot === null ? [] : [`Saved as snapshot ${report.snapshot}.`]),
  ];
}
