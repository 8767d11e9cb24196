import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { t } from '../language/words.ts';
import { PageHeading } from '../parts/page-heading.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { problemOfCall } from '../program/client.ts';
import { usePhoneWork, useProgram } from '../program/program.tsx';
import type { SnapshotListItem } from '../program/received.ts';
import { ColumnPickers } from './column-pickers.tsx';
import { ColumnsView } from './columns-view.tsx';
import classes from './history.module.css';
import { idsIn } from './search.ts';

/** All that can stand in a column. */
function useSnapshots() {
  const { client } = useProgram();
  return useQuery({ queryKey: ['kept', 'snapshots', null], queryFn: () => client.snapshots.query({}) });
}

/** Snapshots of one phone; unless others are chosen, the first of this session (or of all) and the newest. */
export function PhoneCompareScreen() {
  const { phoneId } = useParams({ from: '/phones/$phoneId' });
  const chosen = idsIn(useSearch({ from: '/phones/$phoneId/history/compare' }));
  const { firstSnapshot } = usePhoneWork(phoneId);
  const navigate = useNavigate();
  const snapshots = useSnapshots();
  if (snapshots.error !== null) return <ProblemNotice problem={problemOfCall(snapshots.error)} />;
  if (snapshots.data === undefined) return null;
  const own = snapshots.data
    .filter((item) => item.phoneId === phoneId)
    .toSorted((a, b) => a.takenAt.localeCompare(b.takenAt));
  const [first, last] = [own[0], own.at(-1)];
  if (chosen.length < 2 && (first === undefined || last === undefined || own.length < 2)) {
    return (
      <Text c="dimmed" maw="40rem">
        {own.length === 0
          ? t('There is no scan of this phone yet. After a second one the two are compared here.')
          : t('There is one scan of this phone so far. After a second one the two are compared here.')}
      </Text>
    );
  }
  const session = own.some((item) => item.id === firstSnapshot && item.id !== last?.id) ? firstSnapshot : null;
  const ids = chosen.length < 2 ? [session ?? first?.id ?? '', last?.id ?? ''] : chosen;
  return (
    <Board
      items={snapshots.data}
      ids={ids}
      onChoose={(of) =>
        void navigate({
          to: '/phones/$phoneId/history/compare',
          params: { phoneId },
          search: { of: of.join(',') },
          replace: true,
        })
      }
    />
  );
}

/** Snapshots of any phones. */
export function CompareScreen() {
  const ids = idsIn(useSearch({ from: '/compare' }));
  const navigate = useNavigate();
  const snapshots = useSnapshots();
  return (
    <>
      <PageHeading>{t('Side by side')}</PageHeading>
      {snapshots.error !== null ? (
        <ProblemNotice problem={problemOfCall(snapshots.error)} />
      ) : snapshots.data === undefined ? null : ids.length < 2 ? (
        <Text mt="sm">{t('Choose two or more visits in the list of all visits.')}</Text>
      ) : (
        <Board
          items={snapshots.data}
          ids={ids}
          onChoose={(of) => void navigate({ to: '/compare', search: { of: of.join(',') }, replace: true })}
        />
      )}
    </>
  );
}

interface BoardProps {
  items: readonly SnapshotListItem[];
  /** Two or more. */
  ids: readonly string[];
  onChoose: (ids: readonly string[]) => void;
}

function Board({ items, ids, onChoose }: BoardProps) {
  const { client } = useProgram();
  const columns = useQuery({
    queryKey: ['kept', 'side-by-side', ...ids],
    queryFn: () => client.sideBySide.query({ ids: [...ids] }),
    staleTime: Infinity,
    placeholderData: (former) => former,
  });
  return (
    <div className={classes.board}>
      <ColumnPickers items={items} ids={ids} onChoose={onChoose} />
      {columns.error !== null ? (
        <ProblemNotice problem={problemOfCall(columns.error)} />
      ) : columns.data === undefined ? null : (
        <ColumnsView compared={columns.data} />
      )}
    </div>
  );
}
