import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { shortDayText, timeText } from '../parts/value-text.ts';

export interface ChartPoint {
  /** ISO 8601. */
  at: string;
  value: number;
}

interface LineChartProps {
  /** In the order of time, two or more. */
  points: readonly ChartPoint[];
  format: (value: number) => string;
  height: number;
  /** What is counted begins at nothing; what is measured where its values lie. */
  fromZero: boolean;
}

const dayMs = 86_400_000;
/** Whole steps only, from one photo to terabytes. */
const steps = Array.from({ length: 13 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat();

/** A line from visit to visit. It is drawn, so it says nothing to a screen reader: the table beside it says the same. */
export function LineChart(props: LineChartProps) {
  // Its colours are drawn, and do not follow by themselves.
  return <Drawing key={useComputedColorScheme('light')} {...props} />;
}

function Drawing({ points, format, height, fromZero }: LineChartProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const style = getComputedStyle(element);
    const colour = (name: string): string => style.getPropertyValue(name);
    const [first, last] = [points[0], points.at(-1)];
    const span = first === undefined || last === undefined ? 0 : Date.parse(last.at) - Date.parse(first.at);
    const when = (seconds: number): string => {
      const at = new Date(seconds * 1000).toISOString();
      return span < dayMs ? timeText(at) : shortDayText(at);
    };
    const axis = { stroke: colour('--mantine-color-dimmed'), font: `11px ${style.fontFamily}`, ticks: { show: false } };
    const chart = new UPlot(
      {
        width: element.clientWidth,
        height,
        padding: [10, 14, 0, 0],
        cursor: { show: false },
        legend: { show: false },
        scales: fromZero ? { y: { range: (_, __, most) => [0, Math.max(1, most)] } } : {},
        series: [
          {},
          {
            stroke: colour('--mantine-primary-color-filled'),
            width: 2,
            points: { show: true, size: 6, fill: colour('--mantine-primary-color-filled') },
          },
        ],
        axes: [
          { ...axis, space: 80, size: 24, gap: 4, grid: { show: false }, values: (_, splits) => splits.map(when) },
          {
            ...axis,
            space: 30,
            size: 58,
            grid: { stroke: colour('--window-line'), width: 1 },
            // What is counted has no halves.
            incrs: steps,
            values: (_, splits) => splits.map(format),
          },
        ],
      },
      [points.map(({ at }) => Date.parse(at) / 1000), points.map(({ value }) => value)],
      element,
    );
    const follow = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height }));
    follow.observe(element);
    return () => {
      follow.disconnect();
      chart.destroy();
    };
  }, [points, format, height, fromZero]);
  return <div ref={place} aria-hidden style={{ height, overflow: 'hidden' }} />;
}
