import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useOutcomeFocus } from '../parts/takes-focus.ts';
import { useQuery } from '@tanstack/react-query';
import type { ActionSummary } from '../program/received.ts';
import { t } from '../language/words.ts';
import { problemOfCall } from '../program/client.ts';
import { Commands } from '../corrections/commands.tsx';
import { CorrectionRun } from '../corrections/correction-run.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { usePhone, usePhoneWork, useProgram } from '../program/program.tsx';
import { dayText } from '../parts/value-text.ts';
import { resultWords } from '../parts/words.ts';
import classes from './actions.module.css';

/** Every correction that was carried out on this phone, the newest first, with what puts it back. */
export function Actions({ phoneId }: { phoneId: string }) {
  const { client } = useProgram();
  const { problem } = usePhoneWork(phoneId);
  const actions = useQuery({
    queryKey: ['kept', 'actions', phoneId],
    queryFn: () => client.actions.query({ phoneId }),
  });
  if (actions.error !== null) return <ProblemNotice problem={problemOfCall(actions.error)} />;
  if (actions.data === undefined) return null;
  return (
    <section aria-label={t('Corrections carried out')}>
      <h2>{t('Corrections carried out')}</h2>
      {actions.data.length === 0 ? <Text c="dimmed">{t('No correction was carried out on this phone.')}</Text> : null}
      {problem === null ? null : <ProblemNotice problem={problem} />}
      <ul className={classes.list}>
        {actions.data
          .toSorted((a, b) => Number(b.id) - Number(a.id))
          .map((action) => (
            <ActionRow key={action.id} action={action} />
          ))}
      </ul>
    </section>
  );
}

const wordOf = (result: ActionSummary['result']): string => {
  if (result === 'undone') return t('Put back');
  if (result === 'interrupted') return t('Interrupted before it was verified');
  return resultWords()[result].title;
};

/** When what is said of it came to be: what was put back, when it was. */
const momentOf = ({ result, at, endedAt }: ActionSummary): string => (result === 'undone' ? (endedAt ?? at) : at);

function ActionRow({ action }: { action: ActionSummary }) {
  const { works } = useProgram();
  const phone = usePhone(action.phoneId);
  const { activity } = usePhoneWork(action.phoneId);
  // What was pressed is gone once it is put back: the reader continues with what came of it.
  const [former] = useState(action.result);
  const row = useOutcomeFocus<HTMLLIElement>(action.result === former ? null : action.result);
  const undoing = activity?.kind === 'undo' && activity.action === action.id;
  return (
    <li ref={row} className={classes.action} tabIndex={-1}>
      <div className={classes.head}>
        <div>
          <h3 className={classes.title}>
            <PhoneText>{action.title}</PhoneText>
          </h3>
          <Text size="sm" c="dimmed">
            {wordOf(action.result)} · <time dateTime={momentOf(action)}>{dayText(momentOf(action))}</time>
            {action.appName === null ? null : (
              <>
                {' · '}
                <PhoneText>{action.appName}</PhoneText>
              </>
            )}
          </Text>
        </div>
        {action.undoable && !undoing ? (
          <Button
            variant="default"
            disabled={activity !== null || phone?.state !== 'ready'}
            onClick={() => works.undo(action.phoneId, action.id)}
          >
            {t('Undo')}
          </Button>
        ) : null}
      </div>
      {undoing ? <CorrectionRun steps={activity.steps} /> : null}
      <details>
        <summary>{t('What ran, and what puts it back')}</summary>
        <div className={classes.commands}>
          <Commands label={t('Ran on the phone')} commands={action.commands} />
          {action.inverse.length === 0 ? (
            <Text size="xs" c="dimmed">
              {t('Nothing needs putting back.')}
            </Text>
          ) : (
            <Commands label={t('Puts it back')} commands={action.inverse} />
          )}
        </div>
      </details>
    </li>
  );
}
