import { Button, Checkbox, Group, Text, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import type { SnapshotListItem } from '../program/received.ts';
import { dayText } from '../parts/value-text.ts';
import { PhoneText } from '../parts/phone-text.tsx';
import classes from '../parts/table.module.css';
import { TextLink } from '../parts/text-link.tsx';

interface SnapshotTableProps {
  /** Newest first. */
  items: readonly SnapshotListItem[];
  withPhone: boolean;
  /** The older of the two chosen comes first. */
  onCompare: (before: string, after: string) => void;
}

/** Snapshots to open, or two to compare. */
export function SnapshotTable({ items, withPhone, onCompare }: SnapshotTableProps) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [after, before] = items.filter((item) => chosen.includes(item.id));
  return (
    <>
      <Group mb="sm" gap="sm">
        <Button
          variant="light"
          disabled={before === undefined || after === undefined}
          onClick={() => before !== undefined && after !== undefined && onCompare(before.id, after.id)}
        >
          Compare
        </Button>
        <Text size="sm" c="dimmed" component="output">
          {chosen.length === 2 ? 'Two chosen.' : 'Choose two to compare.'}
        </Text>
      </Group>
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">
                <VisuallyHidden>Compare</VisuallyHidden>
              </th>
              <th scope="col">Snapshot</th>
              <th scope="col">Verdict</th>
              <th scope="col">Problems</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.id}>
                <td className={classes.narrow}>
                  <Checkbox
                    aria-label={`Compare snapshot ${item.id} of ${dayText(item.takenAt)}`}
                    checked={chosen.includes(item.id)}
                    disabled={chosen.length === 2 && !chosen.includes(item.id)}
                    onChange={(event) =>
                      setChosen(
                        event.currentTarget.checked ? [...chosen, item.id] : chosen.filter((id) => id !== item.id),
                      )
                    }
                  />
                </td>
                <td className={classes.narrow}>
                  <TextLink to="/snapshots/$id" params={{ id: item.id }} size="sm">
                    {item.id} · <time dateTime={item.takenAt}>{dayText(item.takenAt)}</time>
                  </TextLink>
                  <div className={classes.quiet}>
                    {withPhone ? <PhoneText>{item.phoneName}</PhoneText> : null}
                    {withPhone && item.label !== null ? ' · ' : null}
                    {item.label === null ? null : <PhoneText>{item.label}</PhoneText>}
                  </div>
                </td>
                <td className={classes.sentence}>
                  <PhoneText>{item.verdict}</PhoneText>
                </td>
                <td>{item.problems}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
