import { Button, Textarea } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import { t } from '../language/words.ts';
import { PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { dayText } from '../parts/value-text.ts';
import type { TicketView } from '../program/received.ts';
import { useTicketChange } from '../program/ticket-change.ts';
import { eventWords } from './ticket-words.ts';
import classes from './tickets.module.css';

/** Notes, and everything that has happened to the ticket, the latest first. */
export function TicketHistory({ ticket }: { ticket: TicketView }) {
  const { change, isBusy, problem } = useTicketChange(ticket.id);
  const [note, setNote] = useState('');
  return (
    <section aria-label={t('Notes and history')}>
      <h2>{t('Notes and history')}</h2>
      {problem === null ? null : <ProblemNotice problem={problem} />}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the fields within */}
      <form
        className={classes.form}
        onSubmit={(event: SyntheticEvent) => {
          event.preventDefault();
          if (note.trim() !== '') change({ note }, ticket.version, () => setNote(''));
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
        }}
      >
        <Textarea
          label={t('Note')}
          rows={2}
          maxLength={4000}
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
        <div className={classes.buttons}>
          <Button type="submit" variant="default" loading={isBusy} disabled={note.trim() === ''}>
            {t('Add the note')}
          </Button>
        </div>
      </form>
      <ol className={classes.events}>
        {ticket.events.toReversed().map((event) => (
          <li key={event.version} data-note={event.kind === 'note-added' || undefined}>
            <span className={classes.when}>
              <time dateTime={event.at}>{dayText(event.at)}</time>
              {event.who === '' ? null : (
                <>
                  {' · '}
                  <PhoneText>{event.who}</PhoneText>
                </>
              )}
            </span>
            <PhoneText>{eventWords(event)}</PhoneText>
          </li>
        ))}
      </ol>
    </section>
  );
}
