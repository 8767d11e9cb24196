import { ActionIcon, Button, NativeSelect } from '@mantine/core';
import { t } from '../language/words.ts';
import { IconArrowsDiff, IconX } from '../parts/icons.tsx';
import { isolated } from '../parts/phone-text.tsx';
import { printPage } from '../parts/print.ts';
import { dayText } from '../parts/value-text.ts';
import type { SnapshotListItem } from '../program/received.ts';
import { labelText, letterOf } from './columns-words.ts';
import classes from './history.module.css';
import { mostColumns } from './search.ts';

interface ColumnPickersProps {
  /** All that can be chosen. */
  items: readonly SnapshotListItem[];
  /** What is chosen, in the order of the columns; two or more. */
  ids: readonly string[];
  onChoose: (ids: readonly string[]) => void;
}

/** What a snapshot is called in a list of them, below the name of its phone. */
const itemWords = ({ takenAt, label, problems }: SnapshotListItem): string =>
  label === null
    ? t('{day} · {problems, plural, one {# problem} other {# problems}}', { day: dayText(takenAt), problems })
    : t('{day} · {label} · {problems, plural, one {# problem} other {# problems}}', {
        day: dayText(takenAt),
        label: isolated(labelText(label)),
        problems,
      });

/** Which snapshots are shown, and in which order. */
export function ColumnPickers({ items, ids, onChoose }: ColumnPickersProps) {
  const ofPhones = Map.groupBy(
    items.toSorted((a, b) => b.takenAt.localeCompare(a.takenAt)),
    ({ phoneId }) => phoneId,
  );
  const groups = [...ofPhones].map(([phoneId, own]) => ({
    group: isolated(own[0]?.phoneName ?? phoneId),
    items: own.map((item) => ({ value: item.id, label: itemWords(item) })),
  }));
  const free = items.find(({ id }) => !ids.includes(id));
  return (
    <div className={classes.board} data-screen-only>
      <div className={classes.pickers}>
        {ids.map((id, index) => (
          // A column is known by its place: what stands in it is what changes.
          // eslint-disable-next-line react/no-array-index-key
          <div key={index} className={classes.picker}>
            <NativeSelect
              label={t('Column {letter}', { letter: letterOf(index) })}
              value={id}
              data={groups}
              onChange={({ currentTarget }) => onChoose(ids.with(index, currentTarget.value))}
            />
            {ids.length === 2 ? null : (
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={t('Remove column {letter}', { letter: letterOf(index) })}
                onClick={() => onChoose(ids.toSpliced(index, 1))}
              >
                <IconX size={16} aria-hidden />
              </ActionIcon>
            )}
          </div>
        ))}
      </div>
      <div className={classes.tools}>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconArrowsDiff size={16} aria-hidden />}
          onClick={() => onChoose(ids.toReversed())}
        >
          {ids.length === 2 ? t('Swap A and B') : t('Turn the order round')}
        </Button>
        {free === undefined || ids.length === mostColumns ? null : (
          <Button variant="default" size="xs" onClick={() => onChoose([...ids, free.id])}>
            {t('Add a column')}
          </Button>
        )}
        <Button variant="default" size="xs" onClick={() => printPage()}>
          {t('Print')}
        </Button>
      </div>
    </div>
  );
}
