import { t } from '../language/words.ts';
import { Button } from '@mantine/core';
import { usePhone, usePhoneWork, useProgram } from '../program/program.tsx';
import type { WalkthroughView } from '../program/received.ts';
import { useAsksFirst } from '../parts/asks-first.ts';
import { Notice } from '../parts/notice.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { useOutcomeFocus, useTakesFocus } from '../parts/takes-focus.ts';
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
      title={
        open.length === 0
          ? t('Everything is done')
          : t('{count, plural, one {# thing is} other {# things are}} still open', { count: open.length })
      }
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
      {after === null ? <p>{t('How the phone is now is not kept: its customer has not allowed it.')}</p> : null}
      <div>
        {after === null ? null : (
          <>
            <TextLink
              to="/phones/$phoneId/history/compare"
              params={{ phoneId: view.phoneId }}
              search={{ of: `${before},${after}` }}
            >
              {t('Compare before and after')}
            </TextLink>
            {' · '}
          </>
        )}
        <TextLink to="/phones/$phoneId/prove" params={{ phoneId: view.phoneId }}>
          {t('Prove it with a test photo')}
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
  const { asking, ask, decline, agree, button } = useAsksFirst();
  const question = useTakesFocus<HTMLFieldSetElement>(asking);
  const count = view.undoable;
  const undoing = activity?.kind === 'undo-all';
  const place = useOutcomeFocus<HTMLDivElement>(undoing ? 'running' : undoneAll === null ? null : 'over');
  return (
    <>
      <div ref={place} tabIndex={-1}>
        {activity?.kind === 'undo-all' ? (
          <Notice
            tone="calm"
            title={t('Putting back {number, number} of {all, number}', {
              number: activity.done + 1,
              all: activity.total,
            })}
            live="polite"
          >
            <PhoneText>{activity.title ?? ''}</PhoneText>
          </Notice>
        ) : null}
        {undoneAll === null ? null : undoneAll.problem !== null ? (
          <ProblemNotice problem={undoneAll.problem} />
        ) : (
          <Notice
            tone={undoneAll.stopped === null ? 'good' : 'warn'}
            title={t('{count, plural, one {# change was} other {# changes were}} put back', {
              count: undoneAll.outcomes.filter(({ result }) => result === 'taken').length,
            })}
            live="polite"
          >
            {undoneAll.stopped === null ? (
              t('The phone has its former values again.')
            ) : (
              <PhoneText>{undoneAll.stopped}</PhoneText>
            )}
          </Notice>
        )}
      </div>
      {view.undoable === 0 || undoing ? null : asking ? (
        <fieldset ref={question} className={classes.ask} tabIndex={-1}>
          <legend>{t('Put {count, plural, one {# change} other {# changes}} back?', { count })}</legend>
          <p>
            {t(
              'Everything that was changed in this walk-through gets its exact former value again, and is read to prove it.',
            )}
          </p>
          <div className={classes.buttons}>
            <Button
              disabled={activity !== null || phone?.state !== 'ready'}
              onClick={() => {
                agree();
                works.undoAll(view.phoneId, view.id);
              }}
            >
              {t('Put back {count, plural, one {# change} other {# changes}}', { count })}
            </Button>
            <Button variant="default" onClick={decline}>
              {t('Not now')}
            </Button>
          </div>
        </fieldset>
      ) : (
        <div>
          <Button ref={button} variant="default" disabled={activity !== null || phone?.state !== 'ready'} onClick={ask}>
            {t('Undo {count, plural, one {# change} other {# changes}}…', { count })}
          </Button>
        </div>
      )}
    </>
  );
}
