import type { ReactNode } from 'react';
import { t } from '../language/words.ts';
import type { Finding, ScanReport } from '../program/received.ts';
import { dayText, valueText } from '../parts/value-text.ts';
import { FindingLink } from './finding-link.tsx';
import { Notice } from '../parts/notice.tsx';
import { PhoneText } from '../parts/phone-text.tsx';

type Drift = ScanReport['drift'][number];

/** What became of one value, in a sentence. */
function becameOf({ path, state, present, left }: Drift): ReactNode {
  const values = {
    value: <PhoneText>{path.split('.').at(-1) ?? ''}</PhoneText>,
    present: <PhoneText>{valueText(present)}</PhoneText>,
    left: <PhoneText>{valueText(left)}</PhoneText>,
  };
  return state === 'reverted'
    ? t.rich('{value} has its former value again ({present}, was {left}).', values)
    : t.rich('{value} has another value now ({present}, was {left}).', values);
}

/** What was corrected once and is not so any more, with the way to correct it again. */
export function DriftNotice({ report }: { report: ScanReport }) {
  const drifted = report.drift.filter(({ state }) => state !== 'unknown');
  if (drifted.length === 0) return null;
  const since = [...new Set(drifted.flatMap((one) => one.since))];
  const findingOf = ({ cause, app }: Drift): Finding | undefined =>
    report.findings.find((finding) => finding.cause === cause && finding.app === app);
  return (
    <Notice tone="warn" title={t('What was corrected has changed back')} live="polite">
      {since.length === 0 ? null : (
        <p style={{ margin: 0 }}>{t.rich('Meanwhile: {what}', { what: <PhoneText>{since.join(' ')}</PhoneText> })}</p>
      )}
      <ul style={{ margin: 0, paddingInlineStart: '1.125rem' }}>
        {drifted.map((one) => {
          const finding = findingOf(one);
          const isOpen = finding?.status === 'problem' || finding?.status === 'possible';
          return (
            <li key={`${one.action} ${one.path}`} data-drift={one.cause} data-state={one.state}>
              <PhoneText>{one.title}</PhoneText>, {dayText(one.takenAt)}: {becameOf(one)}{' '}
              {finding !== undefined && isOpen ? <FindingLink finding={finding} /> : null}
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}
