import { Button, Text } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import { t } from '../language/words.ts';
import { useAsksFirst } from '../parts/asks-first.ts';
import { wayWords } from '../parts/allow-now.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { useFirstFieldFocus } from '../parts/takes-focus.ts';
import { dayText } from '../parts/value-text.ts';
import type { TicketView } from '../program/received.ts';
import { useTicketChange } from '../program/ticket-change.ts';
import { ConsentFields, nothingAllowed } from './consent-fields.tsx';
import { allowedWords } from './ticket-words.ts';
import classes from './tickets.module.css';

/** What the customer allows: who said so, when and how. */
export function TicketConsent({ ticket }: { ticket: TicketView }) {
  const { consent } = ticket;
  const { asking: isEditing, ask, decline, button } = useAsksFirst();
  return (
    <section aria-label={t('What the customer allows')}>
      <h2>{t('What the customer allows')}</h2>
      {isEditing ? (
        <ConsentForm ticket={ticket} onEnd={decline} />
      ) : (
        <>
          {consent === null ? (
            <Text c="dimmed">{t('Nobody was asked yet.')}</Text>
          ) : (
            <p>
              {allowedWords(consent)}
              <br />
              <Text component="span" size="sm" c="dimmed">
                {consent.by === '' ? null : (
                  <>
                    <PhoneText>{consent.by}</PhoneText>
                    {' · '}
                  </>
                )}
                {wayWords()[consent.how]} · {dayText(consent.at)}
                {consent.who === '' ? null : (
                  <>
                    {' · '}
                    {t.rich('noted by {who}', { who: <PhoneText>{consent.who}</PhoneText> })}
                  </>
                )}
              </Text>
            </p>
          )}
          <Button ref={button} variant="default" onClick={ask}>
            {consent === null ? t('Note it down') : t('Change')}
          </Button>
        </>
      )}
    </section>
  );
}

function ConsentForm({ ticket, onEnd }: { ticket: TicketView; onEnd: () => void }) {
  const { change, isBusy, problem } = useTicketChange(ticket.id);
  const [seen] = useState(ticket.version);
  const form = useFirstFieldFocus<HTMLFormElement>();
  const [consent, setConsent] = useState(() => {
    const {
      read,
      change: changes,
      keep,
      by,
      how,
    } = ticket.consent ?? {
      ...nothingAllowed,
      by: ticket.customer?.name ?? '',
    };
    return { read, change: changes, keep, by, how };
  });
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the fields within
    <form
      ref={form}
      className={classes.form}
      onSubmit={(event: SyntheticEvent) => {
        event.preventDefault();
        change({ consent }, seen, onEnd);
      }}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onEnd();
      }}
    >
      {problem === null ? null : <ProblemNotice problem={problem} />}
      <ConsentFields value={consent} onChange={setConsent} withName headed />
      <div className={classes.buttons}>
        <Button type="submit" loading={isBusy}>
          {t('Save')}
        </Button>
        <Button variant="default" onClick={onEnd}>
          {t('Cancel')}
        </Button>
      </div>
    </form>
  );
}
