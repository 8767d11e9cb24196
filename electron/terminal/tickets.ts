import { consentWaySchema, type Consent, type ConsentWay } from '../../db/records/ticket-events.ts';
import { allowable } from '../app/actions/allowed.ts';
import type { Application } from '../app/application.ts';
import { ApplicationError } from '../app/program/problem.ts';
import type { HandedIn } from '../app/tickets/tickets.ts';
import type { TicketItem, TicketView } from '../app/tickets/ticket-view.ts';
import { resultWords } from './actions.ts';
import { allowedParts } from './consent.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { phoneWords } from './ticket-phone.ts';
import { orDash, plain, print, printJson, styled, table, tell } from './output.ts';
import { momentWords } from './value-words.ts';

interface Json {
  json?: boolean;
}

export interface NewTicketOptions extends Json {
  customer?: string;
  contact?: string;
  fault?: string;
  technician?: string;
  phone?: string[];
  imei?: string[];
  /** `Name=value` of the shop's own fields. */
  field?: string[];
  /** What the customer allows. */
  may?: string[];
  how?: ConsentWay;
}

const statusWords: Record<TicketItem['status'], string> = {
  'taken-in': 'taken in',
  'in-work': 'in work',
  waiting: 'waiting',
  ready: 'ready',
  closed: 'closed',
};

function consentOf({ may, how, customer = '' }: NewTicketOptions): Consent | null {
  if (how !== undefined) return { ...allowedParts(may ?? []), by: customer, how };
  if (may === undefined) return null;
  throw new ApplicationError(
    'bad-argument',
    `Say how they allowed it: --how ${consentWaySchema.options.join(', --how ')}.`,
  );
}

function fieldOf(app: Application, text: string): { id: string; name: string; value: string } {
  const at = text.indexOf('=');
  const name = text.slice(0, Math.max(at, 0)).trim();
  const { ticketFields } = app.settings.values;
  const field = ticketFields.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (field !== undefined) return { ...field, value: text.slice(at + 1).trim() };
  throw new ApplicationError(
    'bad-argument',
    `The shop has no field "${at < 0 ? text : name}": write --field NAME=VALUE.`,
    ticketFields.map((one) => one.name),
  );
}

/** Opens a ticket. Nothing has to be said. */
export async function newTicket(app: Application, options: NewTicketOptions): Promise<ExitCode> {
  const { customer = '', contact = '', fault = '', technician, phone = [], imei = [], field = [], json } = options;
  const named = await Promise.all(phone.map((one) => app.phoneNamed(one, { live: true })));
  const nothing = { phoneId: null, imei: '', description: '' };
  const phones: HandedIn[] = [
    ...named.map((phoneId, index) => ({ ...nothing, phoneId, imei: imei[index] ?? '' })),
    ...imei.slice(named.length).map((digits) => ({ ...nothing, imei: digits })),
  ];
  const known = new Set(app.tickets.customers(contact).map(({ uid }) => uid));
  const ticket = await app.tickets.create({
    customer: customer === '' && contact === '' ? null : { name: customer, contact },
    fault,
    technician: technician ?? '',
    fields: field.map((text) => fieldOf(app, text)),
    phones,
    consent: consentOf(options),
  });
  if (json) printJson(app.tickets.show(ticket.id));
  else print(ticket.number);
  if (ticket.customer !== null && known.has(ticket.customer.uid)) {
    tell(plain(`The customer ${customer} is known: the ticket is of the same one.`));
  }
  for (const { phone, number } of app.tickets.alsoOn(ticket)) {
    tell(plain(`${phoneWords(phone)} is on open ticket ${number} too: what one of them does not allow is not done.`));
  }
  return exitCode.ok;
}

export interface ListTicketsOptions extends Json {
  all?: boolean;
  search?: string;
  limit?: number;
}

/** The open tickets, or all. */
export function listTickets(
  app: Application,
  { all = false, search = '', limit = 200, json }: ListTicketsOptions,
): ExitCode {
  const found = app.tickets.list({ open: !all, text: search, limit, offset: 0 });
  if (json) printJson(found);
  else if (found.length === 0) tell(search === '' ? 'There is no open ticket.' : 'No ticket holds this.');
  else {
    const rows = found.map(({ number, status, customer, technician, createdAt, phones, fault }) => [
      number,
      momentWords(createdAt),
      statusWords[status],
      orDash(customer?.name ?? null),
      orDash(technician),
      orDash(phones.map(phoneWords).join('; ')),
      fault.split('\n')[0] ?? '',
    ]);
    const head = ['TICKET', 'TAKEN IN', 'STATUS', 'CUSTOMER', 'TECHNICIAN', 'PHONES', 'FAULT'];
    print(...table([head, ...rows.map((row) => row.map(plain))]));
  }
  return exitCode.ok;
}

