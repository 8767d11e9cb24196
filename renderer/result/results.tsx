import { t } from '../language/words.ts';
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AllowNow } from '../parts/allow-now.tsx';
import { Notice } from '../parts/notice.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { ReportView } from './report-view.tsx';
import { usePhone, usePhoneWork, useProgram } from '../program/program.tsx';
import { dayText } from '../parts/value-text.ts';
import { TextLink } from '../parts/text-link.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { isOfFile } from '../program/of-file.ts';

/** The newest report of this session; before the first scan, what a scan does and where the last one is. */
export function Results({ phoneId }: { phoneId: string }) {
  const { works } = useProgram();
  const phone = usePhone(phoneId);
  const { activity, report, previous, problem, cancelled } = usePhoneWork(phoneId);
  // Whoever comes back finds the result where it was left; what is read meanwhile is new.
  const [arrivedAt] = useState(report?.reading.takenAt ?? null);
  return (
    <>
      {problem === null ? null : (
        <ProblemNotice problem={problem}>
          {problem.code === 'read-not-allowed' ? (
            <AllowNow phoneId={phoneId} what="read" onAllowed={() => works.scan(phoneId)} />
          ) : null}
        </ProblemNotice>
      )}
      {cancelled ? (
        <Notice tone="calm" title={t('The scan was cancelled')} live="polite">
          {report === null
            ? t('Nothing was saved.')
            : t('Nothing was saved; the results below are those of the scan before.')}
        </Notice>
      ) : null}
      {report === null ? (
        <NoReport phoneId={phoneId} idle={activity === null && phone?.state === 'ready'} />
      ) : (
        <ReportView
          report={report}
          previous={previous}
          phoneId={phoneId}
          // What a file tells of a phone is no reading of the one on the cable.
          live={phone?.state === 'ready' && !isOfFile(report)}
          fresh={report.reading.takenAt !== arrivedAt}
        />
      )}
    </>
  );
}

function NoReport({ phoneId, idle }: { phoneId: string; idle: boolean }) {
  const { client } = useProgram();
  const snapshots = useQuery({
    queryKey: ['kept', 'snapshots', phoneId],
    queryFn: () => client.snapshots.query({ phoneId }),
  });
  const last = snapshots.data?.toSorted((a, b) => b.takenAt.localeCompare(a.takenAt))[0];
  return (
    <>
      {idle ? (
        <Text c="dimmed" maw="40rem">
          {t('A scan changes nothing on the phone.')}
        </Text>
      ) : null}
      {last === undefined ? null : (
        <Text mt="lg" maw="40rem">
          {t.rich('Last scan, {day}: {verdict}', {
            day: dayText(last.takenAt),
            verdict: <PhoneText>{last.verdict}</PhoneText>,
          })}{' '}
          <TextLink to="/snapshots/$id" params={{ id: last.id }}>
            {t('Open')}
          </TextLink>
        </Text>
      )}
    </>
  );
}
