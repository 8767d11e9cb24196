import { ActionIcon, Button, TextInput } from '@mantine/core';
import { type SyntheticEvent, useRef, useState } from 'react';
import { t } from '../language/words.ts';
import { IconX } from '../parts/icons.tsx';
import { isolated, PhoneText } from '../parts/phone-text.tsx';
import type { Settings } from '../program/received.ts';
import { AtWork } from '../tickets/technician-select.tsx';
import { SettingRow, SettingsGroup } from './setting-row.tsx';
import classes from './settings.module.css';

interface CounterSettingsProps {
  settings: Settings;
  change: (change: Partial<Settings>) => void;
}

/** What the tickets of a repair counter hold and are called. */
export function CounterSettings({ settings, change }: CounterSettingsProps) {
  const { technicians, ticketFields, stationPrefix } = settings;
  return (
    <SettingsGroup title={t('Tickets')}>
      <SettingRow
        plain
        label={t('Technicians')}
        hint={t('Names only, no passwords. Who is taken off stays named in the tickets they worked on.')}
      >
        {(id) => (
          <NameList
            labelledBy={`${id}-label`}
            adds={t('Another technician')}
            names={technicians}
            longest={80}
            onChange={(names) => change({ technicians: names })}
          />
        )}
      </SettingRow>
      {technicians.length === 0 ? null : (
        <SettingRow label={t('At work at this window')} hint={t('Stands beside what is done here.')}>
          {(id) => <AtWork id={id} />}
        </SettingRow>
      )}
      <SettingRow plain label={t('Own fields')} hint={t('What the shop wants to know of every ticket.')}>
        {(id) => (
          <NameList
            labelledBy={`${id}-label`}
            adds={t('Another field')}
            names={ticketFields.map(({ name }) => name)}
            longest={60}
            onChange={(names) =>
              change({
                ticketFields: names.map(
                  (name) => ticketFields.find((field) => field.name === name) ?? { id: crypto.randomUUID(), name },
                ),
              })
            }
          />
        )}
      </SettingRow>
      <SettingRow label={t('Prefix of this station')} hint={t('Stands before the number of a ticket: A-17.')}>
        {(id) => <Prefix id={id} prefix={stationPrefix} onChange={(prefix) => change({ stationPrefix: prefix })} />}
      </SettingRow>
    </SettingsGroup>
  );
}

interface NameListProps {
  labelledBy: string;
  /** What the field is called that adds one. */
  adds: string;
  names: readonly string[];
  longest: number;
  onChange: (names: string[]) => void;
}

/** Names, each of which can be taken off, and a field for another one. */
function NameList({ labelledBy, adds, names, longest, onChange }: NameListProps) {
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  return (
    <div className={classes.names}>
      <ul aria-labelledby={labelledBy}>
        {names.map((name) => (
          <li key={name}>
            <PhoneText>{name}</PhoneText>
            <ActionIcon
              variant="subtle"
              size="sm"
              aria-label={t('Take off {name}', { name: isolated(name) })}
              onClick={() => {
                onChange(names.filter((one) => one !== name));
                field.current?.focus();
              }}
            >
              <IconX size={14} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <form
        className={classes.addName}
        onSubmit={(event: SyntheticEvent) => {
          event.preventDefault();
          const name = typed.trim();
          setTyped('');
          if (name !== '' && !names.includes(name)) onChange([...names, name]);
        }}
      >
        <TextInput
          ref={field}
          aria-label={adds}
          placeholder={adds}
          maxLength={longest}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={typed.trim() === ''}>
          {t('Add')}
        </Button>
      </form>
    </div>
  );
}

/** Letters and digits, in capitals; it counts when it is left. */
function Prefix({ id, prefix, onChange }: { id: string; prefix: string; onChange: (prefix: string) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextInput
      id={id}
      value={typed ?? prefix}
      maxLength={6}
      onChange={({ currentTarget }) => setTyped(currentTarget.value.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''))}
      onBlur={() => {
        if (typed !== null && typed !== prefix) onChange(typed);
        setTyped(null);
      }}
      onKeyDown={({ key, currentTarget }) => {
        if (key === 'Enter') currentTarget.blur();
      }}
    />
  );
}
