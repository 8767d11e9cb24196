import { Text, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { t } from '../language/words.ts';
import { PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { ScrolledTable } from '../parts/scrolled-table.tsx';
import table from '../parts/table.module.css';
import { TextLink } from '../parts/text-link.tsx';
import { dayText, timeText } from '../parts/value-text.ts';
import { problemOfCall } from '../program/client.ts';
import { useProgram } from '../program/program.tsx';
import { FindElsewhere } from '../shop/elsewhere.tsx';
import { StationCell, StationHead, useOwnStation } from '../shop/own-station.tsx';

const most = 50;

/** Finds kept scans by what a person knows of them; the rows lead to the scan as it was judged on its day. */
export function FindScans({ words, onWords }: { words: string; onWords: (words: string) => void }) {
  const looked = useDeferredValue(words.trim());
  return (
    <search>
      <TextInput
        type="search"
        label={t('Find a scan')}
        description={t('Model, last digits, customer, ticket, day or cause; several words at once')}
        maxLength={200}
        value={words}
        onChange={(event) => onWords(event.currentTarget.value)}
        mb="lg"
      />
      {looked === '' ? null : (
        <>
          <Found words={looked} />
          <FindElsewhere words={looked} />
        </>
      )}
    </search>
  );
}

function Found({ words }: { words: string }) {
  const { client } = useProgram();
  const station = useOwnStation();
  const found = useQuery({
    queryKey: ['kept', 'find', words],
    queryFn: () => client.archive.find.query({ text: words, limit: most }),
    placeholderData: keepPreviousData,
  });
  if (found.error !== null) return <ProblemNotice problem={problemOfCall(found.error)} />;
  if (found.data === undefined) return null;
  const { items, more } = found.data;
  return (
    <>
      <Text component="output" c="dimmed" mb="xs">
        {items.length === 0
          ? t('No scan has all of these words.')
          : more
            ? t('The latest {count, number} scans; more words find fewer', { count: items.length })
            : t('{count, plural, one {# scan} other {# scans}}', { count: items.length })}
      </Text>
      {items.length === 0 ? null : (
        <ScrolledTable label={t('Scans that were found')}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t('Phone')}</th>
                <th scope="col">{t('When')}</th>
                <th scope="col">{t('Result')}</th>
                <th scope="col">{t('Ticket')}</th>
                <StationHead station={station} />
              </tr>
            </thead>
            <tbody>
              {items.map(({ id, phoneName, takenAt, verdict, ticket }) => (
                <tr key={id}>
                  <td>
                    <PhoneText>{phoneName}</PhoneText>
                  </td>
                  <td>
                    <TextLink to="/snapshots/$id" params={{ id }}>
                      {`${dayText(takenAt)} ${timeText(takenAt)}`}
                    </TextLink>
                  </td>
                  <td>
                    <PhoneText>{verdict}</PhoneText>
                  </td>
                  <td>
                    {ticket === null ? null : <PhoneText>{[ticket.number, ticket.customer ?? ''].join(' ')}</PhoneText>}
                  </td>
                  <StationCell station={station} />
                </tr>
              ))}
            </tbody>
          </table>
        </ScrolledTable>
      )}
    </>
  );
}
