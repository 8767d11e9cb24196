import { Button, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { t } from '../language/words.ts';
import { IconX } from '../parts/icons.tsx';
import { isolated, phoneName, PhoneText, serialEnd } from '../parts/phone-text.tsx';
import { ticketOfPhone, useOpenTickets } from '../program/open-tickets.ts';
import { usePhoneList } from '../program/program.tsx';
import type { TicketItem } from '../program/received.ts';
import classes from './tickets.module.css';

/** A phone as it is handed in. */
export interface HandedIn {
  phoneId: string | null;
  imei: string;
  description: string;
}

/** What a phone is called at this window; its id where it was not listed. */
function usePhoneTitle(): (phoneId: string) => string {
  const { seen } = usePhoneList();
  return (phoneId) => {
    const phone = seen.get(phoneId);
    return phone === undefined ? phoneId : `${phoneName(phone)} ${serialEnd(phone)}`;
  };
}

interface HandedInFieldsProps {
  phones: readonly HandedIn[];
  onChange: (phones: readonly HandedIn[]) => void;
  /** Ids of phones that are in the ticket already. */
  present?: readonly string[];
}

/** The phones of a ticket: those that are plugged in at one press, any other by its IMEI or in words. */
export function HandedInFields({ phones, onChange, present = [] }: HandedInFieldsProps) {
  const { list } = usePhoneList();
  const title = usePhoneTitle();
  const open = useOpenTickets();
  const [typed, setTyped] = useState('');
  /** What is pressed here is gone with what it did: the reader goes on with the next phone. */
  const next = useRef<HTMLInputElement>(null);
  const taken = new Set([...present, ...phones.flatMap(({ phoneId }) => phoneId ?? [])]);
  const free = (list?.phones ?? []).filter(({ id, state }) => state !== 'gone' && !taken.has(id));
  const nameOf = ({ phoneId, imei, description }: HandedIn): string =>
    phoneId === null ? [description, imei].filter((part) => part !== '').join(' · ') : title(phoneId);
  const addTyped = (): void => {
    const text = typed.trim();
    if (text === '') return;
    const digits = text.replaceAll(/[ -]/g, '');
    const told = /^\d{15}$/.test(digits) ? { imei: digits, description: '' } : { imei: '', description: text };
    // An IMEI that is said beside the only phone that is plugged in is the IMEI of that phone.
    const [only, ...others] = phones;
    if (told.imei !== '' && only !== undefined && only.phoneId !== null && only.imei === '' && others.length === 0) {
      onChange([{ ...only, imei: told.imei }]);
    } else onChange([...phones, { phoneId: null, ...told }]);
    setTyped('');
  };
  return (
    <fieldset className={classes.fieldset}>
      <legend>{t('Phones')}</legend>
      {phones.length === 0 ? null : (
        <ul className={classes.chips}>
          {phones.map((phone, index) => (
            // eslint-disable-next-line react/no-array-index-key -- two phones may be told in the same words
            <li key={`${index} ${nameOf(phone)}`} className={classes.chip}>
              <PhoneText>{nameOf(phone)}</PhoneText>
              <OnOpenTicket ticket={phone.phoneId === null ? null : ticketOfPhone(open, phone.phoneId)} />
              {phone.phoneId !== null && phone.imei !== '' ? (
                <span>{t('IMEI {imei}', { imei: phone.imei })}</span>
              ) : null}
              <button
                type="button"
                aria-label={t('Leave out {phone}', { phone: isolated(nameOf(phone)) })}
                onClick={() => {
                  onChange(phones.filter((_one, at) => at !== index));
                  next.current?.focus();
                }}
              >
                <IconX size={14} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className={classes.adding}>
        {free.map((phone) => (
          <Button
            key={phone.id}
            variant="default"
            size="xs"
            onClick={() => {
              onChange([...phones, { phoneId: phone.id, imei: '', description: '' }]);
              next.current?.focus();
            }}
          >
            <span>
              {t.rich('Add {phone}', { phone: <PhoneText>{`${phoneName(phone)} ${serialEnd(phone)}`}</PhoneText> })}
            </span>
          </Button>
        ))}
      </div>
      <TextInput
        ref={next}
        label={t('IMEI, or which phone it is')}
        description={t('For a phone that is not plugged in. Scan its IMEI, or type it and press Enter.')}
        autoComplete="off"
        maxLength={200}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        onBlur={addTyped}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
          // A scanner ends with Enter: the ticket is not done with that.
          event.preventDefault();
          addTyped();
        }}
      />
    </fieldset>
  );
}

/** That a phone is on another open ticket already. */
function OnOpenTicket({ ticket }: { ticket: TicketItem | null }) {
  return ticket === null ? null : <span>{t('is on open ticket {number} too', { number: ticket.number })}</span>;
}
