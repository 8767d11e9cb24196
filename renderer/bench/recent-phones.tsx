import { useSyncExternalStore } from 'react';
import { t } from '../language/words.ts';
import { phoneName, PhoneText, serialEnd } from '../parts/phone-text.tsx';
import { TextLink } from '../parts/text-link.tsx';
import { timeText } from '../parts/value-text.ts';
import { useProgram } from '../program/program.tsx';
import type { RecentPhone } from '../program/received.ts';
import { minutesSince } from './bench-card.tsx';
import classes from './bench.module.css';
import { minutesWords } from './card-words.ts';

/** Phones that were at the counter in the last day, with a way to what is known of them. */
export function RecentPhones() {
  const { bench } = useProgram();
  const recent = useSyncExternalStore(bench.subscribe, bench.get)?.recent ?? [];
  if (recent.length === 0) return null;
  return (
    <details className={classes.recent}>
      <summary>{t('Recent: {count, plural, one {# phone} other {# phones}}', { count: recent.length })}</summary>
      <ul>
        {recent.map((past) => (
          <li key={past.phone.id}>
            <TextLink to="/phones/$phoneId" params={{ phoneId: past.phone.id }}>
              <PhoneText>{phoneName(past.phone)}</PhoneText>
            </TextLink>{' '}
            <span className={classes.when}>
              <PhoneText>{serialEnd(past.phone)}</PhoneText> · {leftWords(past)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

const leftWords = ({ arrivedAt, leftAt }: RecentPhone): string =>
  t('unplugged {when}, here for {long}', {
    when: timeText(leftAt),
    long: minutesWords(minutesSince(arrivedAt, Date.parse(leftAt))),
  });
