import { t } from '../language/words.ts';
import { useTicketsOfPhone } from '../program/open-tickets.ts';
import classes from './correction.module.css';

/** That nobody has noted on the ticket whether its customer allows changes; nothing where somebody has, or where there is no ticket. */
export function NobodyAsked({ phoneId }: { phoneId: string }) {
  const ticket = useTicketsOfPhone(phoneId).find(({ consent }) => consent === null);
  if (ticket === undefined) return null;
  return (
    <p className={classes.small}>
      {t('Ticket {number} does not say whether its customer allows changes.', { number: ticket.number })}
    </p>
  );
}
