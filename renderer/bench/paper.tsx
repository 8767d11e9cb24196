import { useEffect, useRef } from 'react';
import { t } from '../language/words.ts';
import { phoneFacts, phoneName, PhoneText, serialEnd } from '../parts/phone-text.tsx';
import { ShopHead, useShop } from '../parts/shop-head.tsx';
import { dayText } from '../parts/value-text.ts';
import { certificateTitle } from '../proof/certificate.tsx';
import { changesProven } from '../proof/proven-changes.ts';
import { provingPhoto } from '../proof/still-proven.ts';
import { findingKey } from '../program/phone-work.ts';
import { usePerPhone, usePhone, usePhoneWork, useProgram } from '../program/program.tsx';
import { isHeldIn } from '../result/changes-since.ts';
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
  const photo = usePerPhone(runs.testPhotos, phoneId);
  const { isRead, ...shop } = useShop();
  const page = useRef<HTMLElement>(null);
  useEffect(() => {
    const sheet = page.current;
    if (!isRead || sheet === null) return;
    let isLeft = false;
    globalThis.addEventListener('afterprint', onPrinted, { once: true });
    // A picture that is still being decoded is not on the paper; one that cannot be keeps nothing from it.
    const pictures = [...sheet.querySelectorAll('img')].map((picture) => picture.decode());
    void Promise.allSettled(pictures).then(() => {
      if (!isLeft) globalThis.print();
    });
    return () => {
      isLeft = true;
      globalThis.removeEventListener('afterprint', onPrinted);
    };
  }, [isRead, onPrinted]);
  if (report === null) return null;
  const { phone, reading, answer } = report;
  const changes = changesProven(report, ends);
  const proven = provingPhoto(photo, report);
  const held = report.findings.filter((finding) => isHeldIn(report, finding));
  return (
    <section ref={page} className={classes.paper} aria-label={t('Printed page')}>
      <ShopHead shop={shop} />
      {isSample ? <p>{t('A sample phone: nothing here is about a real one.')}</p> : null}
      <h1>
        <PhoneText>{proven === null ? answer.headline : certificateTitle(proven)}</PhoneText>
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
        <PhoneText>{phoneName(phone)}</PhoneText> · <PhoneText>{phoneFacts(phone)}</PhoneText> ·{' '}
        <PhoneText>{serialEnd(phone)}</PhoneText>
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
