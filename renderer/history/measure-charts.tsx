import { lazy, Suspense, useMemo } from 'react';
import { t } from '../language/words.ts';
import { dateOnlyText } from '../parts/value-text.ts';
import type { TimelineVisit } from '../program/received.ts';
import classes from './history.module.css';
import type { ChartPoint } from './line-chart.tsx';
import { type Measure, measuresOf } from './measures.ts';

/** The drawing is no part of the first screen. */
const LineChart = lazy(async () => ({ default: (await import('./line-chart.tsx')).LineChart }));

const height = 140;

/** What has changed from visit to visit, drawn; the table of visits says the same. */
export function MeasureCharts({ visits }: { visits: readonly TimelineVisit[] }) {
  const measures = useMemo(() => measuresOf(visits), [visits]);
  return (
    <div className={classes.charts} data-screen-only>
      {measures.map((measure) => (
        <MeasureChart key={measure.id} measure={measure} visits={visits} />
      ))}
    </div>
  );
}

function MeasureChart({
  measure: { id, title, of, format, counted },
  visits,
}: {
  measure: Measure;
  visits: readonly TimelineVisit[];
}) {
  const points = useMemo(
    () =>
      visits
        .flatMap((visit): ChartPoint[] => {
          const value = of(visit);
          return value === null ? [] : [{ at: visit.to, value }];
        })
        .toSorted((a, b) => a.at.localeCompare(b.at)),
    [visits, of],
  );
  const [first, last] = [points[0], points.at(-1)];
  // One point is no line.
  if (first === undefined || last === undefined || points.length < 2) return null;
  const isPresent = visits.every((visit) => visit.to <= last.at);
  return (
    <figure className={classes.chart} data-measure={id}>
      <figcaption className={classes.chartTitle}>
        <span>{title}</span>
        <strong>{format(last.value)}</strong>
        {isPresent ? null : <span className={classes.when}>{t('on {day}', { day: dateOnlyText(last.at) })}</span>}
        <span className={classes.since}>
          {first.value === last.value
            ? t('as on {day}', { day: dateOnlyText(first.at) })
            : t('{value} on {day}', { value: format(first.value), day: dateOnlyText(first.at) })}
        </span>
      </figcaption>
      <Suspense fallback={<div style={{ height }} />}>
        <LineChart points={points} format={format} height={height} fromZero={counted} />
      </Suspense>
    </figure>
  );
}
