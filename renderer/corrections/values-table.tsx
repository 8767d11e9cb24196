import { PhoneText } from '../parts/phone-text.tsx';
import { Value } from '../parts/value.tsx';
import classes from './correction.module.css';

interface ValuesTableProps {
  /** What it shows, for who does not see what stands around it. */
  label?: string;
  /** The headings: of the name first. */
  columns: readonly [string, ...string[]];
  /** The path of each value, and the value at each of the other columns. */
  rows: readonly { path: string; values: readonly unknown[] }[];
}

/** Values of a phone beside each other, to the letter; nothing where there are none. */
export function ValuesTable({ label, columns, rows }: ValuesTableProps) {
  if (rows.length === 0) return null;
  return (
    <table className={classes.values} aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ path, values }) => (
          <tr key={path}>
            <th scope="row">
              <PhoneText>{path.split('.').at(-1) ?? ''}</PhoneText>
            </th>
            {values.map((value, at) => (
              <td key={columns[at + 1]}>
                <Value value={value} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
