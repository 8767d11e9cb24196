import { createHash } from 'node:crypto';
import type { Outbox } from '../../../db/outbox.ts';
import type { OutboxMessage } from '../../../db/records/outbox.ts';
import type { Ticket } from '../../../db/records/tickets.ts';
import type { Store } from '../../../db/store.ts';
import { Redaction } from '../../../native/redaction.ts';
import type { Phone } from '../../../native/phone.ts';
import type { Finding } from '../../../diagnosis/finding.ts';
import { actionSummary } from '../actions/action-summary.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import { appName } from '../../../diagnosis/judge/verdict.ts';
import { ApplicationError } from '../program/problem.ts';
import type { PdfPrinter } from '../printing/pdf-printer.ts';
import { learnFromTicket } from '../reports/reported-ticket.ts';
import type { ReportRequest, Reports } from '../reports/make-reports.ts';
import type { SettingsValues } from '../settings/settings-schema.ts';
import { ticketNumber } from '../tickets/ticket-number.ts';
import type { HandoverAttachment, HandoverEvent, HandoverMessage } from './messages.ts';
import type { MessageToSend } from './ticket-system.ts';

/** The field of a ticket that holds its number in the shop's ticket system. */
export const theirNumberField = 'ticket-system-number';

export interface ComposeOptions {
  store: Store;
  catalog: Catalog;
  settings: SettingsValues;
  reports: Reports;
  pdfPrinter: PdfPrinter;
  /** One line for the log. */
  log: (line: string) => void;
}

/** Half a report is worse than none: what is larger is left out, and the message says all that counts. */
const largestAttachment = 8 * 1024 * 1024;

/** What goes out for a message, as things stand now; null where what it tells about is gone. */
export async function composeMessage(options: ComposeOptions, message: OutboxMessage): Promise<MessageToSend | null> {
  const { store, settings } = options;
  const ticket = message.ticket === null ? null : store.loadTicket(message.ticket);
  const told = await tell(options, store.outbox, message, ticket);
  if (told === null) return null;
  const theirNumber = ticket?.fields.find(({ id }) => id === theirNumberField)?.value.trim() ?? '';
  const composed: HandoverMessage = {
    schema: 1,
    id: message.uid,
    station: settings.stationPrefix,
    at: told.at,
    ticket:
      ticket === null
        ? null
        : {
            number: ticketNumber(ticket, settings.stationPrefix),
            uid: ticket.uid,
            theirNumber: theirNumber === '' ? null : theirNumber,
            status: ticket.status,
            technician: ticket.technician === '' ? null : ticket.technician,
          },
    event: told.event,
    redacted: settings.handoverRedacted,
    attachments: told.attachments ?? [],
  };
  return { message: composed, theirNumber: composed.ticket?.theirNumber ?? null };
}

interface Told {
  at: string;
  event: HandoverEvent;
  attachments?: HandoverAttachment[];
}

async function tell(
  options: ComposeOptions,
  outbox: Outbox,
  message: OutboxMessage,
  ticket: Ticket | null,
): Promise<Told | null> {
  const { store, catalog } = options;
  if (message.answer !== null) return { at: message.createdAt, event: { kind: 'answer', ...message.answer } };
  const source = outbox.source(message);
  if (source === null || ticket === null) return null;
  switch (source.about) {
    case 'ticket':
      if (!source.opened) return { at: source.at, event: { kind: 'status', status: source.status } };
      return { at: source.at, event: { kind: 'opened' }, attachments: await labels(options, source.at, ticket) };
    case 'snapshot':
      return tellSnapshot(options, source.at, String(source.id));
    case 'action': {
      const action = store.loadAction(source.id);
      if (action === null) return null;
      const { cause, title } = actionSummary(action, catalog);
      const last = action.events.findLast(({ kind }) => kind === (source.undone ? 'undo-verified' : 'verified'));
      return {
        at: source.at,
        event: redacted(options, ticket, action.phone, {
          kind: 'correction',
          phone: phoneOf(store, action.phone),
          cause,
          title,
          undone: source.undone,
          result: last !== undefined && 'result' in last ? last.result : 'unverified',
        }),
      };
    }
    case 'test-photo': {
      const photo = store.listTestPhotos(source.phone).find(({ uid }) => uid === source.uid);
      if (photo === undefined) return null;
      return {
        at: source.at,
        event: redacted(options, ticket, photo.phone, {
          kind: 'proof',
          phone: phoneOf(store, photo.phone),
          app: appName(catalog, photo.app),
          verdict: photo.verdict.outcome,
          sentence: photo.verdict.sentence,
        }),
      };
    }
  }
}

type MessagePhone = Pick<Phone, 'platform' | 'manufacturer' | 'model' | 'osVersion'>;

const messagePhone = ({ platform, manufacturer, model, osVersion }: MessagePhone): MessagePhone => ({
  platform,
  manufacturer,
  model,
  osVersion,
});

