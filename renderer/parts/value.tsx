import { t } from '../language/words.ts';
import { valueText } from './value-text.ts';
import classes from './value.module.css';
import { PhoneText } from './phone-text.tsx';

type Structure = Readonly<Record<string, unknown>> | readonly unknown[];

/** A list of plain things is read in one line; what has parts of its own is not. */
const isStructure = (value: unknown): value is Structure =>
  Array.isArray(value) ? value.some(isStructure) : typeof value === 'object' && value !== null;

/** A value of a reading: in words, or, where it has parts, folded. Whole either way: nothing is left out of evidence. */
export function Value({ value }: { value: unknown }) {
  if (!isStructure(value)) return <PhoneText>{valueText(value)}</PhoneText>;
  return (
    <details className={classes.structure}>
      <summary>{t('{count, plural, one {# entry} other {# entries}}', { count: Object.keys(value).length })}</summary>
      <pre>
        <PhoneText>{JSON.stringify(value, null, 2)}</PhoneText>
      </pre>
    </details>
  );
}
