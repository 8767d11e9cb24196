import { Combobox, Modal, TextInput, useCombobox } from '@mantine/core';
import { useEffect, useState } from 'react';
import { t } from '../language/words.ts';
import { isFound } from '../parts/found.ts';
import { phoneName, PhoneText, serialEnd } from '../parts/phone-text.tsx';
import { listText } from '../parts/value-text.ts';
import { statusWords, ticketPhoneName } from '../tickets/ticket-words.ts';
import { actWords, type BenchAct, benchActs } from './bench-keys.ts';
import classes from './bench.module.css';
import { stateWords } from './card-words.ts';
import type { Card } from './cards.ts';
import { suits } from './filter.ts';
import { useFoundTickets } from './found-tickets.ts';
import palette from './palette.module.css';

interface PaletteProps {
  cards: readonly Card[];
  onAct: (act: BenchAct) => void;
  onOpen: (phoneId: string) => void;
  onTicket: (id: string) => void;
  onClose: () => void;
}

/** What had the focus gets it back, unless what was chosen has taken it. */
function useFocusBack(): void {
  const [former] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const isTaken = document.activeElement !== null && document.activeElement !== document.body;
      if (former instanceof HTMLElement && !isTaken) former.focus({ preventScroll: true });
    },
    [former],
  );
}

/** Finds a phone, a ticket by its customer too, or something to do, by what is typed. */
export function Palette({ cards, onAct, onOpen, onTicket, onClose }: PaletteProps) {
  // Open as long as it is there: Escape, which closes the list of a field first, closes all of it.
  const store = useCombobox({ opened: true, onOpenedChange: onClose });
  const [typed, setTyped] = useState('');
  useFocusBack();
  const phones = cards.filter((card) => suits(card, typed));
  const acts = benchActs.filter(({ act }) => isFound(actWords(act), typed));
  const tickets = useFoundTickets(typed);
  const { selectFirstOption } = store;
  const found = [
    ...[...phones.map(({ phone }) => phone), ...tickets].map(({ id }) => id),
    ...acts.map(({ act }) => act),
  ].join(' ');
  // Enter means the first of what is found.
  useEffect(() => {
    if (found !== '') selectFirstOption();
  }, [found, selectFirstOption]);
  const choose = (value: string): void => {
    onClose();
    const act = benchActs.find((one) => one.act === value)?.act;
    if (act !== undefined) onAct(act);
    else if (value.startsWith('ticket:')) onTicket(value.slice('ticket:'.length));
    else onOpen(value.slice('phone:'.length));
  };
  return (
    <Modal
      opened
      // It would write a style of its own into the page, which the policy of the page stops.
      lockScroll={false}
      onClose={onClose}
      title={t('Find a phone, a ticket or something to do')}
      closeButtonProps={{ 'aria-label': t('Close') }}
    >
      <Combobox store={store} onOptionSubmit={choose}>
        <Combobox.EventsTarget>
          <TextInput
            data-autofocus
            size="md"
            aria-label={t('Find a phone, a ticket or something to do')}
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            onKeyDown={(event) => {
              // It is not meant for what lies below, whose keys count again at once.
              if (event.key === 'Escape') event.stopPropagation();
            }}
          />
        </Combobox.EventsTarget>
        <Combobox.Options
          aria-label={t('Phones, tickets and what to do')}
          className={palette.options}
          mt="xs"
          tabIndex={0}
        >
          {phones.map(({ phone, number, state }) => (
            <Combobox.Option key={phone.id} className={palette.option} value={`phone:${phone.id}`}>
              <span className={classes.number}>{number}</span> <PhoneText>{phoneName(phone)}</PhoneText>{' '}
              <span className={palette.when}>
                <PhoneText>{serialEnd(phone)}</PhoneText> · {stateWords(state)}
              </span>
            </Combobox.Option>
          ))}
          {tickets.map(({ id, number, customer, phones: handedIn, status }) => (
            <Combobox.Option key={id} className={palette.option} value={`ticket:${id}`}>
              {t('Ticket {number}', { number })} <PhoneText>{customer?.name ?? ''}</PhoneText>{' '}
              <span className={palette.when}>
                <PhoneText>{listText(handedIn.map(ticketPhoneName))}</PhoneText> · {statusWords()[status]}
              </span>
            </Combobox.Option>
          ))}
          {acts.map(({ act }) => (
            <Combobox.Option key={act} className={palette.option} value={act}>
              {actWords(act)}
            </Combobox.Option>
          ))}
          {phones.length + tickets.length + acts.length === 0 ? (
            <Combobox.Empty>{t('Nothing is called so.')}</Combobox.Empty>
          ) : null}
        </Combobox.Options>
      </Combobox>
    </Modal>
  );
}
