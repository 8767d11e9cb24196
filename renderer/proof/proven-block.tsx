import { t } from '../language/words.ts';
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { CorrectionRun } from '../corrections/correction-run.tsx';
import { OutcomeValues } from '../corrections/outcome-notice.tsx';
import { IconCircleCheckFilled } from '../parts/icons.tsx';
import { isolated, PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { useOutcomeFocus } from '../parts/takes-focus.ts';
import { usePhoneWork, useProgram } from '../program/program.tsx';
import type { ScanReport } from '../program/received.ts';
import classes from './proof.module.css';
import { changesProven, type ProvenChange } from './proven-changes.ts';

interface ProvenBlockProps {
  phoneId: string;
  report: ScanReport;
  /** What to do next. */
  children: ReactNode;
}

/** What was corrected and proven in this session, before → after in words of home, each with its way back. */
export function ProvenBlock({ phoneId, report, children }: ProvenBlockProps) {
  const { ends, activity } = usePhoneWork(phoneId);
  const changes = changesProven(report, ends);
  const many = changes.length;
  const running = activity !== null;
  const place = useOutcomeFocus<HTMLElement>(many === 0 || running ? null : String(many));
  if (many === 0) return null;
  return (
    <section ref={place} className={classes.green} tabIndex={-1} aria-label={t('Fixed and checked')}>
      <output className={classes.title}>{t('{count, number} fixed and checked', { count: many })}</output>
      <ul className={classes.changes}>
        {changes.map((change) => (
          <Change key={change.key} phoneId={phoneId} change={change} />
        ))}
      </ul>
      <div className={classes.buttons}>{children}</div>
    </section>
  );
}

function Change({ phoneId, change }: { phoneId: string; change: ProvenChange }) {
  const { works } = useProgram();
  const { activity, ends } = usePhoneWork(phoneId);
  const { key, outcome, words, finding, waits } = change;
  const end = ends[key];
  return (
    <li
      className={classes.change}
      data-cause={outcome.cause}
      data-app={outcome.app ?? ''}
      data-status={finding?.status}
      data-waits={waits}
    >
      <IconCircleCheckFilled size={18} aria-hidden />
      <span>
        <PhoneText>{words}</PhoneText>
        {waits ? <span className={classes.later}> {t('· known later')}</span> : null}
      </span>
      {outcome.undoable ? (
        <Button
          variant="subtle"
          size="compact-sm"
          disabled={activity !== null}
          aria-label={t('Undo: {change}', { change: isolated(words) })}
          onClick={() => works.undo(phoneId, outcome.action)}
        >
          {t('Undo')}
        </Button>
      ) : (
        <span />
      )}
      {activity?.kind === 'undo' && activity.action === outcome.action ? (
        <div className={classes.wide}>
          <CorrectionRun steps={activity.steps} />
        </div>
      ) : null}
      {end?.problem === null || end === undefined ? null : (
        <div className={classes.wide}>
          <ProblemNotice problem={end.problem} />
        </div>
      )}
      <details className={classes.evidence}>
        <summary>{t('Evidence')}</summary>
        <p>
          <PhoneText>{outcome.detail}</PhoneText>
        </p>
        <OutcomeValues outcome={outcome} />
      </details>
    </li>
  );
}
