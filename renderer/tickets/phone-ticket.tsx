import { t } from '../language/words.ts';
import { PhoneText } from '../parts/phone-text.tsx';
import { TextLink } from '../parts/text-link.tsx';
import { useTicketsOfPhone } from '../program/open-tickets.ts';
import type { TicketItem } from '../program/received.ts';
import classes from './tickets.module.css';

/** The open tickets of the phone that is shown: what is done with it goes under the first. Nothing where there is none. */
export function PhoneTicket({ phoneId }: { phoneId: string }) {
  return useTicketsOfPhone(phoneId).map((ticket) => <OnTicket key={ticket.id} ticket={ticket} />);
}

function OnTicket({ ticket }: { ticket: TicketItem }) {
  const name = ticket.customer?.name ?? '';
  return (
    <p className={classes.ofPhone} data-screen-only>
      <TextLink to="/tickets/$id" params={{ id: ticket.id }} size="sm">
        {t('Ticket {number}', { number: ticket.number })}
      </TextLink>
      {name === '' ? null : (
        <>
          {' · '}
          <PhoneText>{name}</PhoneText>
        </>
      )}
      {ticket.consent === null ? <> · {t('It is not noted what the customer allows')}</> : null}
      {ticket.consent !== null && !ticket.consent.change ? <> · {t('Settings may not be changed')}</> : null}
    </p>
  );
}
