import { createHash } from 'node:crypto';
import type { Report } from './report.ts';

/** The JSON of a report as it is saved. */
export const reportJson = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`;

/** A report as it leaves the shop as data: without the customer and the end of the serial, which are for paper alone. */
export const asData = (report: Report): Report => ({
  ...report,
  ticket:
    report.ticket === null
      ? null
      : { ...report.ticket, customer: null, technician: report.redacted ? null : report.ticket.technician },
  phone: null,
});

/** What stays the same however often, as whatever and in whatever format a report is made: what was read and what was done. */
const hashedParts = ['language', 'redacted', 'snapshots', 'actions', 'proofs', 'guided', 'secondWays'] as const;

/** JSON whose members stand in the order of their names, so that it is the same wherever it was read back. */
const ordered = (value: unknown): string =>
  JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );

/** SHA-256, in hexadecimal, of what a report says of a phone and a job; a report saved as JSON later has the same, if nothing was done since. */
export function reportHash(report: Report): string {
  const { ticket, snapshots, ...data } = asData(report);
  // What a person has written stands on papers of the shop alone, and may be written again.
  const unwritten = {
    ticket: ticket === null ? null : { ...ticket, fault: null },
    snapshots: snapshots.map((snapshot) => ({ ...snapshot, label: null })),
  };
  const said = [unwritten.ticket, ...hashedParts.map((part) => ({ ...data, ...unwritten })[part])];
  return createHash('sha256').update(ordered(said)).digest('hex');
}

const scheme = 'phone-health-report';

/** What the QR code of a certificate says: which snapshot, and which report of it. */
export const reportCode = (uid: string, hash: string): string => `${scheme}:1:${uid}:${hash}`;

export interface ReadCode {
  uid: string;
  hash: string;
}

/** The words of a QR code; null where they are those of something else. */
export function readReportCode(text: string): ReadCode | null {
  const [, uid, hash] = /^phone-health-report:1:([0-9a-f-]{36}):([0-9a-f]{64})$/.exec(text.trim().toLowerCase()) ?? [];
  return uid === undefined || hash === undefined ? null : { uid, hash };
}
