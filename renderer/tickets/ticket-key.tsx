import { useLocation, useNavigate, useParams } from '@tanstack/react-router';
import { useKeys } from '../parts/keys.ts';
import { useSetting } from '../program/program.tsx';
import { ticketOfPhone, useOpenTickets } from '../program/open-tickets.ts';

/** Whether there is a counter here: somebody at home never sees a word of tickets. */
export function useShowsTickets(): boolean {
  const open = useOpenTickets();
  const hasTechnicians = useSetting('technicians', []).length > 0;
  return (open?.length ?? 0) > 0 || hasTechnicians;
}

/** Leads to the ticket of these phones, where one phone has an open one, else to a new one that begins with them. */
export function useGoToTicket(): (phoneIds: readonly string[]) => void {
  const navigate = useNavigate();
  const open = useOpenTickets();
  return (phoneIds) => {
    const [only, another] = phoneIds;
    const present = only === undefined || another !== undefined ? null : ticketOfPhone(open, only);
    if (present !== null) return void navigate({ to: '/tickets/$id', params: { id: present.id } });
    const search = phoneIds.length === 0 ? {} : { phones: [...phoneIds] };
    void navigate({ to: '/tickets/new', search });
  };
}

/** T on every screen but the bench, where it is about the phone that is chosen there. Shows nothing. */
export function TicketKey() {
  const at = useLocation({ select: ({ pathname }) => pathname });
  const phoneId = useParams({ strict: false }).phoneId;
  const goToTicket = useGoToTicket();
  const isElsewhere = at !== '/bench' && at !== '/tickets/new';
  useKeys(isElsewhere ? [['t', () => goToTicket(phoneId === undefined ? [] : [phoneId])]] : []);
  return null;
}