const wayWords: Record<ConsentWay, string> = {
  'in-person': 'said at the counter',
  signed: 'signed',
  'by-phone': 'said on the telephone',
  'in-writing': 'in writing',
};

const allowedWords = (consent: NonNullable<TicketView['consent']>): string => {
  const allowed = allowable.filter((part) => consent[part]);
  const by = consent.by === '' ? '' : `, by ${consent.by}`;
  return `${allowed.length === 0 ? 'nothing' : allowed.join(', ')}${by}, ${wayWords[consent.how]}, ${momentWords(consent.at)}`;
};

function eventWords(event: TicketView['events'][number]): string {
  switch (event.kind) {
    case 'opened':
      return 'taken in';
    case 'customer-told':
      return 'customer changed';
    case 'fault-told':
      return `fault: ${event.fault}`;
    case 'fields-filled':
      return event.fields.map(({ name, value }) => `${name}: ${value}`).join(', ');
    case 'technician-set':
      return `technician: ${orDash(event.technician)}`;
    case 'phone-added':
      return 'phone added';
    case 'phone-removed':
      return 'phone removed';
    case 'status-set':
      return statusWords[event.status];
    case 'note-added':
      return event.note;
    case 'consent-given':
      return `allowed: ${allowable.filter((part) => event[part]).join(', ') || 'nothing'}`;
    case 'consent-withdrawn':
      return 'consent taken back';
  }
}

/** One line for each line that a person has typed. */
const lines = (label: string, text: string): string[] =>
  text.split('\n').map((line, index) => plain(`${(index === 0 ? label : '').padEnd(12)}${line}`));

const scanWords = (scan: TicketView['phones'][number]['dropOff'], refuses: TicketView['refuses']): string =>
  scan === null
    ? refuses.includes('keep')
      ? 'nothing is kept, as the customer has not allowed it'
      : 'not scanned'
    : `${momentWords(scan.takenAt)}, ${scan.verdict}`;

function ticketLines(ticket: TicketView): string[] {
  const { number, status, customer, technician, fault, fields, phones, consent, refuses, actions, events } = ticket;
  return [
    `${styled('bold', plain(`Ticket ${number}`))}  ${statusWords[status]}`,
    ...lines(
      'customer',
      orDash(customer === null ? null : [customer.name, customer.contact].filter(Boolean).join(', ')),
    ),
    ...lines('technician', orDash(technician)),
    ...lines('fault', orDash(fault)),
    ...fields.flatMap(({ name, value }) => lines(name, value)),
    ...lines('allowed', consent === null ? 'nobody was asked' : allowedWords(consent)),
    ...phones.flatMap((phone) => [
      ...lines('phone', orDash(phoneWords(phone))),
      ...lines('  drop-off', scanWords(phone.dropOff, refuses)),
      ...(phone.pickUp === null ? [] : lines('  pick-up', scanWords(phone.pickUp, refuses))),
    ]),
    ...actions.flatMap(({ id, title, result, who }) =>
      lines('action', `${id}  ${title}: ${resultWords[result]}, ${who}`),
    ),
    ...events.flatMap((event) =>
      lines('', `${momentWords(event.at)}  ${event.who === '' ? '' : `${event.who}: `}${eventWords(event)}`),
    ),
  ];
}

/** Everything of one ticket. */
export function showTicket(app: Application, number: string, { json }: Json): ExitCode {
  const ticket = app.tickets.show(number);
  if (json) printJson(ticket);
  else print(...ticketLines(ticket));
  return exitCode.ok;
}

export interface CloseTicketOptions extends Json {
  note?: string;
}

/** The phones are handed back. A ticket that is closed already stays as it is. */
export async function closeTicket(
  app: Application,
  number: string,
  { note, json }: CloseTicketOptions,
): Promise<ExitCode> {
  const noted = note === undefined || note.trim() === '' ? {} : { note };
  const wasClosed = app.tickets.show(number).status === 'closed';
  const ticket = await app.tickets.change(number, null, { status: 'closed', ...noted });
  if (json) printJson(ticket);
  else tell(plain(`Ticket ${ticket.number} ${wasClosed ? 'was closed already' : 'is closed'}.`));
  return exitCode.ok;
}

/** A closed ticket goes on. One that is open stays as it is. */
export async function reopenTicket(app: Application, number: string, { json }: Json): Promise<ExitCode> {
  const wasOpen = app.tickets.show(number).status !== 'closed';
  const ticket = wasOpen ? app.tickets.show(number) : await app.tickets.change(number, null, { status: 'in-work' });
  if (json) printJson(ticket);
  else tell(plain(`Ticket ${ticket.number} ${wasOpen ? 'is open already' : 'is open again'}.`));
  return exitCode.ok;
}
