import { NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { SnapshotListItem } from '../program/received.ts';
import { problemOfCall } from '../program/client.ts';
import { ComparisonView } from './comparison-view.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { usePhoneWork, useProgram } from '../program/program.tsx';
import { dayText } from '../parts/value-text.ts';
import { count } from '../parts/words.ts';
import classes from './compare.module.css';
import { isolated } from '../parts/phone-text.tsx';

/** Two snapshots of one phone; unless others are chosen, the first of this session (or of all) and the newest. */
export function PhoneCompareScreen() {
  const { phoneId } = useParams({ from: '/phones/$phoneId' });
  const chosen = useSearch({ from: '/phones/$phoneId/history/compare' });
  const { client } = useProgram();
  const { firstSnapshot } = usePhoneWork(phoneId);
  const navigate = useNavigate();
  const snapshots = useQuery({
    queryKey: ['kept', 'snapshots', phoneId],
    queryFn: () => client.snapshots.query({ phoneId }),
  });
  if (snapshots.error !== null) return <ProblemNotice problem={problemOfCall(snapshots.error)} />;
  if (snapshots.data === undefined) return null;
  const items = snapshots.data.toSorted((a, b) => a.takenAt.localeCompare(b.takenAt));
  const [first, last] = [items[0], items.at(-1)];
  if (first === undefined || last === undefined || items.length < 2) {
    return (
      <Text c="dimmed" maw="40rem">
        {items.length === 0 ? 'There is no snapshot of this phone yet.' : 'There is one snapshot of this phone so far.'}{' '}
        Each scan is kept; after a second one the two are compared here.
      </Text>
    );
  }
  const session = items.some((item) => item.id === firstSnapshot && item.id !== last.id) ? firstSnapshot : null;
  const before = chosen.before ?? session ?? first.id;
  const after = chosen.after ?? last.id;
  const choose = (pair: { before: string; after: string }): void => {
    void navigate({ to: '/phones/$phoneId/history/compare', params: { phoneId }, search: pair, replace: true });
  };
  return (
    <>
      <div className={classes.pickers}>
        <SnapshotPicker label="Before" items={items} value={before} onChange={(id) => choose({ before: id, after })} />
        <SnapshotPicker label="After" items={items} value={after} onChange={(id) => choose({ before, after: id })} />
      </div>
      <ComparisonOf before={before} after={after} />
    </>
  );
}

/** Two snapshots of any phones. */
export function CompareScreen() {
  const { before, after } = useSearch({ from: '/compare' });
  return (
    <>
      <PageHeading>Two snapshots side by side</PageHeading>
      {before === undefined || after === undefined ? (
        <Text mt="sm">Choose two snapshots from the list of all snapshots.</Text>
      ) : (
        <ComparisonOf before={before} after={after} />
      )}
    </>
  );
}

function ComparisonOf({ before, after }: { before: string; after: string }) {
  const { client } = useProgram();
  const comparison = useQuery({
    queryKey: ['kept', 'comparison', before, after],
    queryFn: () => client.compare.query({ before, after }),
    staleTime: Infinity,
  });
  if (comparison.error !== null) return <ProblemNotice problem={problemOfCall(comparison.error)} />;
  return comparison.data === undefined ? null : <ComparisonView comparison={comparison.data} />;
}

interface SnapshotPickerProps {
  label: string;
  items: readonly SnapshotListItem[];
  value: string;
  onChange: (id: string) => void;
}

function SnapshotPicker({ label, items, value, onChange }: SnapshotPickerProps) {
  return (
    <NativeSelect
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={items.map(({ id, takenAt, label: name, problems }) => ({
        value: id,
        label: `${id}${name === null ? '' : ` · ${isolated(name)}`} · ${dayText(takenAt)} · ${count(problems, 'problem', 'problems')}`,
      }))}
    />
  );
}
