import { IconChevronRight } from '@tabler/icons-react';
import type { Finding } from '../received.ts';
import { EvidenceList } from './evidence-list.tsx';
import classes from './finding-card.module.css';
import { PhoneText } from './phone-text.tsx';
import { StatusSign } from './status-sign.tsx';

/** A finding in one line; opened, how to check it by hand where the phone does not tell, and its evidence. */
export function FindingLine({ finding, appName }: { finding: Finding; appName: string | null }) {
  const unread = finding.evidence.find((evidence) => evidence.unavailable !== null)?.unavailable ?? null;
  const byHand = finding.status === 'unknown' || finding.status === 'manual';
  return (
    <li className={classes.line} data-cause={finding.cause} data-app={finding.app ?? ''} data-status={finding.status}>
      <details>
        <summary>
          <StatusSign status={finding.status} size={18} />
          <h3>
            {finding.title}
            {appName === null ? null : (
              <span className={classes.quiet}>
                {' · '}
                <PhoneText>{appName}</PhoneText>
              </span>
            )}
          </h3>
          <IconChevronRight className={classes.arrow} size={16} aria-hidden />
        </summary>
        <div className={classes.body}>
          {byHand ? (
            <p className={classes.quiet}>
              {finding.status === 'manual'
                ? 'No phone tells this over USB.'
                : `It could not be read${unread === null ? '.' : `: ${unread.detail}`}`}
            </p>
          ) : null}
          {byHand && finding.check.length > 0 ? (
            <ol>
              {finding.check.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          ) : null}
          {finding.evidence.length === 0 ? null : <EvidenceList evidence={finding.evidence} />}
        </div>
      </details>
    </li>
  );
}
