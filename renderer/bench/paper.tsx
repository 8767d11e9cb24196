import { useEffect } from 'react';
import { t } from '../language/words.ts';
import { phoneFacts, phoneName, PhoneText, serialEnd } from '../parts/phone-text.tsx';
import { dayText, sizeText, timeText } from '../parts/value-text.ts';
import { changesProven } from '../proof/proven-changes.ts';
import { isStillProven } from '../proof/still-proven.ts';
import { findingKey } from '../program/phone-work.ts';
import { usePerPhone, usePhone, usePhoneWork, useProgram, useSetting } from '../program/program.tsx';
import type { ScanReport, TestPhotoReport } from '../program/received.ts';
import classes from './bench.module.css';

interface PaperProps {
  phoneId: string;
  onPrinted: () => void;
}

/** What is printed of one phone: its certificate where a photo was seen to leave, else its result. Of no other phone anything. */
export function Paper({ phoneId, onPrinted }: PaperProps) {
  const { runs } = useProgram();
  const { report, ends } = usePhoneWork(phoneId);
  const isSample = usePhone(phoneId)?.sample === true;
  const { report: photo } = usePerPhone(runs.testPhotos, phoneId);
  const shop = useSetting('shopName', '');
  useEffect(() => {
    const over = (): void => onPrinted();
    globalThis.addEventListener('afterprint', over, { once: true });
    globalThis.print();
    return () => globalThis.removeEventListener('afterprint', over);
  }, [onPrinted]);
  if (report === null) return null;
  const { phone, reading, answer } = report;
  const changes = changesProven(report, ends);
  const proven = photo?.verdict === 'uploaded' && isStillProven(report, photo) ? photo : null;
  const held = heldOf(report);
  return (
    <section className={classes.paper} aria-label={t('Printed page')}>
      {shop === '' ? null : <p>{shop}</p>}
      {isSample ? <p>{t('A sample phone: nothing here is about a real one.')}</p> : null}
      <h1>
        {proven === null ? <PhoneText>{answer.headline}</PhoneText> : <PhoneText>{photoWords(proven)}</PhoneText>}
      </h1>
      {proven === null ? (
        <p>
          <PhoneText>{answer.sentence}</PhoneText>
        </p>
      ) : (
        <p>
          <PhoneText>{proven.appName}</PhoneText> · {dayText(proven.endedAt)}
        </p>
      )}
      <p>
        <PhoneText>{`${phoneName(phone)} · ${phoneFacts(phone)} · ${serialEnd(phone)}`}</PhoneText>
        <br />
        {t('Scanned: {when}', { when: dayText(reading.takenAt) })}
      </p>
      {changes.length === 0 ? null : (
        <>
          <h2>{t('Fixed and proven')}</h2>
          <ul>
            {changes.map(({ key, words }) => (
              <li key={key}>
                <PhoneText>{words}</PhoneText>
              </li>
            ))}
          </ul>
        </>
      )}
      {held.length === 0 || proven !== null ? null : (
        <>
          <h2>{t('What holds photos back')}</h2>
          <ul>
            {held.map(({ cause, app, title }) => (
              <li key={findingKey({ cause, app })}>
                <PhoneText>{title}</PhoneText>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

const photoWords = ({ photo, endedAt }: TestPhotoReport): string => {
  const when = timeText(endedAt);
  if (photo === null || photo.bytes === null) return t('Photos leave this phone: a photo was sent {when}', { when });
  return t('Photos leave this phone: {size} sent {when}', { size: sizeText(photo.bytes), when });
};

function heldOf({ findings, answer }: ScanReport): ScanReport['findings'] {
  const held = new Set(answer.held.map(findingKey));
  return findings.filter((finding) => held.has(findingKey(finding)));
}
