import { Button, Checkbox, Group, Text, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { t } from '../language/words.ts';
import { isolated, PhoneText } from '../parts/phone-text.tsx';
import { SampleBadge } from '../parts/sample-badge.tsx';
import { ScrolledTable } from '../parts/scrolled-table.tsx';
import table from '../parts/table.module.css';
import { TextLink } from '../parts/text-link.tsx';
import { dayText, numberText, timeText } from '../parts/value-text.ts';
import type { TimelineVisit } from '../program/received.ts';
import { StationCell, StationHead, useOwnStation } from '../shop/own-station.tsx';
import { labelText } from './columns-words.ts';
import { measuresOf } from './measures.ts';
import { mostColumns } from './search.ts';

interface VisitTableProps {
  /** The latest first. */
  visits: readonly TimelineVisit[];
  /** Of several phones: each is named. */
  withPhone: boolean;
  /** Snapshots, the earliest first. */
  onCompare: (snapshots: readonly string[]) => void;
}

/** The snapshot that a visit is compared by: how the phone was when it was left. */
const lastOf = ({ snapshots }: TimelineVisit): string => snapshots.at(-1)?.id ?? '';

/** Visits to open, or some of them to compare. */
export function VisitTable({ visits, withPhone, onCompare }: VisitTableProps) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const station = useOwnStation();
  const measures = measuresOf(visits).filter(({ id }) => id !== 'problems');
  const full = chosen.length === mostColumns;
  return (
    <>
      {visits.length < 2 ? null : (
        <Group gap="sm" data-screen-only>
          <Button
            variant="light"
            disabled={chosen.length < 2}
            onClick={() =>
              onCompare(
                visits
                  .map(lastOf)
                  .filter((id) => chosen.includes(id))
                  .toReversed(),
              )
            }
          >
            {t('Compare')}
          </Button>
          <Text size="sm" c="dimmed" component="output">
            {chosen.length < 2
              ? t('Choose two or more visits to compare.')
              : t('{count, plural, one {# visit is} other {# visits are}} chosen.', { count: chosen.length })}
          </Text>
        </Group>
      )}
      <ScrolledTable label={t('Visits')}>
        <table className={table.table}>
          <thead>
            <tr>
              {visits.length < 2 ? null : (
                <th scope="col" data-screen-only>
                  <VisuallyHidden>{t('Compare')}</VisuallyHidden>
                </th>
              )}
              <th scope="col">{t('Visit')}</th>
              <StationHead station={station} />
              <th scope="col">{t('What was found')}</th>
              <th scope="col">{t('Problems')}</th>
              {measures.map(({ id, title }) => (
                <th key={id} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {visits.map((visit) => (
              <tr key={lastOf(visit)}>
                {visits.length < 2 ? null : (
                  <td className={table.narrow} data-screen-only>
                    <Checkbox
                      aria-label={t('Compare the visit of {day} of {phone}', {
                        day: dayText(visit.to),
                        phone: isolated(visit.phoneName),
                      })}
                      checked={chosen.includes(lastOf(visit))}
                      disabled={full && !chosen.includes(lastOf(visit))}
                      onChange={({ currentTarget }) =>
                        setChosen(
                          currentTarget.checked
                            ? [...chosen, lastOf(visit)]
                            : chosen.filter((id) => id !== lastOf(visit)),
                        )
                      }
                    />
                  </td>
                )}
                <td className={table.narrow}>
                  <TextLink to="/snapshots/$id" params={{ id: lastOf(visit) }} size="sm">
                    <time dateTime={visit.to}>{dayText(visit.to)}</time>
                  </TextLink>
                  <div className={table.quiet}>
                    {withPhone ? (
                      <>
                        <PhoneText>{visit.phoneName}</PhoneText> {visit.sample ? <SampleBadge /> : null}
                      </>
                    ) : null}
                  </div>
                  <Scans visit={visit} />
                </td>
                <StationCell station={station} />
                <td className={table.sentence}>
                  {visit.endedWithPhoto ? (
                    t('A test photo left this phone after the last scan.')
                  ) : (
                    <PhoneText>{visit.verdict}</PhoneText>
                  )}
                  <Done visit={visit} />
                </td>
                <td className={table.narrow}>
                  {visit.problemsAtFirst === visit.problems
                    ? numberText(visit.problems)
                    : `${numberText(visit.problemsAtFirst)} → ${numberText(visit.problems)}`}
                </td>
                {measures.map(({ id, of, format }) => {
                  const value = of(visit);
                  return (
                    <td key={id} className={table.narrow}>
                      {value === null ? <span className={table.quiet}>{t('not told')}</span> : format(value)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrolledTable>
    </>
  );
}

/** Several scans of one visit are one line until somebody asks for them. */
function Scans({ visit: { snapshots, phoneId } }: { visit: TimelineVisit }) {
  const [first, last] = [snapshots[0], snapshots.at(-1)];
  if (first === undefined || last === undefined || snapshots.length < 2) return null;
  return (
    <details>
      <summary>{t('{count, number} scans', { count: snapshots.length })}</summary>
      <ul style={{ margin: 0, paddingInlineStart: '1.125rem' }}>
        {snapshots.map(({ id, takenAt, label }) => (
          <li key={id}>
            <TextLink to="/snapshots/$id" params={{ id }} size="sm">
              <time dateTime={takenAt}>{timeText(takenAt)}</time>
            </TextLink>
            {label === null ? null : (
              <span className={table.quiet}>
                {' '}
                <PhoneText>{labelText(label)}</PhoneText>
              </span>
            )}
          </li>
        ))}
      </ul>
      <TextLink
        to="/phones/$phoneId/history/compare"
        params={{ phoneId }}
        search={{ of: `${first.id},${last.id}` }}
        size="sm"
      >
        {t('What changed in this visit')}
      </TextLink>
    </details>
  );
}

function Done({ visit: { corrected, photosLeft } }: { visit: TimelineVisit }) {
  const done = [
    corrected === 0
      ? null
      : t('{count, plural, one {# correction} other {# corrections}} worked', { count: corrected }),
    photosLeft === 0
      ? null
      : t('{count, plural, one {a test photo} other {# test photos}} left the phone', { count: photosLeft }),
  ].filter((words) => words !== null);
  return done.length === 0 ? null : <div className={table.quiet}>{done.join(' · ')}</div>;
}
