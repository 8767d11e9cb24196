import { t } from '../language/words.ts';
import { Button, Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { IconCircle, IconCircleCheckFilled, IconCircleXFilled, IconMinus } from '../parts/icons.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { useOutcomeFocus } from '../parts/takes-focus.ts';
import { correctionStepWords, resultWords } from '../parts/words.ts';
import type { BatchItem, FixBatch } from '../program/fix-batch.ts';
import { correctionKey } from '../program/phone-work.ts';
import { usePhoneWork, useProgram } from '../program/program.tsx';
import type { CorrectionStep, Remedy } from '../program/received.ts';
import classes from './correction.module.css';
import fix from './fix.module.css';
import { RemedySteps } from './remedy-steps.tsx';

/** The corrections that were agreed to at once, as they go on; when all have come to a good end, what they have changed says it all. */
export function BatchRun({ phoneId }: { phoneId: string }) {
  const { batch, activity } = usePhoneWork(phoneId);
  if (batch === null) return null;
  const good = batch.items.every(({ state }) => state === 'taken' || state === 'needless');
  if (batch.state === 'whole' && good) return null;
  const steps = activity?.kind === 'batch' ? activity.steps : [];
  return <Run phoneId={phoneId} batch={batch} step={steps.at(-1) ?? null} />;
}

const isOver = ({ state }: FixBatch): boolean => state !== 'running' && state !== 'ending';

/** The code of what the rest was not begun for; undefined: the phone itself. */
const stoppedBy = ({ items, problem }: FixBatch): string | undefined =>
  problem?.code ?? items.findLast(({ state }) => state === 'left')?.problem?.code;

export function titleOf(batch: FixBatch): string {
  const { items, state } = batch;
  const proven = items.filter((one) => one.state === 'taken').length;
  if (!isOver(batch)) {
    return state === 'ending'
      ? t('Stopping after this one')
      : t('Fixing {number, number} of {all, number}', {
          number: Math.min(proven + 1, items.length),
          all: items.length,
        });
  }
  const left = items.filter((one) => one.state === 'waiting').length;
  switch (state) {
    case 'cancelled':
      return t('Stopped{left, plural, =0 {} one {: # change was not begun} other {: # changes were not begun}}', {
        left,
      });
    case 'question':
      return t(
        'Stopped for a question{left, plural, =0 {} one {: # change was not begun} other {: # changes were not begun}}',
        { left },
      );
    case 'phone':
      if (stoppedBy(batch) === 'change-not-allowed') {
        return t(
          'The customer has not allowed changes{left, plural, =0 {} one {: # change was not begun} other {: # changes were not begun}}',
          { left },
        );
      }
      if (stoppedBy(batch) === 'phone-busy') {
        return t(
          'Something else is done with the phone just now{left, plural, =0 {} one {: # change was not begun} other {: # changes were not begun}}',
          { left },
        );
      }
      return t(
        'The phone could not be read any more{left, plural, =0 {} one {: # change was not begun} other {: # changes were not begun}}',
        { left },
      );
    default:
      return t('{proven, number} of {all, number} fixed', { proven, all: items.length });
  }
}

function Run({ phoneId, batch, step }: { phoneId: string; batch: FixBatch; step: CorrectionStep | null }) {
  const { works } = useProgram();
  const { ends } = usePhoneWork(phoneId);
  const over = isOver(batch);
  // The consent it comes from is gone, and with it the focus; so is the button that ended it.
  const place = useOutcomeFocus<HTMLElement>(over ? 'over' : 'running');
  return (
    <section ref={place} className={fix.run} aria-label={t('Fixing')} tabIndex={-1}>
      <output className={fix.runTitle}>{titleOf(batch)}</output>
      <ol className={fix.list}>
        {batch.items.map((item) => (
          <Item
            key={`${item.cause} ${item.app ?? ''}`}
            item={item}
            step={item.state === 'doing' ? step : null}
            remedy={ends[correctionKey(item, item.correction)]?.outcome?.remedy ?? null}
          />
        ))}
      </ol>
      {batch.problem === null ? null : <ProblemNotice problem={batch.problem} />}
      <div className={classes.buttons}>
        {over ? (
          <Button variant="default" size="xs" onClick={() => works.forgetBatch(phoneId)}>
            {t('Close')}
          </Button>
        ) : (
          <Button
            variant="default"
            size="xs"
            disabled={batch.state === 'ending' || batch.items.every(({ state }) => state !== 'waiting')}
            onClick={() => works.endBatch(phoneId)}
          >
            {t('Stop after this one')}
          </Button>
        )}
      </div>
    </section>
  );
}

const signs: Record<BatchItem['state'], ReactNode> = {
  waiting: <IconCircle size={18} aria-hidden />,
  doing: <Loader size={14} aria-hidden />,
  needless: <IconMinus size={18} aria-hidden />,
  left: <IconCircleXFilled size={18} aria-hidden />,
  taken: <IconCircleCheckFilled size={18} aria-hidden />,
  'not-taken': <IconCircleXFilled size={18} aria-hidden />,
  refused: <IconCircleXFilled size={18} aria-hidden />,
  unverified: <IconCircleXFilled size={18} aria-hidden />,
};

function stateText({ state, problem }: BatchItem, step: CorrectionStep | null): string {
  switch (state) {
    case 'waiting':
      return t('Waiting');
    case 'doing':
      return step === null ? t('Starting') : (step.detail ?? correctionStepWords()[step.step] ?? step.step);
    case 'needless':
      return t('Not needed any more');
    case 'left':
      return problem?.message ?? t('Not carried out');
    case 'taken':
      return t('Checked by a second reading');
    default:
      return resultWords()[state].title;
  }
}

/** Where nothing was changed by it, what it was to do: no `yes → no` that did not happen. */
export function wordsOf({ state, title, change }: BatchItem): string {
  switch (state) {
    case 'waiting':
    case 'doing':
    case 'taken':
      return change;
    case 'needless':
    case 'left':
    case 'not-taken':
    case 'refused':
    case 'unverified':
      return title;
  }
}

interface ItemProps {
  item: BatchItem;
  step: CorrectionStep | null;
  /** The maker's way to let the phone take what it refused; null where there is none. */
  remedy: Remedy | null;
}

function Item({ item, step, remedy }: ItemProps) {
  return (
    <li className={fix.item} data-state={item.state}>
      <span>{signs[item.state]}</span>
      <div>
        <PhoneText>{wordsOf(item)}</PhoneText>
        <div className={fix.state}>
          <PhoneText>{stateText(item, step)}</PhoneText>
        </div>
        {remedy === null ? null : <RemedySteps remedy={remedy} />}
      </div>
    </li>
  );
}
