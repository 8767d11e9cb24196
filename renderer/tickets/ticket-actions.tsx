import { Text } from '@mantine/core';
import { t } from '../language/words.ts';
import { PhoneText } from '../parts/phone-text.tsx';
import { dayText } from '../parts/value-text.ts';
import { resultWords } from '../parts/words.ts';
import type { ActionSummary, TicketView } from '../program/received.ts';
import classes from './tickets.module.css';

const wordOf = (result: ActionSummary['result']): string => {
  if (result === 'undone') return t('Put back');
  if (result === 'interrupted') return t('Interrupted before it was verified');
  return resultWords()[result].title;
};

/** What was done under a ticket: corrections and test photos, in that order. */
export function TicketActions({ ticket: { actions, testPhotos } }: { ticket: TicketView }) {
  return (
    <section aria-label={t('Done')}>
      <h2>{t('Done')}</h2>
      {actions.length + testPhotos.length === 0 ? (
        <Text c="dimmed">
          {t('Nothing yet. What is scanned, fixed and proven while the ticket is open stands here by itself.')}
        </Text>
      ) : null}
      <ul className={classes.done}>
        {actions.map(({ id, title, result, who, at }) => (
          <li key={id}>
            <PhoneText>{title}</PhoneText>
            <Text size="sm" c="dimmed">
              {wordOf(result)} · <PhoneText>{who}</PhoneText> · <time dateTime={at}>{dayText(at)}</time>
            </Text>
          </li>
        ))}
        {testPhotos.map(({ testPhoto, appName, sentence, endedAt }) => (
          <li key={`photo ${testPhoto}`}>
            {t('Test photo')}: <PhoneText>{sentence}</PhoneText>
            <Text size="sm" c="dimmed">
              <PhoneText>{appName}</PhoneText> · <time dateTime={endedAt}>{dayText(endedAt)}</time>
            </Text>
          </li>
        ))}
      </ul>
    </section>
  );
}
