import { t } from '../language/words.ts';
import { usePerPhone, usePhoneWork, useProgram } from '../program/program.tsx';
import { Notice } from '../parts/notice.tsx';
import { PhoneText } from '../parts/phone-text.tsx';

/** What was seen when the phone was plugged in, until it is scanned. */
export function CheckInNotice({ phoneId }: { phoneId: string }) {
  const { checkIns } = useProgram();
  const { latest } = usePerPhone(checkIns, phoneId);
  const { report } = usePhoneWork(phoneId);
  if (latest === null || report !== null) return null;
  const drifted = latest.drift.filter(({ state }) => state !== 'unknown');
  if (drifted.length === 0) return null;
  return (
    <Notice tone="warn" title={t('What was corrected has changed back')} live="polite">
      <ul style={{ margin: 0, paddingInlineStart: '1.125rem' }}>
        {drifted.map(({ action, path, title, since }) => (
          <li key={`${action} ${path}`}>
            <PhoneText>{title}</PhoneText>. <PhoneText>{since.join(' ')}</PhoneText>
          </li>
        ))}
      </ul>
      {t('Scan the phone to correct it again.')}
    </Notice>
  );
}
