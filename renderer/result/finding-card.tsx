import { t } from '../language/words.ts';
import type { Finding } from '../program/received.ts';
import { severityWords } from '../parts/words.ts';
import { findingKey, findingOf } from '../program/phone-work.ts';
import { usePhoneWork } from '../program/program.tsx';
import { EvidenceList } from './evidence-list.tsx';
import classes from './finding-card.module.css';
import { findingPlace } from './finding-link.tsx';
import { FindingCorrections } from './finding-corrections.tsx';
import { effectWords } from './report-groups.ts';
import { PhoneText } from '../parts/phone-text.tsx';
import { StatusSign } from '../parts/status-sign.tsx';

interface FindingCardProps {
  finding: Finding;
  appName: string | null;
  /** null for a kept snapshot: its corrections are not offered. */
  phoneId: string | null;
  live: boolean;
}

/** A finding that needs something: what it is, why it matters, what it rests on, and beside it what removes it. */
export function FindingCard({ finding, appName, phoneId, live }: FindingCardProps) {
  const { ends, report } = usePhoneWork(phoneId ?? '');
  const failing = finding.status === 'problem' || finding.status === 'possible';
  const corrections = phoneId !== null && failing ? finding.corrections : [];
  const ended = Object.keys(ends).some((key) => findingOf(key) === findingKey(finding));
  return (
    <article
      className={classes.card}
      data-alone={corrections.length === 0 && !ended}
      data-cause={finding.cause}
      data-app={finding.app ?? ''}
      data-status={finding.status}
      {...findingPlace(finding)}
    >
      <div className={classes.head}>
        <StatusSign status={finding.status} />
        <h3 className={classes.title}>
          <PhoneText>{finding.title}</PhoneText>
        </h3>
        <div className={classes.facts}>
          {appName === null ? null : (
            <span>
              <PhoneText>{appName}</PhoneText>
            </span>
          )}
          {failing ? (
            <span>{report === null ? severityWords()[finding.severity] : effectWords(report, finding)}</span>
          ) : null}
          {finding.origin === 'shop' ? <span>{t('Shop’s own check')}</span> : null}
        </div>
        <p className={classes.explanation}>
          <PhoneText>{finding.explanation}</PhoneText>
        </p>
        {finding.evidence.length === 0 ? null : (
          <details className={classes.more}>
            <summary>{t('Evidence')}</summary>
            <EvidenceList evidence={finding.evidence} />
            {finding.notProof === null ? null : (
              <p className={classes.notProof}>
                {t.rich('Not proven by this: {what}', { what: <PhoneText>{finding.notProof}</PhoneText> })}
              </p>
            )}
          </details>
        )}
      </div>
      {phoneId === null || (corrections.length === 0 && !ended) ? null : (
        <div className={classes.corrections}>
          <FindingCorrections phoneId={phoneId} finding={finding} live={live} folded={false} />
        </div>
      )}
    </article>
  );
}
