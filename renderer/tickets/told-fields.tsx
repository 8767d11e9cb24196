import { Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { t } from '../language/words.ts';
import { PhoneText } from '../parts/phone-text.tsx';
import { useProgram, useSetting } from '../program/program.tsx';
import type { TicketItem } from '../program/received.ts';
import classes from './tickets.module.css';

/** What is told at the counter. */
export interface Told {
  customer: string;
  contact: string;
  /** Of a customer who came before and was chosen; null: whoever it is, they are new. */
  known: string | null;
  fault: string;
  /** The shop's own fields, by id. */
  fields: Readonly<Record<string, string>>;
}

export const nothingTold: Told = { customer: '', contact: '', known: null, fault: '', fields: {} };

export const toldOf = ({ customer, fault, fields }: TicketItem): Told => ({
  customer: customer?.name ?? '',
  contact: customer?.contact ?? '',
  known: customer?.uid ?? null,
  fault,
  fields: Object.fromEntries(fields.map(({ id, value }) => [id, value])),
});

/** The shop's own fields: those of the settings, and what a ticket holds of one that is not in the settings any more. */
export function useOwnFields(filled: TicketItem['fields'] = []): { id: string; name: string }[] {
  const defined = useSetting('ticketFields', []);
  const former = filled.filter(({ id }) => !defined.some((field) => field.id === id));
  return [...defined, ...former.map(({ id, name }) => ({ id, name }))];
}

const saidOf = ({ name, contact }: { name: string; contact: string }): string =>
  contact === '' ? name : `${name}, ${contact}`;

interface ToldFieldsProps {
  told: Told;
  onChange: (told: Told) => void;
  own: readonly { id: string; name: string }[];
  /** Whether those who came before are offered. */
  suggests: boolean;
}

/** Who the customer is, what is wrong in their words, and what else the shop wants to know. */
export function ToldFields({ told, onChange, own, suggests }: ToldFieldsProps) {
  const { client } = useProgram();
  const list = useId();
  const [asked] = useDebouncedValue(told.customer, 150);
  const customers = useQuery({
    queryKey: ['kept', 'customers', asked],
    queryFn: () => client.tickets.customers.query({ text: asked }),
    enabled: suggests && asked.trim().length > 1,
  });
  const offered = customers.data ?? [];
  const typeName = (text: string): void => {
    const chosen = offered.find((one) => saidOf(one) === text);
    if (chosen === undefined) return onChange({ ...told, customer: text, known: suggests ? null : told.known });
    onChange({ ...told, customer: chosen.name, contact: chosen.contact, known: chosen.uid });
  };
  return (
    <>
      <div className={classes.pair}>
        <TextInput
          label={t('Customer')}
          autoComplete="off"
          list={list}
          maxLength={200}
          value={told.customer}
          onChange={({ currentTarget }) => typeName(currentTarget.value)}
        />
        <datalist id={list}>
          {offered.map((one) => (
            <option key={one.uid}>{saidOf(one)}</option>
          ))}
        </datalist>
        <TextInput
          label={t('Telephone or e-mail')}
          autoComplete="off"
          maxLength={300}
          value={told.contact}
          onChange={({ currentTarget }) =>
            onChange({ ...told, contact: currentTarget.value, known: suggests ? null : told.known })
          }
        />
      </div>
      <Textarea
        label={t('What is wrong, as the customer tells it')}
        autosize={false}
        rows={3}
        maxLength={4000}
        value={told.fault}
        onChange={({ currentTarget }) => onChange({ ...told, fault: currentTarget.value })}
      />
      {own.length === 0 ? null : (
        <div className={classes.pair}>
          {own.map(({ id, name }) => (
            <TextInput
              key={id}
              label={<PhoneText>{name}</PhoneText>}
              maxLength={1000}
              value={told.fields[id] ?? ''}
              onChange={({ currentTarget }) =>
                onChange({ ...told, fields: { ...told.fields, [id]: currentTarget.value } })
              }
            />
          ))}
        </div>
      )}
    </>
  );
}
