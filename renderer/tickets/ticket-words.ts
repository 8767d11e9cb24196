import { t } from '../language/words.ts';
import type { Consent } from '../parts/allow-now.tsx';
import type { TicketEvent, TicketItem, TicketPhone } from '../program/received.ts';

export type TicketStatus = TicketItem['status'];

/** In the order of work. */
export const statusWords = (): Record<TicketStatus, string> => ({
  'taken-in': t('Taken in'),
  'in-work': t('In work'),
  waiting: t('Waiting'),
  ready: t('Ready'),
  closed: t('Closed'),
});

/** What may be allowed, in the order in which it is asked. */
export const allowWords = (): Record<'read' | 'change' | 'keep', string> => ({
  read: t('Read the settings of the phone'),
  change: t('Change settings'),
  keep: t('Keep what was read'),
});
export const allowParts = ['read', 'change', 'keep'] as const;

/** What is allowed, in one line. */
export function allowedWords(consent: Pick<Consent, 'read' | 'change' | 'keep'>): string {
  const words = allowWords();
  const allowed = allowParts.filter((part) => consent[part]).map((part) => words[part]);
  return allowed.length === 0 ? t('Nothing') : allowed.join(' · ');
}

/** Why a phone of a ticket has no drop-off: without leave to keep what was read, a scan leaves none. */
export const noDropOffWords = (consent: Pick<Consent, 'keep'> | null): string =>
  consent !== null && !consent.keep
    ? t('Nothing is kept: the customer has not allowed it.')
    : t('Not scanned under this ticket yet: the first scan is how it came in.');

/** What a phone of a ticket is called: as it was seen, else as somebody wrote it down, else by its IMEI. */
export function ticketPhoneName({ name, description, imei, phoneId }: TicketPhone): string {
  if (name !== null) return name;
  if (description !== '') return description;
  if (imei !== '') return t('IMEI {imei}', { imei });
  return phoneId ?? t('A phone that is not known yet');
}

/** What happened to a ticket, in a few words; what somebody wrote stands as they wrote it. */
export function eventWords(event: TicketEvent): string {
  switch (event.kind) {
    case 'opened':
      return t('Ticket opened');
    case 'customer-told':
      return t('Customer changed');
    case 'fault-told':
      return t('Fault: {fault}', { fault: event.fault });
    case 'fields-filled':
      return event.fields.map(({ name, value }) => `${name}: ${value}`).join(', ');
    case 'technician-set':
      return event.technician === ''
        ? t('No technician any more')
        : t('Technician: {name}', { name: event.technician });
    case 'phone-added':
      return t('Phone added');
    case 'phone-removed':
      return t('Phone taken off the ticket');
    case 'status-set':
      return statusWords()[event.status];
    case 'note-added':
      return event.note;
    case 'consent-given':
      return t('Allowed: {what}', { what: allowedWords(event) });
    case 'consent-withdrawn':
      return t('What was allowed was taken back');
  }
}
