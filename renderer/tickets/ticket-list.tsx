import { Button, SegmentedControl, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { t } from '../language/words.ts';
import { ButtonLink } from '../parts/button-link.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { ScrolledTable } from '../parts/scrolled-table.tsx';
import { TextLink } from '../parts/text-link.tsx';
import table from '../parts/table.module.css';
import { dayText } from '../parts/value-text.ts';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import type { TicketItem } from '../program/received.ts';
import { FindElsewhere, LatestElsewhere } from '../shop/elsewhere.tsx';
import { StationCell, StationHead, useOwnStation } from '../shop/own-station.tsx';
import { AtWork } from './technician-select.tsx';
import { statusWords, ticketPhoneName } from './ticket-words.ts';
import classes from './tickets.module.css';

/** The table shows so many at first, and with each press so many more, as far as the program tells. */
const step = 200;
const most = 499;

/** The jobs of this counter, the latest first. */
export function TicketsScreen() {
  const { client } = useProgram();
  const [which, setWhich] = useState<'open' | 'all'>('open');
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed, 150);
  const [shown, setShown] = useState(step);
  const tickets = useQuery({
    queryKey: ['kept', 'tickets', which, text, shown],
    queryFn: () => client.tickets.list.query({ open: which === 'open', text, limit: shown + 1, offset: 0 }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHeading>{t('Tickets')}</PageHeading>
      <div className={classes.bar} data-screen-only>
        <TextInput
          type="search"
          className={classes.search}
          aria-label={t('Search the tickets')}
          placeholder={t('Number, customer, phone, IMEI')}
          value={typed}
          maxLength={200}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <SegmentedControl
          aria-label={t('Which tickets')}
          data={[
            { value: 'open', label: t.as('tickets that are', 'Open') },
            { value: 'all', label: t('All') },
          ]}
          value={which}
          onChange={(value) => setWhich(value === 'all' ? 'all' : 'open')}
        />
        <AtWork />
        <ButtonLink to="/tickets/new">{t('New ticket')}</ButtonLink>
      </div>
      {tickets.error === null ? null : <ProblemNotice problem={problemOfCall(tickets.error)} />}
      {tickets.data === undefined ? null : (
        <>
          <TicketTable tickets={tickets.data.slice(0, shown)} isFiltered={text !== ''} isOpen={which === 'open'} />
          {tickets.data.length > shown ? (
            <div className={classes.more} data-screen-only>
              <span>{t('The latest {count, number} tickets; a search finds older ones', { count: shown })}</span>
              {shown < most ? (
                <Button variant="default" size="compact-sm" onClick={() => setShown(Math.min(most, shown + step))}>
                  {t('Show more')}
                </Button>
              ) : null}
            </div>
          ) : null}
          {text.trim() === '' ? <LatestElsewhere kind="ticket" /> : <FindElsewhere words={text.trim()} />}
        </>
      )}
    </>
  );
}

interface TicketTableProps {
  tickets: readonly TicketItem[];
  isFiltered: boolean;
  isOpen: boolean;
}

function TicketTable({ tickets, isFiltered, isOpen }: TicketTableProps) {
  const station = useOwnStation();
  if (tickets.length === 0) {
    if (isFiltered) return <Text c="dimmed">{t('No ticket holds this.')}</Text>;
    return <Text c="dimmed">{isOpen ? t('There is no open ticket.') : t('There is no ticket yet.')}</Text>;
  }
  return (
    <ScrolledTable label={t('Tickets')}>
      <table className={`${table.table} ${classes.list}`}>
        <thead>
          <tr>
            <th scope="col">{t('Ticket')}</th>
            {/* What is printed may lie on the counter. */}
            <th scope="col" data-screen-only>
              {t('Customer')}
            </th>
            <th scope="col">{t('Phones')}</th>
            <th scope="col" className={classes.wide}>
              {t('State')}
            </th>
            <th scope="col" className={classes.wide}>
              {t('Technician')}
            </th>
            <th scope="col" className={classes.wide}>
              {t('Taken in')}
            </th>
            <StationHead station={station} />
          </tr>
        </thead>
        <tbody>
          {tickets.map(({ id, number, customer, phones, status, technician, createdAt }) => (
            <tr key={id}>
              <th scope="row" className={table.narrow}>
                <TextLink to="/tickets/$id" params={{ id }}>
                  {number}
                </TextLink>
                <span className={classes.narrow}>
                  <Status status={status} />
                </span>
              </th>
              <td data-screen-only>
                <PhoneText>{customer?.name ?? '–'}</PhoneText>
              </td>
              <td>
                {phones.length === 0
                  ? '–'
                  : phones.map((phone) => (
                      <div key={phone.uid}>
                        <PhoneText>{ticketPhoneName(phone)}</PhoneText>
                      </div>
                    ))}
                <span className={`${classes.narrow} ${classes.when}`}>
                  <time dateTime={createdAt}>{dayText(createdAt)}</time>
                  {technician === '' ? null : (
                    <>
                      {' · '}
                      <PhoneText>{technician}</PhoneText>
                    </>
                  )}
                </span>
              </td>
              <td className={`${table.narrow} ${classes.wide}`}>
                <Status status={status} />
              </td>
              <td className={classes.wide}>
                <PhoneText>{technician === '' ? '–' : technician}</PhoneText>
              </td>
              <td className={`${table.narrow} ${classes.wide}`}>
                <time dateTime={createdAt}>{dayText(createdAt)}</time>
              </td>
              <StationCell station={station} />
            </tr>
          ))}
        </tbody>
      </table>
    </ScrolledTable>
  );
}

const Status = ({ status }: Pick<TicketItem, 'status'>) => (
  <span className={classes.status} data-status={status}>
    {statusWords()[status]}
  </span>
);
