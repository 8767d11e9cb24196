import { t } from '../language/words.ts';
import { VisuallyHidden } from '@mantine/core';
import { SampleOwner } from '../corrections/sample-owner.tsx';
import { Notice } from '../parts/notice.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { TextLink } from '../parts/text-link.tsx';
import { dayText } from '../parts/value-text.ts';
import { stateWords } from '../parts/words.ts';
import type { PhoneWork } from '../program/phone-work.ts';
import type { ListedPhone } from '../program/received.ts';
import { PairAgain } from './pair-again.tsx';
import classes from './phone.module.css';
import { isOfFile } from '../program/of-file.ts';

/** A phone that a correction restarts is gone for a while, as it should be. */
const isRestarting = ({ activity }: PhoneWork): boolean =>
  (activity?.kind === 'correct' || activity?.kind === 'batch') && activity.steps.at(-1)?.step === 'waiting-for-phone';

/** Why a phone cannot be scanned at this moment, and what to do about that. `phone` is null where it is not plugged in. */
export function PhoneStateNotice({ phone, work }: { phone: ListedPhone | null; work: PhoneWork }) {
  if (phone === null && isRestarting(work)) return null;
  if (phone === null && work.report !== null && isOfFile(work.report)) {
    return (
      <Notice
        tone="calm"
        title={t('Read from a file, as the phone was on {day}', { day: dayText(work.report.reading.takenAt) })}
        live="polite"
      >
        {t('Plug the phone in to see how it is now, and to correct it.')}
      </Notice>
    );
  }
  if (phone === null) {
    return (
      <Notice tone="calm" title={t('This phone is not plugged in')} live="polite">
        {t('What is kept of it can be looked at. Plug it in to scan it.')}
      </Notice>
    );
  }
  if (phone.state === 'ready') return <VisuallyHidden component="output">{stateWords().ready}</VisuallyHidden>;
  return (
    <Notice tone="warn" title={<PhoneText>{phone.remedy?.title ?? stateWords()[phone.state]}</PhoneText>} live="polite">
      {phone.remedy === null ? null : (
        <ol className={classes.remedy}>
          {phone.remedy.steps.map((step) => (
            <li key={step}>
              <PhoneText>{step}</PhoneText>
            </li>
          ))}
        </ol>
      )}
      <div className={classes.does}>
        <PairAgain phone={phone} />
        <SampleOwner phoneId={phone.id} steps={null} />
      </div>
      {phone.state === 'gone' ? null : (
        <TextLink to="/connection-help" search={{ platform: phone.platform, state: phone.state }} size="sm">
          {t('Connection help')}
        </TextLink>
      )}
    </Notice>
  );
}
