import type { Redaction } from '../../../native/redaction.ts';
import type { Leaf } from '../../../native/reading.ts';
import type { ScanReport } from '../scan/scan-report.ts';
import type { Report, ReportedTicket } from './report.ts';

const withValue = (leaf: Leaf<string> | undefined, change: (value: string) => string): Leaf<string> | undefined =>
  leaf !== undefined && 'value' in leaf ? { ...leaf, value: change(leaf.value) } : leaf;

/** What a scan says in places of its own; an Android phone's name is what its maker calls it. */
function redactedPlaces(scan: ScanReport, redaction: Redaction): ScanReport {
  const { phone, reading } = scan;
  const serial = (text: string): string => redaction.standIn('serial', text);
  const name = (text: string): string => (phone.platform === 'ios' ? redaction.standIn('name', text) : text);
  const { identity } = reading;
  const named = { serial: withValue(identity.serial, serial), name: withValue(identity.name, name) };
  return {
    ...scan,
    phone: { ...phone, id: serial(phone.id), name: phone.name === null ? null : name(phone.name) },
    reading: {
      ...reading,
      identity: {
        ...identity,
        ...(named.serial === undefined ? {} : { serial: named.serial }),
        ...(named.name === undefined ? {} : { name: named.name }),
      },
    },
  };
}

/** Has a redaction know what a scan says of itself, to find it in its sentences too. */
function learnFromScan({ phone, reading }: ScanReport, redaction: Redaction): void {
  const { serial, name } = reading.identity;
  redaction.know('serial', phone.id);
  if (serial !== undefined && 'value' in serial) redaction.know('serial', serial.value);
  if (phone.platform !== 'ios') return;
  if (phone.name !== null) redaction.know('name', phone.name);
  if (name !== undefined && 'value' in name) redaction.know('name', name.value);
}

/** Names of snapshots that this program gives, or tells to give; in any other a person may be named. */
const usualLabels: ReadonlySet<string | null> = new Set([null, 'before', 'after', 'from a file']);

/** What is told at the counter may name anybody: it stands only where the customer does. */
const redactedTicket = (ticket: ReportedTicket, redaction: Redaction, namesPeople: boolean): ReportedTicket => ({
  ...redaction.value(ticket),
  ...(namesPeople ? {} : { fault: null }),
  customer: ticket.customer,
  // Whoever works at the shop stands there as its name does.
  technician: namesPeople ? ticket.technician : null,
  number: ticket.number,
});

/**
 * A report without what tells whose the phone is. `redaction` knows what the captures hold; what the report says by itself it learns here.
 * The shop's name and logo stay, and on the shop's own papers, which name people, the customer and what they have told.
 */
export function redactReport(report: Report, redaction: Redaction, namesPeople: boolean): Report {
  const { ticket, snapshots, actions, proofs, guided, secondWays } = report;
  for (const { scan } of snapshots) learnFromScan(scan, redaction);
  for (const id of [...actions.map(({ phoneId }) => phoneId), ...proofs.map(({ phone }) => phone)]) {
    redaction.know('serial', id);
  }
  const serial = (text: string): string => redaction.standIn('serial', text);
  return {
    ...report,
    ticket: ticket === null ? null : redactedTicket(ticket, redaction, namesPeople),
    snapshots: redaction.value(snapshots).map((snapshot) => ({
      ...snapshot,
      label: namesPeople || usualLabels.has(snapshot.label) ? snapshot.label : null,
      scan: redactedPlaces(snapshot.scan, redaction),
    })),
    actions: redaction.value(actions).map((action) => ({
      ...action,
      phoneId: serial(action.phoneId),
      // Who was at the computer: at home that is the owner.
      who: redaction.standIn('account', action.who),
    })),
    proofs: redaction.value(proofs).map((proof) => ({ ...proof, phone: serial(proof.phone) })),
    ...redaction.value({ guided, secondWays }),
    redacted: true,
  };
}
