import { t } from '../language/words.ts';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ButtonLink } from '../parts/button-link.tsx';
import { IconCircleCheckFilled } from '../parts/icons.tsx';
import { isolated, phoneFacts, phoneName, PhoneText } from '../parts/phone-text.tsx';
import { usePrimaryVariant } from '../parts/primary-button.ts';
import { printPage } from '../parts/print.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { SampleBadge } from '../parts/sample-badge.tsx';
import { ShopHead, useShop } from '../parts/shop-head.tsx';
import { dayText, sizeText, timeText } from '../parts/value-text.ts';
import { problemOfCall } from '../program/client.ts';
import { usePhone, usePhoneWork, useProgram } from '../program/program.tsx';
import type { ScanReport, TestPhotoReport } from '../program/received.ts';
import { saveCertificate } from './certificate-file.ts';
import classes from './proof.module.css';
import { changesProven } from './proven-changes.ts';

interface CertificateProps {
  phoneId: string;
  report: ScanReport;
  photo: TestPhotoReport;
}

/** `Photos leave this phone: 3.5 MB sent 20:43`; where the phone tells no size, that it was sent. */
export function certificateTitle({ photo, endedAt }: TestPhotoReport): string {
  const time = timeText(endedAt);
  return photo === null || photo.bytes === null
    ? t('Photos leave this phone: a photo was sent {time}', { time })
    : t('Photos leave this phone: {size} sent {time}', { size: sizeText(photo.bytes), time });
}

/** What a test photo has proven, to keep and to give away, and what is left to do. */
export function Certificate({ phoneId, report, photo }: CertificateProps) {
  const { client } = useProgram();
  const variant = usePrimaryVariant();
  const shop = useShop();
  const { ends } = usePhoneWork(phoneId);
  const queries = useQueryClient();
  const { phone } = report;
  const changes = changesProven(report, ends).map(({ words }) => words);
  const title = certificateTitle(photo);
  const isSample = usePhone(phoneId)?.sample === true;
  const sample = isSample ? t('A sample phone: nothing here is about a real one.') : null;
  const watch = useMutation({
    mutationFn: () => client.watching.start.mutate({ phoneId, app: photo.app, days: 7 }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['kept', 'watching'] }),
  });
  const facts = [
    `${isolated(photo.appName)} · ${dayText(photo.endedAt)}`,
    `${isolated(phoneName(phone))} · ${isolated(phoneFacts(phone))}`,
  ];
  return (
    <section className={classes.certificate} aria-label={t('Certificate')} data-certificate>
      <ShopHead shop={shop} />
      {sample === null ? null : (
        <p className={classes.facts}>
          <SampleBadge /> <span data-print-only>{sample}</span>
        </p>
      )}
      <output className={classes.proven}>
        <IconCircleCheckFilled size={24} aria-hidden />
        <PhoneText>{title}</PhoneText>
      </output>
      {/* On the screen it stands above. */}
      <p className={classes.facts} data-print-only>
        {facts.map((fact) => (
          <span key={fact}>
            <PhoneText>{fact}</PhoneText>
          </span>
        ))}
      </p>
      {changes.length === 0 ? null : (
        <ul data-print-only>
          {changes.map((change) => (
            <li key={change}>
              <PhoneText>{change}</PhoneText>
            </li>
          ))}
        </ul>
      )}
      <div className={classes.buttons}>
        <Button variant="default" onClick={() => saveCertificate({ shop, title, sample, facts, changes })}>
          {t('Save')}
        </Button>
        <Button variant="default" onClick={() => printPage('data-certificate')}>
          {t('Print')}
        </Button>
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
