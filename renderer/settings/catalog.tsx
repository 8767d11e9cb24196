import { t } from '../language/words.ts';
import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PageHeading } from '../parts/page-heading.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { TextLink } from '../parts/text-link.tsx';
import { severityWords } from '../parts/words.ts';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import type { CatalogCause } from '../program/received.ts';
import { isFound } from '../parts/found.ts';
import classes from './settings.module.css';

const platformWords = { android: 'Android', ios: 'iPhone' } as const;

const wordsOf = ({ id, name, problem, explanation, platforms, corrections }: CatalogCause): string =>
  [
    id,
    name,
    problem ?? '',
    explanation,
    ...platforms.map((platform) => platformWords[platform]),
    ...corrections.flatMap(({ title, source }) => [title, source]),
  ].join(' ');

/** Everything that the program looks for, each with where it is known from, and since when. */
export function CatalogScreen() {
  const { client } = useProgram();
  const [sought, setSought] = useState('');
  const causes = useQuery({
    queryKey: ['catalog'],
    queryFn: () => client.settings.catalog.query(),
    staleTime: Infinity,
  });
  const found = (causes.data ?? []).filter((cause) => isFound(wordsOf(cause), sought));
  return (
    <>
      <PageHeading>{t('Catalog')}</PageHeading>
      <TextLink to="/settings" size="sm">
        {t('Settings')}
      </TextLink>
      <div className={classes.search}>
        <TextInput
          aria-label={t('Search the catalog')}
          placeholder={t('Search: battery, Samsung, iCloud…')}
          value={sought}
          onChange={({ currentTarget }) => setSought(currentTarget.value)}
        />
        <output className={classes.found}>
          {causes.data === undefined
            ? null
            : t('{count, plural, one {# cause} other {# causes}}', { count: found.length })}
        </output>
      </div>
      {causes.error === null ? null : <ProblemNotice problem={problemOfCall(causes.error)} />}
      <ul className={classes.entries}>
        {found.map((cause) => (
          <Entry key={cause.id} cause={cause} />
        ))}
      </ul>
    </>
  );
}

function Entry({ cause }: { cause: CatalogCause }) {
  const { problem, name, explanation, notProof, platforms, severity, origin, corrections } = cause;
  const facts = [
    platforms.map((platform) => platformWords[platform]).join(', '),
    severityWords()[severity],
    ...(origin === 'shop' ? [t('the shop’s own')] : []),
  ];
  return (
    <li className={classes.entry}>
      <details>
        <summary>
          <PhoneText>{name}</PhoneText> <small>{facts.join(' · ')}</small>
        </summary>
        {problem === null ? null : (
          <p>
            <strong>
              <PhoneText>{problem}</PhoneText>
            </strong>
          </p>
        )}
        <p>
          <PhoneText>{explanation}</PhoneText>
        </p>
        {notProof === null ? null : (
          <p>{t.rich('Not proven by this: {what}', { what: <PhoneText>{notProof}</PhoneText> })}</p>
        )}
        <ul>
          {corrections.map(({ title, automatic, source, lastVerified }) => (
            <li key={title}>
              <PhoneText>{title}</PhoneText>
              <div className={classes.source}>
                {automatic ? t('By this computer') : t('On the phone')} ·{' '}
                {t.rich('{source} · last verified {day}', {
                  source: <PhoneText>{source}</PhoneText>,
                  day: lastVerified,
                })}
              </div>
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}
