import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { SaveCase } from '../cases/save-case.tsx';
import { t } from '../language/words.ts';
import { problemOfCall } from '../program/client.ts';
import { PageHeading } from '../parts/page-heading.tsx';
import { phoneFacts, phoneName, PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import classes from './history.module.css';
import { JudgedAgain } from './judged-again.tsx';
import { ReportView } from '../result/report-view.tsx';
import { useProgram } from '../program/program.tsx';
import { TextLink } from '../parts/text-link.tsx';
import { Written } from './written.tsx';

/** A kept report, as it was judged on its day. */
export function SnapshotScreen() {
  const { id } = useParams({ from: '/snapshots/$id' });
  const { client } = useProgram();
  const report = useQuery({
    queryKey: ['kept', 'snapshot', id],
    queryFn: () => client.snapshot.query({ id }),
    staleTime: Infinity,
  });
  if (report.error !== null) {
    return (
      <>
        <PageHeading>{t('Snapshot {id}', { id })}</PageHeading>
        <ProblemNotice problem={problemOfCall(report.error)} />
      </>
    );
  }
  if (report.data === undefined) return <PageHeading>{t('Snapshot {id}', { id })}</PageHeading>;
  const { phone } = report.data;
  return (
    <>
      <PageHeading>
        {t.rich('Snapshot {id}: {phone}', { id, phone: <PhoneText>{phoneName(phone)}</PhoneText> })}
      </PageHeading>
      <Text c="dimmed" size="sm" mt={4} mb="lg">
        <PhoneText>{phoneFacts(phone)}</PhoneText> ·{' '}
        <span className={classes.ways}>
          <TextLink to="/phones/$phoneId" params={{ phoneId: phone.id }} size="sm">
            {t('Go to this phone')}
          </TextLink>{' '}
          ·{' '}
          <TextLink to="/report" search={{ snapshot: id }} size="sm">
            {t('Report…')}
          </TextLink>
        </span>
      </Text>
      <Written id={id} />
      <JudgedAgain id={id} />
      <ReportView report={report.data} previous={null} phoneId={null} live={false} fresh={false} />
      <SaveCase tickets={[]} snapshots={[id]} />
    </>
  );
}
