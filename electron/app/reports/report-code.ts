import { createHash } from 'node:crypto';
import type { Report } from './report.ts';

/** The JSON of a report as it is saved; what a {@link reportHash} is made of. */
export const reportJson = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`;

/** A report as it leaves the shop as data: without the customer and the end of the serial, which are for paper alone. */
export const asData = (report: Report): Report => ({
  ...report,
  ticket: report.ticket === null ? null : { ...report.ticket, customer: null },
  phone: null,
});

/** SHA-256 of the file that is saved as JSON, in hexadecimal: what `sha256sum` prints of it. */
export const reportHash = (report: Report): string =>
  createHash('sha256')
    .update(reportJson(asData(report)))
    .digest('hex');

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
