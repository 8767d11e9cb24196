import { modelTitle } from '../../../native/phone-title.ts';
import type { HandoverMessage } from './messages.ts';

/** Stands at the end of a note: by it the note is found again. */
export const noteMark = (id: string): string => `[phone-health ${id}]`;

const mostFindings = 12;

function linesOf({ event }: HandoverMessage): string[] {
  switch (event.kind) {
    case 'opened':
      return ['The ticket was opened.'];
    case 'status':
      return [`Status: ${event.status}`];
    case 'result': {
      const { problem, possible, unknown, manual } = event.counts;
      const rest = event.findings.length - mostFindings;
      return [
        `Scan${event.label === null || event.label === '' ? '' : ` (${event.label})`}: ${event.verdict}`,
        `Problems: ${problem}, possible: ${possible}, to check by hand: ${unknown + manual}`,
        ...event.findings.slice(0, mostFindings).map(({ title, status }) => `- ${title} (${status})`),
        ...(rest > 0 ? [`- and ${rest} more`] : []),
      ];
    }
    case 'correction':
      return [`${event.undone ? 'Put back' : 'Corrected'}: ${event.title} (${event.result})`];
    case 'proof':
      return [`Test photo, ${event.app}: ${event.sentence}`];
    case 'answer':
      return [`Next action ${event.action}: ${event.answer}`];
    default:
      return event satisfies never;
  }
}

const phoneOf = ({ event }: HandoverMessage): string | null => {
  if (!('phone' in event)) return null;
  const { osVersion } = event.phone;
  return [modelTitle({ ...event.phone, name: null }), osVersion].filter((word) => word !== null).join(' ');
};

/** What a system that takes notes gets: plain text, a line for each thing. */
export function noteText(message: HandoverMessage): string {
  const phone = phoneOf(message);
  const number = message.ticket === null ? [] : [`Ticket ${message.ticket.number}`];
  return [
    [...number, ...(phone === null || phone === '' ? [] : [phone])].join(', '),
    ...linesOf(message),
    noteMark(message.id),
  ].join('\n');
}

/** Whether a note with this mark stands anywhere in an answer. */
export function holdsMark(value: unknown, id: string): boolean {
  if (typeof value === 'string') return value.includes(noteMark(id));
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((one) => holdsMark(one, id));
}
