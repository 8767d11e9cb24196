import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { t } from '../language/words.ts';
import { PageHeading } from '../parts/page-heading.tsx';
import { phoneFacts, phoneName, PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import { ReportView } from '../result/report-view.tsx';

/** A scan that another station of the chain has kept, as it was judged there. It is only looked at. */
export function ElsewhereSnapshotScreen() {
  const { uid } = useParams({ from: '/elsewhere/$uid' });
  const { shop: of = null } = useSearch({ from: '/elsewhere/$uid' });
  const { client } = useProgram();
  const opened = useQuery({
    queryKey: ['shop', 'snapshot', uid, of],
    queryFn: () => client.shop.snapshot.query({ uid, shop: of }),
  });
  if (opened.data === undefined) {
    return (
      <>
        <PageHeading>{t('A scan of another station')}</PageHeading>
        {opened.error === null ? null : <ProblemNotice problem={problemOfCall(opened.error)} />}
      </>
    );
  }
  const { report, shop, station, label, note } = opened.data;
  return (
    <>
      <PageHeading>
        {t.rich('A scan of another station: {phone}', { phone: <PhoneText>{phoneName(report.phone)}</PhoneText> })}
      </PageHeading>
      <Text c="dimmed" size="sm" mt={4} mb="lg">
        <PhoneText>
          {[station, shop, phoneFacts(report.phone), label ?? '', note].filter((text) => text !== '').join(' · ')}
        </PhoneText>
      </Text>
      <ReportView report={report} previous={null} phoneId={null} live={false} fresh={false} />
    </>
  );
}
