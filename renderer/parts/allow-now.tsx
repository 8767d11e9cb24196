import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { t } from '../language/words.ts';
import { useTicketsOfPhone } from '../program/open-tickets.ts';
import type { TicketItem } from '../program/received.ts';
import { useTicketChange } from '../program/ticket-change.ts';
import classes from './allow-now.module.css';
import { ProblemNotice } from './problem-notice.tsx';

export type Consent = NonNullable<TicketItem['consent']>;

/** How a consent was given. */
export const wayWords = (): Record<Consent['how'], string> => ({
  'in-person': t('Said at the counter'),
  signed: t('Signed'),
  'by-phone': t('By telephone'),
  'in-writing': t('In writing'),
});

const isWay = (value: string): value is Consent['how'] => value in wayWords();

interface WayFieldProps {
  value: Consent['how'];
  onChange: (value: Consent['how']) => void;
}

/** Asks how somebody has said what they allow. */
export function WayField({ value, onChange }: WayFieldProps) {
  return (
    <NativeSelect
      label={t('How')}
      data={Object.entries(wayWords()).map(([way, label]) => ({ value: way, label }))}
      value={value}
      onChange={({ currentTarget: { value: way } }) => {
        if (isWay(way)) onChange(way);
      }}
    />
  );
}

interface AllowNowProps {
  phoneId: string;
  /** What they had not allowed. */
  what: TicketItem['refuses'][number];
  /** It stands on the ticket now. */
  onAllowed: () => void;
  /** Nothing is changed. */
  onNo?: () => void;
}

/** The way on where a customer has not allowed something: that they do now is noted on the ticket, with who and how. */
export function AllowNow({ phoneId, what, onAllowed, onNo }: AllowNowProps) {
  const ticket = useTicketsOfPhone(phoneId).find(({ refuses }) => refuses.includes(what));
  return (
    <div className={classes.allow}>
      {ticket === undefined || ticket.consent === null ? null : (
        <Note ticket={ticket} consent={ticket.consent} what={what} onAllowed={onAllowed} />
      )}
      {onNo === undefined ? null : (
        <Button variant="default" onClick={onNo}>
          {t('Leave it')}
        </Button>
      )}
    </div>
  );
}

interface NoteProps extends Pick<AllowNowProps, 'what' | 'onAllowed'> {
  ticket: TicketItem;
  consent: Consent;
}

function Note({ ticket, consent, what, onAllowed }: NoteProps) {
  const { change, isBusy, problem } = useTicketChange(ticket.id);
  const [how, setHow] = useState<Consent['how']>('in-person');
  const { read, change: changes, keep, by } = consent;
  const now = { read, change: changes, keep, [what]: true, by: by === '' ? (ticket.customer?.name ?? '') : by, how };
  return (
    <>
      {problem === null ? null : <ProblemNotice problem={problem} />}
      <WayField value={how} onChange={setHow} />
      <Button loading={isBusy} onClick={() => change({ consent: now }, ticket.version, onAllowed)}>
        {t('They allow it now')}
      </Button>
    </>
  );
}
