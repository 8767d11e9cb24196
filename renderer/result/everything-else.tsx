import { Text } from '@mantine/core';
import { t } from '../language/words.ts';
import { type ReactNode, useState } from 'react';
import { isolated, PhoneText } from '../parts/phone-text.tsx';
import type { Finding, ScanReport } from '../program/received.ts';
import { Fold } from './folds.tsx';
import classes from './report-view.module.css';
import { isOfFile } from '../program/of-file.ts';

interface EverythingElseProps {
  report: ScanReport;
  /** What is known after the next photo, or tomorrow. */
  settling: readonly Finding[];
  /** Of the chosen app and the phone: what passed, what a person looks up, what is not there on this phone. */
  passed: readonly Finding[];
  byHand: readonly Finding[];
  notApplicable: readonly Finding[];
  /** The phone's own health. */
  health: readonly Finding[];
  /** What was found about other apps, by app. */
  others: ReadonlyMap<string, readonly Finding[]>;
  line: (finding: Finding) => ReactNode;
}

/** Whether nothing was tried: what is read is a file, which does not hold this. */
const isOutside = (report: ScanReport, { status, evidence }: Finding): boolean =>
  isOfFile(report) &&
  status === 'unknown' &&
  evidence.every(({ unavailable }) => unavailable === null || unavailable.reason === 'missing');

const having = (findings: readonly Finding[], ...statuses: readonly Finding['status'][]): Finding[] =>
  findings.filter(({ status }) => statuses.includes(status));

/** As the sentence above counts them: what was not read of several apps is one check, and the phone's own health is none of them. */
export const unreadIn = (byHand: readonly Finding[]): number =>
  new Set(having(byHand, 'unknown').map(({ cause }) => cause)).size;

/**
 * What holds nothing back, in one fold: `Everything else (61 fine, 2 not readable)`. Five in six elements of a result are in it: they are
 * made when it is opened, and stay.
 */
export function EverythingElse({
  report,
  settling,
  passed,
  byHand,
  notApplicable,
  health,
  others,
  line,
}: EverythingElseProps) {
  const [made, setMade] = useState(false);
  const appName = (id: string): string => report.apps.find((app) => app.id === id)?.name ?? id;
  const ailing = having(health, 'problem', 'possible');
  const unknown = having([...byHand, ...health], 'unknown');
  const isFromOutside = (finding: Finding): boolean => isOutside(report, finding);
  const outside = unknown.filter(isFromOutside).length;
  const inside = byHand.filter((finding) => !isFromOutside(finding));
  const unread = unreadIn(inside);
  const fine = passed.length + having(health, 'ok').length;
  const counts = [
    t('{count, number} fine', { count: fine }),
    ...(ailing.length === 0 ? [] : [t('{count, number} about the phone itself', { count: ailing.length })]),
    ...(settling.length === 0 ? [] : [t('{count, number} not known yet', { count: settling.length })]),
    ...(unread === 0 ? [] : [t('{count, number} not readable', { count: unread })]),
  ];
  return (
    <details
      className={classes.fold}
      data-everything-else
      onToggle={({ currentTarget }) => setMade((before) => before || currentTarget.open)}
    >
      <summary>{t('Everything else ({counts})', { counts: counts.join(', ') })}</summary>
      {made ? (
        <div className={classes.folds}>
          {outside === 0 ? null : (
            <Text size="sm" c="dimmed">
              {t('The file holds nothing for {count, plural, one {# check} other {# checks}}.', { count: outside })}
            </Text>
          )}
          <Fold title={t('The phone itself')} label={t('Device health')} findings={health} line={line} />
          <Fold
            title={t('{count, number} not known yet', { count: settling.length })}
            label={t('Not known yet')}
            findings={settling}
            line={line}
          />
          <Fold
            title={t('{count, number} to check by hand', { count: inside.length })}
            label={t('Check by hand')}
            findings={inside}
            line={line}
          />
          {[...others].map(([app, found]) => (
            <Fold
              key={app}
              title={t('{app}, not the chosen app: {count, plural, one {# thing} other {# things}}', {
                app: isolated(appName(app)),
                count: found.length,
              })}
              findings={found}
              line={line}
            />
          ))}
          <Fold
            title={t('{count, plural, one {# check} other {# checks}} passed', { count: passed.length })}
            findings={passed}
            line={line}
          />
          <Fold
            title={t('{count, plural, one {# check does} other {# checks do}} not apply to this phone', {
              count: notApplicable.length,
            })}
            findings={notApplicable}
            line={line}
          />
          <Unread report={report} />
        </div>
      ) : null}
    </details>
  );
}

function Unread({ report }: { report: ScanReport }) {
  if (report.incomplete.length === 0) return null;
  return (
    <details className={classes.fold}>
      <summary>
        {t('Evidence: {count, plural, one {# thing} other {# things}} this phone did not tell', {
          count: report.incomplete.length,
        })}
      </summary>
      <div>
        <ul className={classes.lines}>
          {report.incomplete.map(({ probe, reason, detail }) => (
            <li key={`${probe} ${reason} ${detail}`} className={classes.unread}>
              <strong>
                <PhoneText>{probe}</PhoneText>
              </strong>{' '}
              ({reason}): <PhoneText>{detail}</PhoneText>
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}
