import { NativeSelect } from '@mantine/core';
import { t } from '../language/words.ts';
import { isolated } from '../parts/phone-text.tsx';
import { useSetting } from '../program/program.tsx';
import { chooseTechnician } from '../program/technician.ts';
import { useTechnician } from '../program/open-tickets.ts';

/** The technicians of the settings, with one who is no more among them but stands there already. */
function useTechnicianChoices(present: string): { value: string; label: string }[] {
  const names = useSetting('technicians', []);
  const all = present === '' || names.includes(present) ? names : [present, ...names];
  return [{ value: '', label: t('Nobody') }, ...all.map((name) => ({ value: name, label: isolated(name) }))];
}

interface TechnicianSelectProps {
  value: string;
  onChange: (name: string) => void;
}

/** Who works on a ticket. Shows nothing where the shop has named nobody. */
export function TechnicianSelect({ value, onChange }: TechnicianSelectProps) {
  const choices = useTechnicianChoices(value);
  if (choices.length === 1) return null;
  return (
    <NativeSelect
      label={t('Technician')}
      data={choices}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

/** Who works at this window. Shows nothing where the shop has named nobody. */
export function AtWork({ id }: { id?: string }) {
  const technician = useTechnician();
  const choices = useTechnicianChoices(technician);
  if (choices.length === 1) return null;
  return (
    <NativeSelect
      {...(id === undefined ? { 'aria-label': t('At work at this window') } : { id })}
      data={choices.map(({ value, label }) => ({ value, label: value === '' ? t('Nobody at work') : label }))}
      value={technician}
      onChange={({ currentTarget }) => chooseTechnician(currentTarget.value)}
    />
  );
}
