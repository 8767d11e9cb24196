import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { SaveCase } from '../cases/save-case.tsx';
import { t } from '../language/words.ts';
import { PageHeading } from '../parts/page-heading.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { TextLink } from '../parts/text-link.tsx';
import { dayText } from '../parts/value-text.ts';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import type { ErasedCustomer, TicketView } from '../program/received.ts';
import { useTicketChange } from '../program/ticket-change.ts';
import { CustomerErased, EraseCustomer } from './erase-customer.tsx';
import { TicketActions } from './ticket-actions.tsx';
import { TicketConsent } from './ticket-consent.tsx';
import { TicketHistory } from './ticket-history.tsx';
import { TicketPhones } from './ticket-phones.tsx';
import { TicketTold } from './ticket-told.tsx';
import { statusWords, type TicketStatus } from './ticket-words.ts';
import classes from './tickets.module.css';

/** One job: what was told, its phones as they came in and go out, what was done, and where it stands. */
export function TicketScreen() {
  const { id } = useParams({ from: '/tickets/$id' });
  return <TicketById key={id} id={id} />;
}

function TicketById({ id }: { id: string }) {
  const { client } = useProgram();
  const [erased, setErased] = useState<ErasedCustomer | null>(null);
  const ticket = useQuery({
    enabled: erased === null,
    queryKey: ['kept', 'ticket', id],
    queryFn: () => client.tickets.show.query({ id }),
  });
  const number = ticket.data?.number ?? null;
  useEffect(() => {
    if (number !== null) document.title = `${t('Ticket {number}', { number })} · Phone Health Inspector`;
    return () => {
      document.title = 'Phone Health Inspector';
    };
  }, [number]);
  if (erased !== null) return <CustomerErased erased={erased} />;
  if (ticket.error !== null && ticket.data === undefined) {
    return (
      <>
        <PageHeading>{t('Ticket')}</PageHeading>
        <ProblemNotice problem={problemOfCall(ticket.error)}>
          <TextLink to="/tickets">{t('All tickets')}</TextLink>
        </ProblemNotice>
      </>
    );
  }
  return ticket.data === undefined ? (
    <PageHeading>{t('Ticket')}</PageHeading>
  ) : (
    <Ticket ticket={ticket.data} onErased={setErased} />
  );
}

const isStatus = (value: string): value is TicketStatus => value in statusWords();

function Ticket({ ticket, onErased }: { ticket: TicketView; onErased: (erased: ErasedCustomer) => void }) {
  const { change, isBusy, problem } = useTicketChange(ticket.id);
  const name = ticket.customer?.name ?? '';
  return (
    <>
      <div className={classes.head}>
        <PageHeading>
          {t('Ticket {number}', { number: ticket.number })}
          {name === '' ? null : (
            <>
              {' · '}
              <PhoneText>{name}</PhoneText>
            </>
          )}
        </PageHeading>
        <p className={classes.facts}>
          {t('Taken in: {when}', { when: dayText(ticket.createdAt) })}
          {ticket.closedAt === null ? null : <> · {t('Closed: {when}', { when: dayText(ticket.closedAt) })}</>}
          <span data-screen-only>
            {' · '}
            <TextLink to="/report" search={{ ticket: ticket.id }} size="sm">
              {t('Report…')}
            </TextLink>
          </span>
        </p>
      </div>
      <div className={classes.statuses} data-screen-only>
        <SegmentedControl
          withItemsBorders={false}
          aria-label={t('Where it stands')}
          data={Object.entries(statusWords()).map(([value, label]) => ({ value, label }))}
          value={ticket.status}
          onChange={(status) => {
            if (isStatus(status) && !isBusy) change({ status }, ticket.version);
          }}
        />
      </div>
      {problem === null ? null : <ProblemNotice problem={problem} />}
      <div className={classes.sections}>
        <TicketTold ticket={ticket} />
        <TicketPhones ticket={ticket} />
        <TicketActions ticket={ticket} />
        <TicketConsent ticket={ticket} />
        <TicketHistory ticket={ticket} />
        <SaveCase tickets={[ticket.id]} snapshots={[]} />
        {ticket.customer === null ? null : <EraseCustomer customer={ticket.customer.id} onErased={onErased} />}
      </div>
    </>
  );
}
