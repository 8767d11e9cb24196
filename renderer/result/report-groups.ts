import type { Finding, ScanReport, Status } from '../program/received.ts';
import { leftOutWords, severityWords } from '../parts/words.ts';
import { findingKey } from '../program/phone-work.ts';

/** The findings of a report in the order a person needs them. */
export interface ReportGroups {
  /** What is proven to hold photos back, as it is counted. */
  held: readonly Finding[];
  /** What else is wrong or may be. */
  worthALook: readonly Finding[];
  /** What only shows that one of those is there. */
  symptoms: readonly Finding[];
  /** Something was corrected meanwhile: they were read, and are known after the next photo, or tomorrow. */
  settling: readonly Finding[];
  /** Unknown and manual: a person finds out on the phone. Without what is asked. */
  byHand: readonly Finding[];
  passed: readonly Finding[];
  notApplicable: readonly Finding[];
  /** What was found about apps that are not to keep the photos, by app. */
  others: ReadonlyMap<string, readonly Finding[]>;
  /** Where photos leave: what could slow them, and holds nothing back now. */
  couldMatter: readonly Finding[];
  /** The phone's own health, which has nothing to do with the backup: what is wrong, and what a person finds out. */
  health: readonly Finding[];
}

export const isWrong = (status: Status | undefined): boolean => status === 'problem' || status === 'possible';

const isSymptom = ({ becauseOf }: Finding): boolean => becauseOf.length > 0;

/**
 * Problems come in the order of work (`steps`), root causes first; the rest in the report's own order. `asking`: questions to the owner
 * stand apart.
 */
export function groupFindings(report: ScanReport, { asking }: { asking: boolean }): ReportGroups {
  const order = new Map(report.steps.map((step, index) => [findingKey(step), index]));
  const place = (finding: Finding): number => order.get(findingKey(finding)) ?? report.steps.length;
  const isAside = ({ app }: Finding): boolean =>
    app !== null && report.chosen.length > 0 && report.chosen.every((one) => one.app !== app);
  const having = (...statuses: readonly Status[]): Finding[] =>
    report.findings.filter((one) => one.pack === 'backup' && statuses.includes(one.status) && !isAside(one));
  const isRunning =
    report.uploads.length > 0 && report.steps.length === 0 && report.uploads.every(({ state }) => state === 'running');
  const isAsked = ({ question, status }: Finding): boolean =>
    asking && question !== null && (status === 'unknown' || status === 'manual');
  const roots = (status: Status): Finding[] =>
    having(status)
      .filter((finding) => !isSymptom(finding))
      .sort((a, b) => place(a) - place(b));
  const open = [...roots('problem'), ...roots('possible')];
  const counted = new Set(report.answer.held.map(findingKey));
  return {
    held: open.filter((finding) => counted.has(findingKey(finding))),
    worthALook: isRunning ? [] : open.filter((finding) => !counted.has(findingKey(finding))),
    couldMatter: isRunning ? open : [],
    others: Map.groupBy(
      report.findings.filter((one) => isAside(one) && isWrong(one.status)),
      ({ app }) => app ?? '',
    ),
    symptoms: having('problem', 'possible').filter(isSymptom),
    settling: having('unknown').filter((finding) => finding.settling && !isAsked(finding)),
    byHand: having('unknown', 'manual').filter((finding) => !finding.settling && !isAsked(finding)),
    passed: having('ok'),
    notApplicable: having('not-applicable'),
    health: report.findings.filter(
      (finding) => finding.pack === 'device-health' && finding.status !== 'not-applicable' && !isAsked(finding),
    ),
  };
}

/** Whether the photos of every chosen app leave, or of the one that a finding is about. */
function photosLeave({ uploads }: Pick<ScanReport, 'uploads'>, { app }: Pick<Finding, 'app'>): boolean {
  const own = uploads.filter((upload) => app === null || upload.app === app);
  return own.length > 0 && own.every(({ state }) => state === 'running');
}

/** What a finding does to the backup: where photos leave all the same, one that is counted keeps some of them back, and no other stops any. */
export function effectWords(report: EffectReport, finding: Pick<Finding, 'cause' | 'app' | 'severity'>): string {
  const { severity } = finding;
  if (severity !== 'blocks' || !photosLeave(report, finding)) return severityWords()[severity];
  const isCounted = report.answer.held.some((one) => findingKey(one) === findingKey(finding));
  return isCounted ? leftOutWords() : severityWords().risk;
}

type EffectReport = Pick<ScanReport, 'uploads'> & { answer: { held: readonly Pick<Finding, 'cause' | 'app'>[] } };

/** The findings in the order in which `report` has them, so that nothing moves under a reader's eyes; others at the end. */
export function inOrderOf(report: ScanReport | null, findings: readonly Finding[]): Finding[] {
  if (report === null) return [...findings];
  const { held, worthALook } = groupFindings(report, { asking: false });
  const order = new Map([...held, ...worthALook].map((finding, index) => [findingKey(finding), index]));
  const place = (finding: Finding): number => order.get(findingKey(finding)) ?? order.size;
  return findings.toSorted((a, b) => place(a) - place(b));
}

/** The steps that are work on the phone: neither a question nor the test photo, which have places of their own. */
export const workOf = ({ steps }: Pick<ScanReport, 'steps'>): ScanReport['steps'] =>
  steps.filter(({ correction }) => correction !== 'answer' && correction !== 'test-photo');

/** The symptoms of each finding, by {@link findingKey}: each once, with the first of these that it comes from; else with the first of all. */
export function symptomsUnder(
  findings: readonly Finding[],
  symptoms: readonly Finding[],
): ReadonlyMap<string, readonly Finding[]> {
  const keys = findings.map(findingKey);
  return Map.groupBy(symptoms, ({ becauseOf }) => {
    const roots = new Set(becauseOf.map(findingKey));
    return keys.find((key) => roots.has(key)) ?? keys[0] ?? '';
  });
}
