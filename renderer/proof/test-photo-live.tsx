import { t } from '../language/words.ts';
import { Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { RunPanel } from '../parts/run-panel.tsx';
import { problemOfCall } from '../program/client.ts';
import type { TestPhotoRun } from '../program/long-runs.ts';
import { usePhone, useProgram } from '../program/program.tsx';

interface TestPhotoLiveProps {
  run: TestPhotoRun;
  phoneId: string;
}

/** Seconds below a minute, then whole minutes. */
export const sincePhoto = (minutes: number): string =>
  minutes < 1
    ? t('{seconds, plural, one {# second} other {# seconds}} since the photo', { seconds: Math.round(minutes * 60) })
    : t('{minutes, plural, one {# minute} other {# minutes}} since the photo', { minutes: Math.floor(minutes) });

/** What is seen right now. A screen reader hears a sentence when it changes, not every minute. */
export function TestPhotoLive({ run, phoneId }: TestPhotoLiveProps) {
  const { client, runs } = useProgram();
  const phone = usePhone(phoneId);
  const take = useMutation({ mutationFn: () => client.takeSamplePhoto.mutate({ phoneId }) });
  const seen = run.progress;
  return (
    <RunPanel
      sentence={<PhoneText>{seen?.sentence ?? t('Looking at the phone…')}</PhoneText>}
      onCancel={() => runs.testPhotos.cancel(phoneId)}
      buttons={
        phone?.sample === true && seen?.stage === 'take-photo' ? (
          <Button variant="light" loading={take.isPending} onClick={() => take.mutate()}>
            {t('Take a photo on the sample')}
          </Button>
        ) : null
      }
    >
      {seen === null || seen.minutes === null ? null : (
        <Text size="sm" c="dimmed">
          {sincePhoto(seen.minutes)}
        </Text>
      )}
      {take.error === null ? null : <ProblemNotice problem={problemOfCall(take.error)} />}
    </RunPanel>
  );
}
