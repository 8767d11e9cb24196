import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { t } from '../language/words.ts';
import { Notice } from '../parts/notice.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { useAsksFirst } from '../parts/asks-first.ts';
import { isolated, PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { useTakesFocus } from '../parts/takes-focus.ts';
import { TextLink } from '../parts/text-link.tsx';
import { listText } from '../parts/value-text.ts';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import type { CustomerErasure, ErasedCustomer } from '../program/received.ts';
import classes from './tickets.module.css';

interface EraseCustomerProps {
  /** The id of the customer. */
  customer: string;
  onErased: (erased: ErasedCustomer) => void;
}

/** The quiet way to have a customer go for good, after what goes and what stays was told. */
export function EraseCustomer({ customer, onErased }: EraseCustomerProps) {
  const { asking, ask, decline, button } = useAsksFirst();
  return (
    <section aria-label={t('Erase the customer')} data-screen-only>
      {asking ? (
        <Question customer={customer} onErased={onErased} onCancel={decline} />
      ) : (
        <Button ref={button} variant="subtle" color="gray" size="compact-sm" onClick={ask}>
          {t('Erase customer…')}
        </Button>
      )}
    </section>
  );
}

function Question({ customer, onErased, onCancel }: EraseCustomerProps & { onCancel: () => void }) {
  const { client, works } = useProgram();
  const queries = useQueryClient();
  const place = useTakesFocus<HTMLDivElement>(true);
  const erasure = useQuery({
    queryKey: ['kept', 'erasure', customer],
    queryFn: () => client.archive.erasure.query({ customer }),
    gcTime: 0,
  });
  const erase = useMutation({
    mutationFn: () => client.archive.erase.mutate({ customer }),
    onSuccess: (erased) => {
      for (const { id } of erased.phones) works.forget(id);
      onErased(erased);
    },
    // What goes may be another by now.
    onError: () => queries.invalidateQueries({ queryKey: ['kept', 'erasure', customer] }),
  });
  const problem = erasure.error ?? erase.error;
  return (
    <div ref={place} tabIndex={-1}>
      {problem === null ? null : <ProblemNotice problem={problemOfCall(problem)} />}
      {erasure.data === undefined ? null : (
        <Notice
          tone="warn"
          title={t('Erase {customer} for good?', { customer: isolated(erasure.data.customer.name) })}
          live="polite"
        >
          <p>{t('This goes:')}</p>
          <ul>
            {going(erasure.data).map((line, index) => (
              // Two phones may be called the same.
              // eslint-disable-next-line react/no-array-index-key
              <li key={`${index} ${line}`}>{line}</li>
            ))}
          </ul>
          <p>{t('What was saved or sent elsewhere stays there: reports, cases, copies of photos.')}</p>
          {erasure.data.undoable.length === 0 ? null : (
            <p>
              <strong>
                {t('Nobody can undo {count, plural, one {# correction} other {# corrections}} afterwards.', {
                  count: erasure.data.undoable.length,
                })}
              </strong>
            </p>
          )}
          {erasure.data.cutOff.length === 0 ? null : (
            <p>
              <strong>
                {t('A correction was cut off. Finish or undo it first: without what is kept about it, nobody could.')}
              </strong>
            </p>
          )}
          <div className={classes.buttons}>
            {erasure.data.cutOff.length > 0 ? null : (
              <Button color="red.9" loading={erase.isPending} onClick={() => erase.mutate()}>
                {t('Erase for good')}
              </Button>
            )}
            <Button variant="default" onClick={onCancel}>
              {t('Cancel')}
            </Button>
          </div>
        </Notice>
      )}
    </div>
  );
}

/** What goes, a line each. */
function going({ customer, tickets, open, phones, shared, snapshots, setAside, elsewhere }: CustomerErasure): string[] {
  const named = [customer.name, customer.contact].filter((part) => part !== '').map(isolated);
  return [
    t('The customer {named}', { named: named.join(', ') }),
    ...(tickets.length === 0
      ? []
      : [
          t('{count, plural, one {The ticket} other {# tickets:}} {numbers}', {
            count: tickets.length,
            numbers: listText(tickets),
          }),
        ]),
    ...(open === 0
      ? []
      : tickets.length === 1
        ? [t('It is still open')]
        : [t('{count, plural, one {# of them is} other {# of them are}} still open', { count: open })]),
    ...phones.map(({ name }) => t('Everything about {phone}', { phone: isolated(name) })),
    ...shared.map(({ name }) =>
      t('What was done under these tickets with {phone}; the phone stays, for it is not theirs alone', {
        phone: isolated(name),
      }),
    ),
    ...(snapshots === 0 ? [] : [t('{count, plural, one {# snapshot} other {# snapshots}}', { count: snapshots })]),
    t('The backups that hold them; one without them is made first where there is room'),
    ...setAside.map((file) => t('What was kept before and set aside, of everybody: {file}', { file: isolated(file) })),
    ...elsewhere.map(({ file }) =>
      t('But not from this copy, which may hold them too: {file}', { file: isolated(file) }),
    ),
  ];
}

/** In the place of the ticket: it is gone. */
export function CustomerErased({ erased: { customer, backups, elsewhere } }: { erased: ErasedCustomer }) {
  const { removed, made, waits } = backups;
  const outcome = useTakesFocus<HTMLDivElement>(true);
  return (
    <>
      <PageHeading>{t('Erased')}</PageHeading>
      <div ref={outcome} tabIndex={-1}>
        <Notice
          tone="good"
          title={t('{customer} is erased, with tickets and phones', { customer: isolated(customer.name) })}
          live="polite"
        >
          <p>
            {waits !== null
              ? t('The backups hold them still, and are cleared later by themselves:')
              : removed === 0
                ? t('There was no backup.')
                : made === null
                  ? t(
                      '{count, plural, one {# backup that held them was} other {# backups that held them were}} removed. None was made without them: there was no room.',
                      { count: removed },
                    )
                  : t(
                      '{count, plural, one {# backup that held them was} other {# backups that held them were}} removed. One without them was made:',
                      { count: removed },
                    )}{' '}
            {made === null ? null : <PhoneText>{made}</PhoneText>}
            {waits}
          </p>
          {backups.setAside.map((file) => (
            <p key={file}>
              {t('Removed too:')} <PhoneText>{file}</PhoneText>
            </p>
          ))}
          {elsewhere.map(({ file }) => (
            <p key={file}>
              {t('May hold them still, and is yours to remove:')} <PhoneText>{file}</PhoneText>
            </p>
          ))}
          <TextLink to="/tickets">{t('All tickets')}</TextLink>
        </Notice>
      </div>
    </>
  );
}
