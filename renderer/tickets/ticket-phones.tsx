import { ActionIcon, Button, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { t } from '../language/words.ts';
import { IconX } from '../parts/icons.tsx';
import { useAsksFirst } from '../parts/asks-first.ts';
import { isolated, phoneName, PhoneText, serialEnd } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { useFirstFieldFocus, useOutcomeFocus } from '../parts/takes-focus.ts';
import { TextLink } from '../parts/text-link.tsx';
import { dayText } from '../parts/value-text.ts';
import { problemOfCall } from '../program/client.ts';
import { usePhoneList, useProgram } from '../program/program.tsx';
import type { TicketPhoneView, TicketView } from '../program/received.ts';
import { useTicketChange } from '../program/ticket-change.ts';
import { type HandedIn, HandedInFields } from './handed-in.tsx';
import { ticketOfPhone, useOpenTickets } from '../program/open-tickets.ts';
import { noDropOffWords, ticketPhoneName } from './ticket-words.ts';
import classes from './tickets.module.css';

/** The phones of a ticket, each as it came in and as it goes out. */
export function TicketPhones({ ticket }: { ticket: TicketView }) {
  const { change, isBusy, problem } = useTicketChange(ticket.id);
  const { asking: isAdding, ask, decline, button } = useAsksFirst();
  // The button is gone with the phone that it took off.
  const [takenOff, setTakenOff] = useState<string | null>(null);
  const heading = useOutcomeFocus<HTMLHeadingElement>(takenOff);
  return (
    <section aria-label={t('Phones')}>
      <h2 ref={heading} tabIndex={-1}>
        {t('Phones')}
      </h2>
      {problem === null ? null : <ProblemNotice problem={problem} />}
      {ticket.phones.length === 0 ? <Text c="dimmed">{t('No phone belongs to this ticket yet.')}</Text> : null}
      <ul className={classes.phones}>
        {ticket.phones.map((phone) => (
          <li key={phone.uid}>
            <PhoneRow ticket={ticket} phone={phone} />
            <ActionIcon
              variant="subtle"
              size="lg"
              disabled={isBusy}
              aria-label={t('Take {phone} off the ticket', { phone: isolated(ticketPhoneName(phone)) })}
              title={t('Take off the ticket')}
              onClick={() => change({ removePhones: [phone.uid] }, ticket.version, () => setTakenOff(phone.uid))}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {isAdding ? (
        <AddPhones ticket={ticket} onEnd={decline} />
      ) : (
        <Button ref={button} variant="default" onClick={ask}>
          {t('Add a phone')}
        </Button>
      )}
    </section>
  );
}

function PhoneRow({ ticket, phone }: { ticket: TicketView; phone: TicketPhoneView }) {
  const { phoneId, imei, description, name, dropOff, pickUp } = phone;
  // What said which phone it is, is gone once it is known.
  const [former] = useState(phoneId);
  const title = useOutcomeFocus<HTMLHeadingElement>(phoneId === former ? null : phoneId);
  const facts = [name === null ? '' : description, imei === '' ? '' : t('IMEI {imei}', { imei })].filter(
    (fact) => fact !== '',
  );
  return (
    <div>
      <h3 ref={title} className={classes.phoneName} tabIndex={-1}>
        {phoneId === null ? (
          <PhoneText>{ticketPhoneName(phone)}</PhoneText>
        ) : (
          <TextLink to="/phones/$phoneId" params={{ phoneId }}>
            <PhoneText>{ticketPhoneName(phone)}</PhoneText>
          </TextLink>
        )}
      </h3>
      {facts.length === 0 ? null : (
        <Text size="sm" c="dimmed">
          <PhoneText>{facts.join(' · ')}</PhoneText>
        </Text>
      )}
      {phoneId === null ? <WhichPhone ticket={ticket} uid={phone.uid} /> : null}
      {dropOff === null ? (
        phoneId === null ? null : (
          <Text size="sm" c="dimmed">
            {noDropOffWords(ticket.consent)}
          </Text>
        )
      ) : (
        <ol className={classes.inAndOut}>
          <li>
            <ScanLine label={t('Drop-off')} scan={dropOff} />
          </li>
          {pickUp === null ? null : (
            <li>
              <ScanLine label={t('Pick-up')} scan={pickUp} />{' '}
              <TextLink to="/compare" search={{ of: `${dropOff.id},${pickUp.id}` }} size="sm">
                {t('Side by side')}
              </TextLink>
            </li>
          )}
        </ol>
      )}
    </div>
  );
}

/** A phone that was handed in without its cable: which of those that are plugged in it is. */
function WhichPhone({ ticket, uid }: { ticket: TicketView; uid: string }) {
  const { client } = useProgram();
  const queries = useQueryClient();
  const { list } = usePhoneList();
  const open = useOpenTickets();
  const identify = useMutation({
    mutationFn: (phoneId: string) => client.tickets.identify.mutate({ id: ticket.id, uid, phoneId }),
    onSuccess: (view) => queries.setQueryData(['kept', 'ticket', ticket.id], view),
  });
  const free = (list?.phones ?? []).filter(({ id, state }) => state !== 'gone' && ticketOfPhone(open, id) === null);
  if (identify.error !== null) return <ProblemNotice problem={problemOfCall(identify.error)} />;
  if (free.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('Plug it in, and say here that it is this one.')}
      </Text>
    );
  }
  return (
    <div className={classes.adding}>
      {free.map((phone) => (
        <Button
          key={phone.id}
          variant="default"
          size="xs"
          disabled={identify.isPending}
          onClick={() => identify.mutate(phone.id)}
        >
          <span>
            {t.rich('It is {phone}', { phone: <PhoneText>{`${phoneName(phone)} ${serialEnd(phone)}`}</PhoneText> })}
          </span>
        </Button>
      ))}
    </div>
  );
}

function ScanLine({ label, scan }: { label: string; scan: NonNullable<TicketPhoneView['dropOff']> }) {
  return (
    <>
      <span className={classes.label}>{label}</span>{' '}
      <TextLink to="/snapshots/$id" params={{ id: scan.id }} size="sm">
        {dayText(scan.takenAt)}
      </TextLink>{' '}
      <PhoneText>{scan.verdict}</PhoneText>
    </>
  );
}

function AddPhones({ ticket, onEnd }: { ticket: TicketView; onEnd: () => void }) {
  const { change, isBusy, problem } = useTicketChange(ticket.id);
  const [phones, setPhones] = useState<readonly HandedIn[]>([]);
  const form = useFirstFieldFocus<HTMLFormElement>();
  return (
    <form
      ref={form}
      className={classes.form}
      onSubmit={(event: SyntheticEvent) => {
        event.preventDefault();
        if (phones.length === 0) return onEnd();
        change({ addPhones: [...phones] }, ticket.version, onEnd);
      }}
    >
      {problem === null ? null : <ProblemNotice problem={problem} />}
      <HandedInFields
        phones={phones}
        onChange={setPhones}
        present={ticket.phones.flatMap(({ phoneId }) => phoneId ?? [])}
      />
      <div className={classes.buttons}>
        <Button type="submit" loading={isBusy}>
          {t('Add to the ticket')}
        </Button>
        <Button variant="default" onClick={onEnd}>
          {t('Cancel')}
        </Button>
      </div>
    </form>
  );
}
