import { Button } from '@mantine/core';
import { useState } from 'react';
import { usePhone, usePhoneWork, useProgram } from '../program/program.tsx';
import type { WalkthroughView } from '../program/received.ts';
import { count } from '../parts/words.ts';
import { Notice } from '../parts/notice.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { TextLink } from '../parts/text-link.tsx';
import classes from './walkthrough.module.css';
import { PhoneText } from '../parts/phone-text.tsx';

/** How a walk-through ended: what is still open, and before and after side by side. */
export function WalkthroughEnd({ view }: { view: WalkthroughView }) {
  const { finished } = view;
  if (finished === null) return null;
  const { before, after, open } = finished;
  return (
    <Notice
      tone={open.length === 0 ? 'good' : 'calm'}
      title={open.length === 0 ? 'Everything is done' : `${count(open.length, 'thing is', 'things are')} still open`}
      live="polite"
    >
      {open.length === 0 ? null : (
        <ul className={classes.open}>
          {open.map((title) => (
            <li key={title}>
              <PhoneText>{title}</PhoneText>
            </li>
          ))}
        </ul>
      )}
      <div>
        <TextLink to="/phones/$phoneId/history/compare" params={{ phoneId: view.phoneId }} search={{ before, after }}>
          Compare before and after
        </TextLink>
        {' · '}
        <TextLink to="/phones/$phoneId/prove" params={{ phoneId: view.phoneId }}>
          Prove it with a test photo
        </TextLink>
      </div>
    </Notice>
  );
}

/** Puts back everything that was changed in a walk-through, asked for twice, with what became of it. */
export function UndoAll({ view }: { view: WalkthroughView }) {
  const { works } = useProgram();
  const phone = usePhone(view.phoneId);
  const { activity, undoneAll } = usePhoneWork(view.phoneId);
  const [asking, setAsking] = useState(false);
  const changes = count(view.undoable, 'change', 'changes');
  return (
    <>
      {activity?.kind === 'undo-all' ? (
        <Notice tone="calm" title={`Putting back ${activity.done + 1} of ${activity.total}`} live="polite">
          <PhoneText>{activity.title ?? ''}</PhoneText>
        </Notice>
      ) : null}
      {undoneAll === null ? null : undoneAll.problem !== null ? (
        <ProblemNotice problem={undoneAll.problem} />
      ) : (
        <Notice
          tone={undoneAll.stopped === null ? 'good' : 'warn'}
          title={`${count(undoneAll.outcomes.filter(({ result }) => result === 'taken').length, 'change was', 'changes were')} put back`}
          live="polite"
        >
          {undoneAll.stopped === null ? (
            'The phone has its former values again.'
          ) : (
            <PhoneText>{undoneAll.stopped}</PhoneText>
          )}
        </Notice>
      )}
      {view.undoable === 0 || activity?.kind === 'undo-all' ? null : asking ? (
        <fieldset className={classes.ask}>
          <legend>Put {changes} back?</legend>
          <p>
            Everything that was changed in this walk-through gets its exact former value again, and is read to prove it.
          </p>
          <div className={classes.buttons}>
            <Button
              disabled={activity !== null || phone?.state !== 'ready'}
              onClick={() => {
                setAsking(false);
                works.undoAll(view.phoneId, view.id);
              }}
            >
              Put back {changes}
            </Button>
            <Button variant="default" onClick={() => setAsking(false)}>
              Not now
            </Button>
          </div>
        </fieldset>
      ) : (
        <div>
          <Button
            variant="default"
            disabled={activity !== null || phone?.state !== 'ready'}
            onClick={() => setAsking(true)}
          >
            Undo {changes}…
          </Button>
        </div>
      )}
    </>
  );
}
