import type { Finding } from '../../../diagnosis/finding.ts';
import type { Phone } from '../../../native/phone.ts';
import { phoneTitle } from '../../../native/phone-title.ts';
import type { ScanReport } from '../scan/scan-report.ts';
import { facts, type Block } from './document.ts';
import type { ReportWords } from './kind.ts';
import type { Report, ReportedSnapshot } from './report.ts';

const system = ({ platform, osVersion }: ScanReport['phone']): string | null =>
  osVersion === null ? null : `${platform === 'ios' ? 'iOS' : 'Android'} ${osVersion}`;

/** What an app is called in a scan. */
export const nameIn = (scan: ScanReport, app: string): string => scan.apps.find(({ id }) => id === app)?.name ?? app;

/** What the chosen apps did with the photos, and why they are the chosen ones; a line each. */
export function uploadLines({ uploads, chosen, ...scan }: ScanReport): string[] {
  return chosen.map(({ app, why }) => {
    const told = uploads.find((one) => one.app === app)?.words ?? '';
    return `${nameIn({ ...scan, uploads, chosen }, app)}${told === '' ? '' : `: ${told}`}. ${why}`;
  });
}

/** Of findings those about the phone and the chosen apps: where none is chosen, there are too many to look through for each. */
export const aboutChosen = ({ chosen }: ScanReport, findings: readonly Finding[]): Finding[] =>
  findings.filter(({ app }) => app === null || chosen.some((one) => one.app === app));

/** What its maker has on the box, where the phone is called otherwise. */
function modelBeside(phone: Phone): string | null {
  const { model } = phone;
  return model === null || phoneTitle(phone)?.includes(model) === true ? null : model;
}

/** Which phone was read, and when. */
export function phoneFacts(
  { scan, takenAt }: ReportedSnapshot,
  { say, values }: ReportWords,
  report: Pick<Report, 'phone' | 'redacted'>,
): Block[] {
  const { phone, reading } = scan;
  const { skinVersion } = reading.identity;
  const end = report.phone?.end ?? null;
  return facts([
    [say('Phone'), phoneTitle(phone)],
    [say('Model'), modelBeside(phone)],
    [say('System'), system(phone)],
    [say('Surface'), skinVersion !== undefined && 'value' in skinVersion ? skinVersion.value : null],
    [say('Build'), phone.build],
    [say('Security update'), phone.securityPatch],
    [say('Serial number'), report.redacted && end !== null ? `…${end}` : phone.id],
    [say('Read'), values.moment(takenAt)],
  ]);
}

/** How much of what should have been read was not; what this phone simply does not have is nothing that is missing. What it was says the report for support. */
export const unreadCount = ({ incomplete }: ScanReport): number =>
  new Set(incomplete.flatMap(({ reason, probe }) => (reason === 'missing' ? [] : [probe]))).size;

/** The job that a report belongs to; nothing where it belongs to none. */
export function ticketFacts({ ticket }: Report, { say }: ReportWords): Block[] {
  if (ticket === null) return [];
  return facts([
    [say('Ticket'), ticket.number],
    [say('Customer'), ticket.customer],
    [say('Technician'), ticket.technician],
    [say('As it was told'), ticket.fault],
  ]);
}

/** How a report came to be, for whoever finds it later. */
export function footer(report: Report, { say, values }: ReportWords): Block[] {
  const [snapshot] = report.snapshots;
  return [
    ...facts([
      [say('Made'), values.moment(report.madeAt)],
      [say('Program'), `Phone Health Inspector ${report.program}`],
      [say('Catalog'), snapshot?.scan.catalog ?? null],
      [say('Snapshot'), report.snapshots.map(({ id }) => id).join(', ')],
    ]),
    ...(report.redacted ? [{ type: 'text', text: say(redactedWords(report)) } as const] : []),
  ];
}

/** Only the shop's own papers tell a phone from others. */
const redactedWords = ({ phone }: Report): string =>
  phone === null
    ? 'What tells who the phone belongs to is replaced by stand-ins or left out.'
    : 'The customer and the last four characters of the serial number stand here as they are; what else tells who the phone belongs to is replaced by stand-ins.';
