import { t } from '../language/words.ts';
import { VisuallyHidden } from '@mantine/core';
import type { WatchDay } from '../program/received.ts';
import classes from './watch.module.css';

const heights = { good: 40, bad: 40, unknown: 16, none: 4 } satisfies Record<WatchDay['outcome'], number>;
const dayWords = (): Record<WatchDay['outcome'], string> => ({
  good: t('photos left the phone'),
  bad: t('photos stayed on the phone'),
  unknown: t('nothing was proven'),
  none: t('nobody looked'),
});

const width = 36;
const base = 52;

/** One bar for each day of a plan; the table beside it says the same in words. */
export function WatchChart({ days, planned }: { days: readonly WatchDay[]; planned: number }) {
  const words = days.map(({ day, outcome }) => `${day}: ${dayWords()[outcome]}`).join('; ');
  return (
    <figure className={classes.figure}>
      <VisuallyHidden component="figcaption">{t('The days of the plan. {days}', { days: words })}</VisuallyHidden>
      <svg
        className={classes.chart}
        viewBox={`0 0 ${planned * width} ${base + 18}`}
        style={{ maxWidth: `${planned * width * 1.5}px` }}
        aria-hidden
      >
        <line x1={0} x2={planned * width} y1={base} y2={base} className={classes.line} />
        {days.map(({ day, outcome }, index) => (
          <g key={day} data-outcome={outcome} className={classes.bar}>
            {outcome === 'bad' ? (
              <path d={`M${index * width + 8} ${base - 30} l20 20 m0 -20 l-20 20`} className={classes.cross} />
            ) : (
              <rect
                x={index * width + 6}
                y={base - heights[outcome]}
                width={width - 12}
                height={heights[outcome]}
                rx={3}
              />
            )}
            <text x={index * width + width / 2} y={base + 14} textAnchor="middle">
              {day.slice(8)}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  );
}
