import { t } from '../language/words.ts';
import { Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useProgram } from '../program/program.tsx';
import type { WalkthroughStepView, WalkthroughView } from '../program/received.ts';
import { momentText } from '../parts/value-text.ts';
import classes from './walkthrough.module.css';
import { PhoneText } from '../parts/phone-text.tsx';

interface Look {
  at: string;
  seen: boolean | 'unknown';
  detail: string | null;
}

interface StepWatchProps {
  walkthrough: string;
  step: WalkthroughStepView;
  /** Id of the correction whose doing is watched for. */
  correction: string;
  onTicked: (view: WalkthroughView) => void;
}

/** Looks at the phone while a step is shown, and ticks it by itself. What was seen last is shown, and read out when it changes. */
export function StepWatch({ walkthrough, step, correction, onTicked }: StepWatchProps) {
  const { client } = useProgram();
  const [look, setLook] = useState<Look | null>(null);
  const [switchedAt, setSwitchedAt] = useState<string | null>(null);
  const { cause, app } = step;
  useEffect(() => {
    const subscription = client.walkthrough.watchStep.subscribe(
      { id: walkthrough, step: { cause, app, correction } },
      {
        onData(event) {
          if (event.type === 'ticked') onTicked(event.view);
          else if (event.type === 'switched') setSwitchedAt(event.at);
          else setLook({ at: event.at, seen: event.seen, detail: event.detail });
        },
        // The phone can be checked with the button all the same.
        onError: () => setLook(null),
      },
    );
    return () => subscription.unsubscribe();
  }, [client, walkthrough, cause, app, correction, onTicked]);
  return (
    <div className={classes.watch}>
      <Loader size={14} aria-hidden />
      <output>
        {look === null ? (
          t('Looking at the phone…')
        ) : look.seen === 'unknown' ? (
          <PhoneText>{look.detail ?? t('The phone does not show it just now.')}</PhoneText>
        ) : (
          t('The phone shows that it is not done yet. This step ticks itself.')
        )}
      </output>
      {switchedAt === null ? null : (
        <span>{t('The phone says that something was switched, {moment}.', { moment: momentText(switchedAt) })}</span>
      )}
    </div>
  );
}
