import { t } from '../language/words.ts';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ButtonLink } from '../parts/button-link.tsx';
import { IconCircleCheckFilled } from '../parts/icons.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { usePrimaryVariant } from '../parts/primary-button.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { SampleBadge } from '../parts/sample-badge.tsx';
import { sizeText, timeText } from '../parts/value-text.ts';
import { problemOfCall } from '../program/client.ts';
import { usePhone, useProgram } from '../program/program.tsx';
import type { ScanReport, TestPhotoReport } from '../program/received.ts';
import classes from './proof.module.css';

interface CertificateProps {
  phoneId: string;
  report: ScanReport;
  photo: TestPhotoReport;
}

/** `Photos leave this phone: 3.5 MB sent 20:43`; where the phone tells no size, that it was sent. */
function certificateTitle({ photo, endedAt }: TestPhotoReport): string {
  const time = timeText(endedAt);
  return photo === null || photo.bytes === null
    ? t('Photos leave this phone: a photo was sent {time}', { time })
    : t('Photos leave this phone: {size} sent {time}', { size: sizeText(photo.bytes), time });
}

/** What a test photo has proven, to keep and to give away, and what is left to do. */
export function Certificate({ phoneId, report, photo }: CertificateProps) {
  const { client } = useProgram();
  const variant = usePrimaryVariant();
  const queries = useQueryClient();
  const { phone } = report;
  const isSample = usePhone(phoneId)?.sample === true;
  const watch = useMutation({
    mutationFn: () => client.watching.start.mutate({ phoneId, app: photo.app, days: 7 }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['kept', 'watching'] }),
  });
  return (
    <section className={classes.certificate} aria-label={t('Certificate')}>
      {isSample ? <SampleBadge /> : null}
      <output className={classes.proven}>
        <IconCircleCheckFilled size={24} aria-hidden />
        <PhoneText>{certificateTitle(photo)}</PhoneText>
      </output>
      <div className={classes.buttons}>
        <ButtonLink to="/report" search={{ phone: phoneId, kind: 'certificate' }} variant="default">
          {t('Certificate…')}
        </ButtonLink>
        <Button variant={variant} loading={watch.isPending} disabled={watch.isSuccess} onClick={() => watch.mutate()}>
          {watch.isSuccess ? t('Being watched for a week') : t('Watch for a week')}
        </Button>
        <ButtonLink to="/phones/$phoneId/finish" params={{ phoneId }} variant="default">
          {phone.platform === 'ios' ? t('End this computer’s access') : t('Switch USB debugging off')}
        </ButtonLink>
      </div>
      {watch.error === null ? null : <ProblemNotice problem={problemOfCall(watch.error)} />}
    </section>
  );
}
