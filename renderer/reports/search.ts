import type { ReportKind } from '../program/received.ts';

/** What a report is wanted of, as the address says it. */
export interface ReportSought {
  phone?: string;
  snapshot?: string;
  ticket?: string;
  /** Which phone of the ticket, by its uid there. */
  ticketPhone?: string;
  kind?: ReportKind;
}

export const reportKinds: readonly ReportKind[] = [
  'diagnosis',
  'support',
  'checklist',
  'before-after',
  'certificate',
  'label',
];

const isKind = (value: unknown): value is ReportKind => reportKinds.some((kind) => kind === value);

/** Numbers of rows come out of an address as numbers; so may the serial of a phone. */
const textOf = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null;

export function reportSoughtOf({ phone, snapshot, ticket, ticketPhone, kind }: Record<string, unknown>): ReportSought {
  const [phoneText, snapshotText, ticketText] = [textOf(phone), textOf(snapshot), textOf(ticket)];
  return {
    ...(phoneText === null ? {} : { phone: phoneText }),
    ...(snapshotText === null ? {} : { snapshot: snapshotText }),
    ...(ticketText === null ? {} : { ticket: ticketText }),
    ...(typeof ticketPhone === 'string' ? { ticketPhone } : {}),
    ...(isKind(kind) ? { kind } : {}),
  };
}
