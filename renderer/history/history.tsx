import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { SaveCase } from '../cases/save-case.tsx';
import { t } from '../language/words.ts';
import { PageHeading } from '../parts/page-heading.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import classes from '../parts/run.module.css';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import { ElsewhereOfPhone, LatestElsewhere } from '../shop/elsewhere.tsx';
import { Actions } from './actions.tsx';
import { FindScans } from './find-scans.tsx';
import { MeasureCharts } from './measure-charts.tsx';
import { VisitTable } from './visit-table.tsx';

/** What is kept of one phone: its visits, what has changed from one to the next, and what was corrected. */
export function PhoneHistoryScreen() {
  const { phoneId } = useParams({ from: '/phones/$phoneId' });
  return (
    <div className={classes.screen}>
      <Visits phoneId={phoneId} />
      <Actions phoneId={phoneId} />
      <ElsewhereOfPhone phoneId={phoneId} />
    </div>
  );
}

/** The visits of all phones. */
export function HistoryScreen() {
  const [words, setWords] = useState('');
  return (
    <>
      <PageHeading>{t('All visits')}</PageHeading>
      <Text c="dimmed" mt={4} mb="lg">
        {t('Choose visits of one phone or of several to see them as columns.')}
      </Text>
      <FindScans words={words} onWords={setWords} />
      {words.trim() === '' ? (
        <div className={classes.screen}>
          <Visits phoneId={null} />
          <LatestElsewhere kind="snapshot" />
        </div>
      ) : null}
    </>
  );
}

function Visits({ phoneId }: { phoneId: string | null }) {
  const { client } = useProgram();
  const navigate = useNavigate();
  const visits = useQuery({
    queryKey: ['kept', 'timeline', phoneId],
    queryFn: () => client.timeline.query(phoneId === null ? {} : { phoneId }),
  });
  if (visits.error !== null) return <ProblemNotice problem={problemOfCall(visits.error)} />;
  if (visits.data === undefined) return null;
  if (visits.data.length === 0) {
    return <Text c="dimmed">{t('There is no visit yet. Scans are kept here.')}</Text>;
  }
  const several = visits.data.length > 1;
  return (
    <section aria-label={t('Visits')}>
      {phoneId === null ? null : <h2>{t('Visits')}</h2>}
      {phoneId !== null && several ? <MeasureCharts visits={visits.data} /> : null}
      <VisitTable
        visits={visits.data}
        withPhone={phoneId === null}
        onCompare={(snapshots) => {
          const search = { of: snapshots.join(',') };
          void (phoneId === null
            ? navigate({ to: '/compare', search })
            : navigate({ to: '/phones/$phoneId/history/compare', params: { phoneId }, search }));
        }}
      />
      {phoneId === null || several ? null : (
        <Text size="sm" c="dimmed">
          {t(
            'From the second visit on, what has changed since is drawn here: problems, battery, free room, waiting photos.',
          )}
        </Text>
      )}
      {phoneId === null ? null : (
        <SaveCase tickets={[]} snapshots={visits.data.flatMap(({ snapshots }) => snapshots.map(({ id }) => id))} />
      )}
    </section>
  );
}
