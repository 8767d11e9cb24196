import type { KeyboardEvent } from 'react';
import { t } from '../language/words.ts';
import { BenchCard } from './bench-card.tsx';
import { BenchTable } from './bench-table.tsx';
import classes from './bench.module.css';
import { moveAmongCards } from './roving.ts';

interface BenchGridProps {
  /** The places that are shown. */
  numbers: readonly number[];
  /** Whether no phone is left out: then free places stand where they are, so that nobody moves. */
  whole: boolean;
  isNarrow: boolean;
  now: number;
  /** The place that Tab comes to. */
  current: number | null;
  onCurrent: (number: number) => void;
}

/** Space selects the phone that has the focus. */
function selectBySpace(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== ' ' || !(event.target instanceof HTMLElement) || !('slot' in event.target.dataset)) return;
  event.preventDefault();
  event.target.closest('[data-place]')?.querySelector<HTMLElement>('[data-select]')?.click();
}

function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
  selectBySpace(event);
  moveAmongCards(event);
}

/** The phones at their places: cards, or lines of a table where there is no room for them. */
export function BenchGrid({ numbers, whole, isNarrow, now, current, onCurrent }: BenchGridProps) {
  const last = numbers.at(-1) ?? 0;
  const places = whole ? Array.from({ length: last }, (_, index) => index + 1) : numbers;
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- what has the focus are links and buttons within
    <div onKeyDown={onKeyDown}>
      {isNarrow ? (
        <BenchTable numbers={numbers} now={now} current={current} onCurrent={onCurrent} />
      ) : (
        <ul className={classes.grid} aria-label={t('Phones at the counter')}>
          {places.map((number) =>
            numbers.includes(number) ? (
              <BenchCard key={number} number={number} now={now} current={number === current} onCurrent={onCurrent} />
            ) : (
              <li key={number} className={classes.free}>
                {t('Place {number, number} is free', { number })}
              </li>
            ),
          )}
        </ul>
      )}
    </div>
  );
}
