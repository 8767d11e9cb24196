import { t } from '../language/words.ts';
import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { isFound } from '../parts/found.ts';
import { IconDeviceMobile } from '../parts/icons.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { TextLink } from '../parts/text-link.tsx';
import { dayText } from '../parts/value-text.ts';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import { newestOfEach } from './newest-of-each.ts';
import classes from './past-phones.module.css';

const most = 6;

/** The phones that were scanned, the last one first. */
export function PastPhones() {
  const { client } = useProgram();
  const snapshots = useQuery({ queryKey: ['kept', 'snapshots', null], queryFn: () => client.snapshots.query({}) });
  const [sought, setSought] = useState('');
  const phones = newestOfEach(snapshots.data ?? []);
  const found = phones.filter(({ phoneName, phoneId, takenAt, verdict }) =>
    isFound([phoneName, phoneId, dayText(takenAt), verdict].join(' '), sought),
  );
  return (
    <section className={classes.past} aria-label={t('Past phones')}>
      {snapshots.error === null ? null : <ProblemNotice problem={problemOfCall(snapshots.error)} />}
      {snapshots.data !== undefined && phones.length === 0 ? (
        <p className={classes.none}>{t('No phone was scanned yet.')}</p>
      ) : null}
      {phones.length > most ? (
        <TextInput
          type="search"
          aria-label={t('Search the past phones')}
          placeholder={t('Model, last digits, day, result')}
          value={sought}
          onChange={({ currentTarget }) => setSought(currentTarget.value)}
        />
      ) : null}
      {phones.length > 0 && found.length === 0 ? (
        <p className={classes.none}>{t('No phone has all of these words.')}</p>
      ) : null}
      <ul className={classes.list}>
        {found.slice(0, most).map(({ phoneId, phoneName, takenAt, verdict }) => (
          <li key={phoneId}>
            <Link to="/phones/$phoneId" params={{ phoneId }} className={classes.phone}>
              <IconDeviceMobile size={20} aria-hidden />
              <span>
                <span className={classes.name}>
                  <PhoneText>{phoneName}</PhoneText>
                </span>
                <span className={classes.verdict}>
                  {dayText(takenAt)}: <PhoneText>{verdict}</PhoneText>
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {phones.length > most ? (
        <TextLink to="/history" size="sm">
          {t('{count, plural, one {# phone} other {All # phones}}', { count: phones.length })}
        </TextLink>
      ) : null}
    </section>
  );
}
