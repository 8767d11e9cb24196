import { t } from '../language/words.ts';
import { useQuery } from '@tanstack/react-query';
import { useProgram } from '../program/program.tsx';
import { Notice } from '../parts/notice.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { TextLink } from '../parts/text-link.tsx';

const everyMs = 10 * 60_000;

/** What is due today, on any phone. */
export function Reminders() {
  const { client } = useProgram();
  const due = useQuery({
    queryKey: ['kept', 'reminders'],
    queryFn: () => client.watching.reminders.query(),
    refetchInterval: everyMs,
  });
  return due.data?.map(({ id, phoneId, title, text }) => (
    <Notice key={id} tone="calm" title={<PhoneText>{title}</PhoneText>} live="polite">
      <PhoneText>{text}</PhoneText>{' '}
      <TextLink to="/phones/$phoneId/prove" params={{ phoneId }}>
        {t('Open')}
      </TextLink>
    </Notice>
  ));
}
