import type { ReactNode } from 'react';
import { isolated, PhoneText } from '../parts/phone-text.tsx';
import { count } from '../parts/words.ts';
import type { Finding, ScanReport } from '../program/received.ts';
import { Fold } from './folds.tsx';
import classes from './report-view.module.css';

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

const having = (findings: readonly Finding[], ...statuses: readonly Finding['status'][]): Finding[] =>
  findings.filter(({ status }) => statuses.includes(status));

/** What holds nothing back, in one fold: `Everything else (61 fine, 2 not readable)`. */
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
  const appName = (id: string): string => report.apps.find((app) => app.id === id)?.name ?? id;
  const ailing = having(health, 'problem', 'possible');
  const unread = having([...byHand, ...health], 'unknown').length;
  const fine = passed.length + having(health, 'ok').length;
  const counts = [
    `${fine} fine`,
    ...(ailing.length === 0 ? [] : [`${ailing.length} about the phone itself`]),
    ...(settling.length === 0 ? [] : [`${settling.length} not known yet`]),
    ...(unread === 0 ? [] : [`${unread} not readable`]),
  ];
  return (
    <details className={classes.fold}>
      <summary>Everything else ({counts.join(', ')})</summary>
      <div className={classes.folds}>
        <Fold title="The phone itself" label="Device health" findings={health} line={line} />
        <Fold title={`${settling.length} not known yet`} label="Not known yet" findings={settling} line={line} />
        <Fold title={`${byHand.length} to check by hand`} label="Check by hand" findings={byHand} line={line} />
        {[...others].map(([app, found]) => (
          <Fold
            key={app}
            title={`${isolated(appName(app))}, not the chosen app: ${count(found.length, 'thing', 'things')}`}
            findings={found}
            line={line}
          />
        ))}
        <Fold title={`${count(passed.length, 'check', 'checks')} passed`} findings={passed} line={line} />
        <Fold
          title={`${count(notApplicable.length, 'check does', 'checks do')} not apply to this phone`}
          findings={notApplicable}
          line={line}
        />
        <Unread report={report} />
      </div>
    </details>
  );
}

function Unread({ report }: { report: ScanReport }) {
  if (report.incomplete.length === 0) return null;
  return (
    <details className={classes.fold}>
      <summary>Evidence: {count(report.incomplete.length, 'thing', 'things')} this phone did not tell</summary>
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
