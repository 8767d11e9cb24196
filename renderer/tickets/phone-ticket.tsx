import { t } from '../language/words.ts';
import { PhoneText } from '../parts/phone-text.tsx';
import { TextLink } from '../parts/text-link.tsx';
import { useTicketOfPhone } from '../program/open-tickets.ts';
import classes from './tickets.module.css';

/** The open ticket of the phone that is shown: what is done with it goes under that. Nothing where there is none. */
export function PhoneTicket({ phoneId }: { phoneId: string }) {
  const ticket = useTicketOfPhone(phoneId);
  if (ticket === null) return null;
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
      {ticket.consent !== null && !ticket.consent.change ? <> · {t('Settings may not be changed')}</> : null}
    </p>
  );
}
