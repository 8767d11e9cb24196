import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { problemOfCall } from '../program/client.ts';
import { Actions } from './actions.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { TextLink } from '../parts/text-link.tsx';
import { SnapshotTable } from './snapshot-table.tsx';
import { useProgram } from '../program/program.tsx';
import classes from '../parts/run.module.css';

/** What is kept of one phone: its snapshots, and what was corrected on it. */
export function PhoneHistoryScreen() {
  const { phoneId } = useParams({ from: '/phones/$phoneId' });
  return (
    <div className={classes.screen}>
      <Text size="sm">
        <TextLink to="/phones/$phoneId/history/compare" params={{ phoneId }} size="sm">
          What changed since the first scan
        </TextLink>
      </Text>
      <Snapshots phoneId={phoneId} />
      <section aria-label="Corrections carried out">
        <h2>Corrections carried out</h2>
        <Actions phoneId={phoneId} />
      </section>
    </div>
  );
}

/** The snapshots of all phones. */
export function HistoryScreen() {
  return (
    <>
      <PageHeading>All snapshots</PageHeading>
      <Text c="dimmed" mt={4} mb="lg">
        Every scan is kept. Choose two to see what changed.
      </Text>
      <Snapshots phoneId={null} />
    </>
  );
}

function Snapshots({ phoneId }: { phoneId: string | null }) {
  const { client } = useProgram();
  const navigate = useNavigate();
  const snapshots = useQuery({
    queryKey: ['kept', 'snapshots', phoneId],
    queryFn: () => client.snapshots.query(phoneId === null ? {} : { phoneId }),
  });
  if (snapshots.error !== null) return <ProblemNotice problem={problemOfCall(snapshots.error)} />;
  if (snapshots.data === undefined) return null;
  if (snapshots.data.length === 0) {
    return <Text c="dimmed">There is no snapshot yet. Each scan adds one.</Text>;
  }
  return (
    <SnapshotTable
      items={snapshots.data.toSorted((a, b) => b.takenAt.localeCompare(a.takenAt))}
      withPhone={phoneId === null}
      onCompare={(before, after) => {
        void (phoneId === null
          ? navigate({ to: '/compare', search: { before, after } })
          : navigate({ to: '/phones/$phoneId/history/compare', params: { phoneId }, search: { before, after } }));
      }}
    />
  );
}
