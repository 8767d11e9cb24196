import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { t } from '../language/words.ts';
import { useProgram } from '../program/program.tsx';
import type { TicketItem } from '../program/received.ts';

/** So many stand below the phones: who needs more goes to the list of tickets. */
const most = 6;

/** Of `ticket 17`, as a ticket is called in the list, its number. */
function withoutWord(typed: string): string {
  const [word = ''] = t('Ticket {number}', { number: '' }).trim().toLowerCase().split(' ');
  const text = typed.trim();
  return text.toLowerCase().startsWith(`${word} `) ? text.slice(word.length).trim() : text;
}

/** The tickets that are meant by what was typed: number, customer, how they are reached, fault, phone or the last digits of its IMEI; closed ones too. */
export function useFoundTickets(typed: string): readonly TicketItem[] {
  const { client } = useProgram();
  const [text] = useDebouncedValue(withoutWord(typed), 120);
  const tickets = useQuery({
    queryKey: ['kept', 'tickets', 'all', text, most],
    queryFn: () => client.tickets.list.query({ open: false, text, limit: most, offset: 0 }),
    enabled: text !== '',
    placeholderData: keepPreviousData,
  });
  return text === '' || typed.trim() === '' ? [] : (tickets.data ?? []);
}
