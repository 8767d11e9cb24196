import { Checkbox, TextInput } from '@mantine/core';
import { t } from '../language/words.ts';
import { WayField, type Consent } from '../parts/allow-now.tsx';
import { allowParts, allowWords } from './ticket-words.ts';
import classes from './tickets.module.css';

export type ConsentTold = Omit<Consent, 'at' | 'who'>;

export const nothingAllowed: ConsentTold = { read: false, change: false, keep: false, by: '', how: 'in-person' };

export const isAnythingAllowed = (consent: ConsentTold): boolean => allowParts.some((part) => consent[part]);

interface ConsentFieldsProps {
  value: ConsentTold;
  onChange: (value: ConsentTold) => void;
  /** Whether it is said who allows it: a ticket that is just being opened names its customer above. */
  withName: boolean;
  /** Whether a heading above says already what is asked. */
  headed?: boolean;
}

/** What a customer allows, and how they have said so. Nothing is ticked that nobody has said. */
export function ConsentFields({ value, onChange, withName, headed = false }: ConsentFieldsProps) {
  const words = allowWords();
  return (
    <fieldset className={classes.fieldset} {...(headed ? { 'aria-label': t('What the customer allows') } : {})}>
      {headed ? null : <legend>{t('What the customer allows')}</legend>}
      {allowParts.map((part) => (
        <Checkbox
          key={part}
          label={words[part]}
          checked={value[part]}
          onChange={({ currentTarget }) => onChange({ ...value, [part]: currentTarget.checked })}
        />
      ))}
      {withName || isAnythingAllowed(value) ? (
        <div className={classes.pair}>
          {withName ? (
            <TextInput
              label={t('Who says so')}
              maxLength={200}
              value={value.by}
              onChange={({ currentTarget }) => onChange({ ...value, by: currentTarget.value })}
            />
          ) : null}
          <WayField value={value.how} onChange={(how) => onChange({ ...value, how })} />
        </div>
      ) : null}
    </fieldset>
  );
}
