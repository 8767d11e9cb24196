import { Checkbox, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { t } from '../language/words.ts';
import { isFound } from '../parts/found.ts';
import { Notice } from '../parts/notice.tsx';
import { PhoneText, serialEnd } from '../parts/phone-text.tsx';
import { ScrolledTable } from '../parts/scrolled-table.tsx';
import { StatusSign } from '../parts/status-sign.tsx';
import table from '../parts/table.module.css';
import { Value } from '../parts/value.tsx';
import { dayText, numberText } from '../parts/value-text.ts';
import { statusWords } from '../parts/words.ts';
import type { SnapshotColumns, SnapshotListItem } from '../program/received.ts';
import report from '../result/report-view.module.css';
import { columnTitle, groupTitles, summaryWords } from './columns-words.ts';
import classes from './history.module.css';

type FindingRow = SnapshotColumns['findings'][number];
type ValueRow = SnapshotColumns['values'][number];

/** Snapshots as columns: what is gone, what is new, what is as it was, and every value. */
export function ColumnsView({ compared }: { compared: SnapshotColumns }) {
  const [changedOnly, setChangedOnly] = useState(false);
  const [sought, setSought] = useState('');
  const { story, columns, findings, values, appNames } = compared;
  const isSeeking = sought.trim() !== '';
  const appOf = ({ app }: FindingRow): string | null => (app === null ? null : (appNames[app] ?? app));
  const foundFindings = findings.filter((row) => isFound(`${row.title} ${appOf(row) ?? ''}`, sought));
  const foundValues = values.filter((row) => isFound(`${row.label} ${row.path}`, sought));
  const alike = foundFindings.filter(({ outcome }) => outcome === 'same');
  const alikeValues = foundValues.filter(({ differs }) => !differs);
  const groups = groupTitles(story)
    .filter(([outcome]) => !changedOnly || outcome !== 'still')
    .map(([outcome, title]) => ({
      outcome,
      title,
      rows: foundFindings.filter((row) => row.outcome === outcome && !row.aside),
    }))
    .filter(({ rows }) => rows.length > 0);
  const aside = foundFindings.filter((row) => row.aside);
  const changed = foundValues.filter(({ differs, passing }) => differs && !passing);
  const passing = foundValues.filter((row) => row.differs && row.passing);
  const nothing =
    groups.length +
      aside.length +
      changed.length +
      passing.length +
      (changedOnly ? 0 : alike.length + alikeValues.length) ===
    0;
  const has = (outcome: FindingRow['outcome']): boolean =>
    findings.some((row) => row.outcome === outcome && !row.aside);
  const tone = story === 'time' && has('new') ? 'warn' : story === 'time' && has('gone') ? 'good' : 'calm';
  const heads = <ColumnHeads story={story} columns={columns} />;
  return (
    <div className={report.report}>
      <Notice tone={tone} title={summaryWords(compared)} live="polite" />
      <div className={classes.tools} data-screen-only>
        <TextInput
          type="search"
          aria-label={t('Search findings and values')}
          placeholder={t('Search findings and values')}
          value={sought}
          onChange={({ currentTarget }) => setSought(currentTarget.value)}
          style={{ flex: '0 1 20rem' }}
        />
        <Checkbox
          label={t('Changed only')}
          checked={changedOnly}
          onChange={({ currentTarget }) => setChangedOnly(currentTarget.checked)}
        />
      </div>
      {nothing ? <p>{isSeeking ? t('Nothing here has these words.') : t('Nothing has changed.')}</p> : null}
      {groups.map(({ outcome, title, rows }) => (
        <Section key={outcome} title={title} number={rows.length}>
          <FindingTable label={title} rows={rows} heads={heads} appOf={appOf} />
        </Section>
      ))}
      {changed.length === 0 ? null : (
        <Section title={t('Values that changed')} number={changed.length}>
          <ValueTable label={t('Values that changed')} rows={changed} heads={heads} />
        </Section>
      )}
      {passing.length === 0 ? null : (
        <Section title={t('Values that are others at every look')} number={passing.length}>
          <ValueTable label={t('Values that are others at every look')} rows={passing} heads={heads} />
        </Section>
      )}
      {aside.length === 0 ? null : (
        <details className={classes.fold} open={isSeeking}>
          <summary>
            {t('Other apps: {count, plural, one {# difference} other {# differences}}', { count: aside.length })}
          </summary>
          <div>
            <FindingTable label={t('Other apps')} rows={aside} heads={heads} appOf={appOf} />
          </div>
        </details>
      )}
      {changedOnly || alike.length + alikeValues.length === 0 ? null : (
        <details className={classes.fold} open={isSeeking} data-screen-only>
          <summary>
            {t(
              'The same everywhere: {findings, plural, one {# finding} other {# findings}}, {values, plural, one {# value} other {# values}}',
              {
                findings: alike.length,
                values: alikeValues.length,
              },
            )}
          </summary>
          <div className={report.report}>
            {alike.length === 0 ? null : (
              <FindingTable label={t('The same everywhere')} rows={alike} heads={heads} appOf={appOf} />
            )}
            {alikeValues.length === 0 ? null : (
              <ValueTable label={t('The same everywhere')} rows={alikeValues} heads={heads} />
            )}
          </div>
        </details>
      )}
    </div>
  );
}

function ColumnHeads({ story, columns }: { story: SnapshotColumns['story']; columns: readonly SnapshotListItem[] }) {
  const phones = new Map(columns.map(({ phoneId, phoneName }) => [phoneId, phoneName]));
  const several = phones.size > 1;
  const namesakes = new Set(phones.values()).size < phones.size;
  return columns.map(({ id, phoneId, phoneName, takenAt }, index) => (
    // eslint-disable-next-line jsx-a11y/control-has-associated-label -- its words are in the spans
    <th key={`${index} ${id}`} scope="col">
      <span className={classes.column}>
        <span>
          {columnTitle(story, index)}
          {several ? (
            <>
              {' · '}
              <PhoneText>{namesakes ? `${phoneName} ${serialEnd({ id: phoneId })}` : phoneName}</PhoneText>
            </>
          ) : null}
        </span>
        <span className={table.quiet}>{dayText(takenAt)}</span>
      </span>
    </th>
  ));
}

interface FindingTableProps {
  label: string;
  rows: readonly FindingRow[];
  heads: ReactNode;
  appOf: (row: FindingRow) => string | null;
}

function FindingTable({ label, rows, heads, appOf }: FindingTableProps) {
  return (
    <ScrolledTable label={label}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('Finding')}</th>
            {heads}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={JSON.stringify([row.cause, row.app])} data-cause={row.cause}>
              <th scope="row">
                <PhoneText>{row.title}</PhoneText>
                {row.app === null ? null : (
                  <div className={table.quiet}>
                    <PhoneText>{appOf(row) ?? row.app}</PhoneText>
                  </div>
                )}
              </th>
              {row.statuses.map((status, index) => (
                // eslint-disable-next-line react/no-array-index-key -- a cell is known by its column
                <td key={index} className={table.narrow}>
                  {status === null ? (
                    t('Not judged')
                  ) : (
                    <span className={classes.status}>
                      <span aria-hidden style={{ display: 'contents' }}>
                        <StatusSign status={status} size={18} />
                      </span>
                      {statusWords()[status]}
                    </span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrolledTable>
  );
}

function Shown({ value: { value, unavailable } }: { value: ValueRow['values'][number] }) {
  return unavailable === null ? (
    <Value value={value} />
  ) : (
    t.rich('could not be read ({why})', { why: <PhoneText>{unavailable.detail}</PhoneText> })
  );
}

function ValueTable({ label, rows, heads }: { label: string; rows: readonly ValueRow[]; heads: ReactNode }) {
  return (
    <ScrolledTable label={label}>
      <table className={table.table} data-even>
        <thead>
          <tr>
            <th scope="col">{t('Value')}</th>
            {heads}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.path} data-path={row.path}>
              <th scope="row">
                <PhoneText>{row.label}</PhoneText>
                <div className={table.quiet}>
                  <PhoneText>{row.path}</PhoneText>
                  {row.underPower ? ` · ${t('changed by USB power itself')}` : null}
                </div>
              </th>
              {row.values.map((value, index) => (
                // eslint-disable-next-line react/no-array-index-key -- a cell is known by its column
                <td key={index}>
                  <Shown value={value} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrolledTable>
  );
}

function Section({ title, number, children }: { title: string; number: number; children: ReactNode }) {
  return (
    <section className={report.group} aria-label={title}>
      <h2 className={report.groupTitle}>
        {title} <span>{numberText(number)}</span>
      </h2>
      {children}
    </section>
  );
}