function phoneOf(store: Store, id: string): MessagePhone {
  const known = store.listPhones().find((phone) => phone.id === id);
  return known === undefined
    ? { platform: 'android', manufacturer: null, model: null, osVersion: null }
    : messagePhone(known);
}

/** Without whatever tells whose the phone is, where the shop has not asked for it. */
function redacted(
  { settings, store }: ComposeOptions,
  ticket: Ticket,
  phoneId: string,
  event: HandoverEvent,
): HandoverEvent {
  if (!settings.handoverRedacted) return event;
  const redaction = new Redaction('named');
  learnFromTicket(ticket, redaction);
  redaction.know('serial', phoneId);
  const name = store.listPhones().find(({ id }) => id === phoneId)?.name ?? null;
  if (name !== null) redaction.know('name', name);
  return redaction.value(event);
}

const isTold = ({ status }: Finding): boolean => status === 'problem' || status === 'possible';

async function tellSnapshot(options: ComposeOptions, at: string, id: string): Promise<Told> {
  const { reports, settings } = options;
  const request = {
    snapshots: [id],
    kind: 'diagnosis',
    format: 'json',
    unredacted: !settings.handoverRedacted,
  } as const;
  const report = reports.make(request);
  const [snapshot] = report.snapshots;
  if (snapshot === undefined) throw new Error('A report without its snapshot.');
  const { label, scan } = snapshot;
  const count = (status: Finding['status']): number => scan.findings.filter((one) => one.status === status).length;
  return {
    at,
    event: {
      kind: 'result',
      phone: messagePhone(scan.phone),
      label,
      verdict: scan.verdict,
      counts: {
        problem: count('problem'),
        possible: count('possible'),
        unknown: count('unknown'),
        manual: count('manual'),
        ok: count('ok'),
      },
      findings: scan.findings
        .filter(isTold)
        .map(({ cause, title, status, severity }) => ({ cause, title, status, severity })),
    },
    attachments: await resultReport(options, at, id),
  };
}

/** The report of a scan, in the form that the shop has chosen. */
function resultReport(options: ComposeOptions, madeAt: string, id: string): Promise<HandoverAttachment[]> {
  return attached(options, `report-${id}`, { snapshots: [id], kind: 'diagnosis', madeAt });
}

/** The label that is stuck on each phone of a ticket. */
async function labels(options: ComposeOptions, madeAt: string, { id, phones }: Ticket): Promise<HandoverAttachment[]> {
  const phonesOf = phones.length < 2 ? [undefined] : phones.map(({ uid }) => uid);
  const made: HandoverAttachment[] = [];
  for (const [index, ticketPhone] of phonesOf.entries()) {
    const name = index === 0 ? `label-${id}` : `label-${id}-${index + 1}`;
    made.push(...(await attached(options, name, { snapshots: [], ticket: id, ticketPhone, kind: 'label', madeAt })));
  }
  return made;
}

/** `madeAt`: the moment that it tells of; sent again, it is the same paper. */
async function attached(
  options: ComposeOptions,
  name: string,
  of: Pick<ReportRequest, 'snapshots' | 'ticket' | 'ticketPhone' | 'kind' | 'madeAt'>,
): Promise<HandoverAttachment[]> {
  const { reports, settings, pdfPrinter, log } = options;
  const { handoverSystem, handoverReport: wanted, handoverRedacted } = settings;
  if (handoverSystem !== 'hook' || wanted === 'none') return [];
  // A label is a paper: as data it would say no more than the message.
  const isData = wanted === 'json' && of.kind !== 'label';
  const request: ReportRequest = {
    ...of,
    format: isData ? 'json' : 'html',
    unredacted: !handoverRedacted,
    leavesShop: true,
  };
  const report = reports.make(request);
  const text = await reports.render(report, request);
  const asText = (): HandoverAttachment =>
    attachment(`${name}.${request.format}`, isData ? 'application/json' : 'text/html', Buffer.from(text, 'utf8'));
  const made = wanted === 'pdf' ? await asPdf() : asText();
  if (made.base64.length <= largestAttachment) return [made];
  log('a report is too large to be handed over, and is left out');
  return [];

  async function asPdf(): Promise<HandoverAttachment> {
    try {
      return attachment(`${name}.pdf`, 'application/pdf', await pdfPrinter.print(text, { madeAt: report.madeAt }));
    } catch (error) {
      if (!(error instanceof ApplicationError)) throw error;
      // The same report, which every browser opens: nothing waits for a browser to be installed.
      log(`a report is handed over as HTML: ${error.message}`);
      return asText();
    }
  }
}

const attachment = (name: string, type: string, bytes: Uint8Array): HandoverAttachment => ({
  name,
  type,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  base64: Buffer.from(bytes).toString('base64'),
});
