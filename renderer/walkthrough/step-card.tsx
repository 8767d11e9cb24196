import { t } from '../language/words.ts';
import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { problemOfCall } from '../program/client.ts';
import { usePhone, usePhoneWork, useProgram } from '../program/program.tsx';
import type { Problem } from '../../electron/api.ts';
import type { WalkthroughStepView, WalkthroughView } from '../program/received.ts';
import { FindingCard } from '../result/finding-card.tsx';
import { useAsksFirst } from '../parts/asks-first.ts';
import { Notice } from '../parts/notice.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { useFirstFieldFocus } from '../parts/takes-focus.ts';
import { StepWatch } from './step-watch.tsx';
import { stepStateWords } from './step-list.tsx';
import classes from './walkthrough.module.css';

interface WalkthroughStepProps {
  view: WalkthroughView;
  step: WalkthroughStepView;
  onView: (view: WalkthroughView) => void;
}

/** One step: the finding with everything that can be done about it, what is seen of it, and what a person can say of it. */
export function WalkthroughStep({ view, step, onView }: WalkthroughStepProps) {
  const { client } = useProgram();
  const phone = usePhone(view.phoneId);
  const { activity } = usePhoneWork(view.phoneId);
  const live = phone?.state === 'ready';
  const { cause, app, state } = step;
  const mark = useMutation({
    mutationFn: (as: 'said-done' | 'skipped' | 'taken-up-again') =>
      client.walkthrough.mark.mutate({ id: view.id, step: { cause, app }, as }),
    onSuccess: onView,
  });
  const onTicked = useCallback((ticked: WalkthroughView) => onView(ticked), [onView]);
  const steps = step.corrections.find(({ kind }) => kind === 'guided');
  const guided = steps?.id;
  const watched = guided ?? step.correction;
  const isSettled = state === 'done' || state === 'said-done' || state === 'skipped';
  return (
    <section className={classes.step} aria-label={t('This step')}>
      {step.contradicted ? (
        <Notice tone="warn" title={t('Not done yet')} live="polite">
          {t('It was said to be done, and a later reading shows that it is not.')}
        </Notice>
      ) : null}
      {isSettled ? (
        <Notice tone={state === 'skipped' ? 'calm' : 'good'} title={stepStateWords()[state]} live="polite" />
      ) : null}
      <div className={classes.card}>
        <FindingCard finding={step.finding} appName={step.appName} phoneId={view.phoneId} live={live} />
      </div>
      {live && step.watchable && !isSettled && activity === null ? (
        <StepWatch walkthrough={view.id} step={step} correction={watched} onTicked={onTicked} />
      ) : null}
      {mark.error === null ? null : <ProblemNotice problem={problemOfCall(mark.error)} />}
      <div className={classes.buttons}>
        {state === 'skipped' || state === 'said-done' ? (
          <Button variant="default" loading={mark.isPending} onClick={() => mark.mutate('taken-up-again')}>
            {t('Take it up again')}
          </Button>
        ) : null}
        {isSettled ? null : (
          <>
            {steps === undefined || steps.locked !== null ? null : (
              <Button variant="default" loading={mark.isPending} onClick={() => mark.mutate('said-done')}>
                {t('I have done it')}
              </Button>
            )}
            <Button variant="default" loading={mark.isPending} onClick={() => mark.mutate('skipped')}>
              {t('Skip')}
            </Button>
          </>
        )}
        {guided === undefined ? null : <ScreenDiffers view={view} step={step} correction={guided} />}
      </div>
    </section>
  );
}

/** Says that the phone's screen is not as the steps say. */
function ScreenDiffers({
  view,
  step,
  correction,
}: {
  view: WalkthroughView;
  step: WalkthroughStepView;
  correction: string;
}) {
  const { client } = useProgram();
  const { asking, ask, decline, button } = useAsksFirst();
  const { cause, app } = step;
  const send = useMutation({
    mutationFn: (note: string) =>
      client.walkthrough.screenDiffers.mutate({ id: view.id, step: { cause, app }, correction, note }),
    onSuccess: decline,
  });
  if (!asking) {
    return (
      <>
        <Button ref={button} variant="subtle" onClick={ask}>
          {t('This screen looks different')}
        </Button>
        {send.isSuccess ? (
          <output className={classes.quiet}>{t('Kept, with the model and version of this phone.')}</output>
        ) : null}
      </>
    );
  }
  return (
    <DiffersForm
      isBusy={send.isPending}
      problem={send.error === null ? null : problemOfCall(send.error)}
      onSend={(note) => send.mutate(note)}
      onEnd={decline}
    />
  );
}

interface DiffersFormProps {
  isBusy: boolean;
  problem: Problem | null;
  onSend: (note: string) => void;
  onEnd: () => void;
}

function DiffersForm({ isBusy, problem, onSend, onEnd }: DiffersFormProps) {
  const [note, setNote] = useState('');
  const form = useFirstFieldFocus<HTMLFormElement>();
  return (
    <form
      ref={form}
      className={classes.differs}
      onSubmit={(event) => {
        event.preventDefault();
        onSend(note);
      }}
    >
      <Textarea
        label={t('What does the screen say instead?')}
        description={t(
          'Kept on this computer for whoever looks after the catalog, with the model and version of the phone.',
        )}
        value={note}
        maxLength={2000}
        autosize
        minRows={2}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
      />
      {problem === null ? null : <ProblemNotice problem={problem} />}
      <div className={classes.buttons}>
        <Button type="submit" loading={isBusy}>
          {t('Keep this')}
        </Button>
        <Button variant="default" onClick={onEnd}>
          {t('Never mind')}
        </Button>
      </div>
    </form>
  );
}
