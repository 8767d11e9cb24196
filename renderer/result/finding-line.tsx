import { t } from '../language/words.ts';
import { IconChevronRight } from '../parts/icons.tsx';
import { Fragment } from 'react';
import { findingKey } from '../program/phone-work.ts';
import type { Finding } from '../program/received.ts';
import { EvidenceList } from './evidence-list.tsx';
import classes from './finding-card.module.css';
import { FindingLink, findingPlace } from './finding-link.tsx';
import { PhoneSteps } from '../parts/phone-steps.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { StatusSign } from '../parts/status-sign.tsx';

interface FindingLineProps {
  finding: Finding;
  appName: string | null;
  /** Of a symptom: the findings it comes from. */
  becauseOf?: readonly Finding[];
}

/** A finding in one line; opened, how to check it by hand where the phone does not tell, and its evidence. */
export function FindingLine({ finding, appName, becauseOf = [] }: FindingLineProps) {
  const unread = finding.evidence.find((evidence) => evidence.unavailable !== null)?.unavailable ?? null;
  const byHand = !finding.settling && (finding.status === 'unknown' || finding.status === 'manual');
  return (
    <li
      className={classes.line}
      data-cause={finding.cause}
      data-app={finding.app ?? ''}
      data-status={finding.status}
      {...findingPlace(finding)}
    >
      <details>
        <summary>
          <StatusSign status={finding.status} settling={finding.settling} size={18} />
          <h3>
            <PhoneText>{finding.title}</PhoneText>
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
                ? t('No phone tells this over USB.')
                : unread === null
                  ? t('It could not be read.')
                  : t.rich('It could not be read: {why}', { why: <PhoneText>{unread.detail}</PhoneText> })}
            </p>
          ) : null}
          {byHand && finding.check.length > 0 ? <PhoneSteps steps={finding.check} /> : null}
          {finding.evidence.length === 0 ? null : <EvidenceList evidence={finding.evidence} />}
        </div>
      </details>
      {finding.settling ? (
        <p className={classes.because}>
          <PhoneText>{finding.check.join(' ')}</PhoneText>
        </p>
      ) : null}
      {becauseOf.length === 0 ? null : (
        <p className={classes.because}>
          {t.rich('Because of: {causes}', {
            causes: becauseOf.map((root, index) => (
              <Fragment key={findingKey(root)}>
                {index === 0 ? null : ' · '}
                <FindingLink finding={root} />
              </Fragment>
            )),
          })}
        </p>
      )}
    </li>
  );
}
