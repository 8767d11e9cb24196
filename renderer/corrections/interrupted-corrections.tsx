import { t } from '../language/words.ts';
import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Settled } from '../program/phone-work.ts';
import { usePhoneWork, useProgram } from '../program/program.tsx';
import type { ActionSummary, ListedPhone } from '../program/received.ts';
import { Commands } from './commands.tsx';
import { CorrectionRun } from './correction-run.tsx';
import classes from './correction.module.css';
import { Notice } from '../parts/notice.tsx';
import { OutcomeNotice } from './outcome-notice.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { PhoneText } from '../parts/phone-text.tsx';

/**
 * Corrections of a phone that were cut off, by the cable, by a lock or by the end of the program: offered to be finished or undone as
 * soon as the phone is ready again, and how the last of them ended.
 */
export function InterruptedCorrections({ phone: { id: phoneId, state } }: { phone: ListedPhone }) {
  const { client } = useProgram();
  const { settled } = usePhoneWork(phoneId);
  const interrupted = useQuery({
    // Asked again whenever the phone comes back, and after anything that was kept.
    queryKey: ['kept', 'interrupted', phoneId, state],
    queryFn: () => client.interrupted.query({ phoneId }),
    enabled: state === 'ready',
  });
  const open = interrupted.data ?? [];
  if (settled === null && open.length === 0) return null;
  return (
    <div className={classes.interrupted}>
      {settled === null ? null : <End settled={settled} />}
      {open.map((action) => (
        <Interrupted key={action.id} action={action} />
      ))}
    </div>
  );
}

function End({ settled: { title, outcome, undo, problem } }: { settled: Settled }) {
  if (problem !== null) return <ProblemNotice problem={problem} />;
  return outcome === null ? null : (
    <OutcomeNotice outcome={outcome} undo={undo} takesFocus>
      <Text size="sm" c="dimmed">
        <PhoneText>{title}</PhoneText>
      </Text>
    </OutcomeNotice>
  );
}

function Interrupted({ action }: { action: ActionSummary }) {
  const { works } = useProgram();
  const { activity } = usePhoneWork(action.phoneId);
  const running = activity !== null && 'action' in activity && activity.action === action.id ? activity : null;
  return (
    <Notice
      tone="warn"
      title={t.rich('Interrupted: {correction}', { correction: <PhoneText>{action.title}</PhoneText> })}
      live="polite"
    >
      <span>
        {action.undoing
          ? t('It was being put back when it was cut off.')
          : t('It was cut off before a second reading, so it is not known whether the phone has changed.')}
      </span>
      <details className={classes.other}>
        <summary>{t('Commands')}</summary>
        <div className={classes.outcome}>
          {action.undoing ? null : (
            <Commands label={t('Finish runs, unless the phone shows it')} commands={action.commands} />
          )}
          {action.inverse.length === 0 ? null : <Commands label={t('Puts it back')} commands={action.inverse} />}
        </div>
      </details>
      {running === null ? (
        <div className={classes.buttons}>
          <Button disabled={activity !== null} variant="light" onClick={() => works.settle(action, 'finish')}>
            {action.undoing ? t('Finish putting it back') : t('Finish')}
          </Button>
          {action.undoable && !action.undoing ? (
            <Button disabled={activity !== null} variant="default" onClick={() => works.settle(action, 'undo')}>
              {t('Undo')}
            </Button>
          ) : null}
          <Button disabled={activity !== null} variant="subtle" onClick={() => works.leave(action)}>
            {t('Leave as it is')}
          </Button>
        </div>
      ) : (
        <CorrectionRun steps={running.steps} />
      )}
    </Notice>
  );
}
