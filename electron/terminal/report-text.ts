import { goOnWithout } from '../app/scan/copy-guard.ts';
import type { Evidence, Finding, Question } from '../../diagnosis/finding.ts';
import type { ScanReport } from '../app/scan/scan-report.ts';
import { plain, styled } from './output.ts';
import { pasteable } from './pasteable.ts';

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

/** What a person types to carry a correction out. */
function fixCommand(phoneId: string, finding: Finding, correction: string): string {
  const app = finding.app === null ? [] : ['--app', finding.app];
  const automatic = finding.corrections.filter(({ kind }) => kind === 'automatic');
  const which = automatic[0]?.id === correction ? [] : ['--correction', correction];
  return pasteable('fix', [phoneId, finding.cause], [...app, ...which]);
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

/** Steps that are kept back until the photos are safe. */
const lockedLines = (phoneId: string, why: string): string[] => [
  `      The steps are kept back, because they may cost photos. ${why}`,
  `      Make a safe copy:   ${pasteable('copy', [phoneId], ['-o', 'FOLDER'])}`,
  `      Go on without one:  ${pasteable('copy', [phoneId], ['--decline', goOnWithout])}`,
];

const driftWords = {
  reverted: 'has its former value again',
  changed: 'has another value now',
  unknown: 'could not be read',
} as const;

/** A corrected value that is not any more as its correction left it. */
function driftLine({ action, title, takenAt, path, state, left, present, since }: ScanReport['drift'][number]): string {
  const values = `${JSON.stringify(present)}, was ${JSON.stringify(left)}`;
  const words = [`Corrected at ${takenAt}, and changed since: ${title} (action ${action}).`];
  return plain([...words, `${path} ${driftWords[state]} (${values}).`, ...since].join(' '));
}

function findingLines({ phone, findings }: ScanReport, finding: Finding, appName: (id: string) => string): string[] {
  const who = finding.app === null || finding.title.includes(appName(finding.app)) ? '' : ` [${appName(finding.app)}]`;
  const own = finding.origin === 'shop' ? " (shop's own)" : '';
  const corrections = finding.corrections.flatMap((correction) =>
    correction.kind === 'automatic'
      ? [`    Correction: ${correction.title}`, `      ${fixCommand(phone.id, finding, correction.id)}`]
      : [
          `    Correction: ${correction.title}`,
          ...(correction.caution === null ? [] : [`      Before you begin: ${correction.caution}`]),
          ...(correction.locked === null ? [] : lockedLines(phone.id, correction.locked)),
          ...correction.steps.map((step, index) => `      ${index + 1}. ${step}`),
          ...(correction.afterwards === null ? [] : [`      Afterwards: ${correction.afterwards}`]),
        ],
  );
  return [
    `${styled(colours[finding.status], words[finding.status])}  ${plain(finding.title)}${plain(who)}${own}`,
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

const stateWords: Record<ScanReport['uploads'][number]['state'], string> = {
  running: 'uploads run',
  stalled: 'nothing has left lately',
  'nothing-new': 'nothing new is waiting',
  unknown: 'whether uploads run is not known',
};

type NameOf = (id: string) => string;

/** The chosen app, how it was chosen, and whether its photos leave. */
function chosenLines({ chosen, uploads }: ScanReport, appName: NameOf): string[] {
  return chosen.map(({ app, why }) => {
    const upload = uploads.find((one) => one.app === app);
    const state = upload === undefined ? '' : `: ${stateWords[upload.state]}`;
    return plain(`${appName(app)}${state}. ${why}`);
  });
}

/** So many causes, values and steps fit on one screen. */
const most = { causes: 3, evidence: 2, steps: 6 };

const isOpen = ({ status, pack }: Finding): boolean =>
  pack === 'backup' && (status === 'problem' || status === 'possible');

/** What holds the uploads back, each with the values that show it. */
function causeLines({ findings, steps, chosen }: ScanReport, appName: NameOf): string[] {
  const isOwn = ({ app }: Finding) => app === null || chosen.length === 0 || chosen.some((one) => one.app === app);
  const isStep = ({ cause, app }: Finding) => steps.some((step) => step.cause === cause && step.app === app);
  const held = findings.filter(
    (finding) =>
      finding.status === 'problem' &&
      isOpen(finding) &&
      isOwn(finding) &&
      isStep(finding) &&
      finding.severity !== 'info',
  );
  return held.slice(0, most.causes).flatMap((finding) => {
    const who =
      finding.app === null || finding.title.includes(appName(finding.app)) ? '' : ` [${appName(finding.app)}]`;
    const known = finding.evidence.filter(({ unavailable }) => unavailable === null);
    return [
      `${styled(colours.problem, words.problem)}  ${plain(finding.title)}${plain(who)}`,
      ...known.slice(0, most.evidence).map((evidence) => plain(evidenceLine(evidence)).slice(0, longestLine)),
    ];
  });
}

const longestLine = 200;

function stepLines(report: ScanReport): string[] {
  const { steps, findings, phone } = report;
  const lines = steps.slice(0, most.steps).map(({ cause, app, correction, why }, index) => {
    const finding = findings.find((one) => one.cause === cause && one.app === app);
    const offered = finding?.corrections.find(({ id }) => id === correction);
    if (finding === undefined || offered === undefined) {
      const command = app === null ? '' : `   (phone-health watch-upload ${phone.id} --app ${app})`;
      return plain(`  ${index + 1}. ${why}${correction === 'test-photo' ? command : ''}`);
    }
    const how = offered.kind === 'automatic' ? fixCommand(phone.id, finding, offered.id) : '--all shows how';
    return plain(`  ${index + 1}. ${offered.title}   (${how})`);
  });
  const rest = steps.length - most.steps;
  return lines.length === 0 ? [] : ['Steps:', ...lines, ...(rest > 0 ? [`  and ${rest} more`] : [])];
}

const countOf = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** What stands behind: the other apps in a line each, and the rest in numbers. */
function foldLines({ findings, apps, chosen, steps }: ScanReport): string[] {
  const isChosen = (id: string) => chosen.some(({ app }) => app === id);
  const others = chosen.length === 0 ? [] : apps.filter(({ id }) => !isChosen(id));
  const lines = others.flatMap(({ id, name }) => {
    const open = findings.filter((finding) => finding.app === id && isOpen(finding)).length;
    return findings.some(({ app }) => app === id)
      ? [plain(`${name}: not the chosen app; ${countOf(open, 'thing', 'things')} would matter for it.`)]
      : [];
  });
  const own = findings.filter(
    ({ app, pack }) => pack === 'backup' && (app === null || chosen.length === 0 || isChosen(app)),
  );
  const isStep = ({ cause, app }: Finding) => steps.some((step) => step.cause === cause && step.app === app);
  const matter = own.filter((finding) => isOpen(finding) && !isStep(finding) && finding.becauseOf.length === 0).length;
  const byHand = own.filter(({ status }) => status === 'unknown' || status === 'manual').length;
  const passed = findings.filter(({ status }) => status === 'ok').length;
  const rest = [
    ...(matter > 0 ? [`${countOf(matter, 'more thing', 'more things')} could matter`] : []),
    ...(byHand > 0 ? [`${byHand} to look up by hand`] : []),
    `${passed} ${passed === 1 ? 'check' : 'checks'} passed`,
  ];
  return [...lines, `${rest.join(', ')}. --all shows everything.`];
}

/** A report for a person, on one screen: the verdict, what holds the uploads back with its evidence, and the steps. */
function shortText(report: ScanReport, appName: NameOf): string[] {
  const causes = causeLines(report, appName);
  const steps = stepLines(report);
  return [
    ...(causes.length === 0 ? [] : ['', ...causes]),
    ...(steps.length === 0 ? [] : ['', ...steps]),
    '',
    ...foldLines(report),
  ];
}

/** A report for a person. `all`: everything that was found, each with its evidence and corrections. */
export function reportText(report: ScanReport, { all }: { all: boolean }): string[] {
  const { phone, findings } = report;
  const appName = (id: string) => report.apps.find((app) => app.id === id)?.name ?? id;
  const title = [phone.manufacturer, phone.name ?? phone.model].filter((word) => word !== null).join(' ') || phone.id;
  const system = phone.osVersion === null ? '' : `, ${phone.platform === 'ios' ? 'iOS' : 'Android'} ${phone.osVersion}`;
  const shown = findings.filter(({ status }) => status !== 'ok' && status !== 'not-applicable');
  const inPack = (pack: Finding['pack']) =>
    shown.filter((finding) => finding.pack === pack).flatMap((finding) => findingLines(report, finding, appName));
  const health = inPack('device-health');
  const passed = findings.filter(({ status }) => status === 'ok').length;
  return [
    styled('bold', plain(`${title}${system} (${phone.id})`)),
    ...(report.brokenOff === null ? [] : [styled(['red', 'bold'], `INCOMPLETE: ${plain(report.brokenOff.detail)}`)]),
    ...chosenLines(report, appName),
    styled('bold', plain(report.verdict)),
    ...report.drift.map(driftLine),
    ...(all
      ? ['', ...inPack('backup'), ...(health.length === 0 ? [] : [styled('bold', 'Device health'), '', ...health])]
      : shortText(report, appName)),
    ...(all
      ? [
          `${passed} ${passed === 1 ? 'check' : 'checks'} passed. Read in ${report.timing.totalMs} ms with catalog ${report.catalog}.`,
        ]
      : []),
    ...(report.snapshot === null ? [] : [`Saved as snapshot ${report.snapshot}.`]),
  ];
}
