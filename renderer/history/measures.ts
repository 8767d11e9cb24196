import { t } from '../language/words.ts';
import { numberText, sizeText } from '../parts/value-text.ts';
import type { TimelineVisit } from '../program/received.ts';

/** One thing that is followed from visit to visit. */
export interface Measure {
  id: string;
  title: string;
  /** null: the phone did not tell. */
  of: (visit: TimelineVisit) => number | null;
  format: (value: number) => string;
  /** Whether it is counted from nothing, and not measured. */
  counted: boolean;
}

const percent = (value: number): string => t('{value, number} %', { value });

/** What is followed, where any visit tells of it. */
export function measuresOf(visits: readonly TimelineVisit[]): Measure[] {
  const all: Measure[] = [
    { id: 'problems', title: t('Problems'), of: ({ problems }) => problems, format: numberText, counted: true },
    {
      id: 'battery',
      title: t('Battery health'),
      of: ({ measures }) => measures.batteryPercent,
      format: percent,
      counted: false,
    },
    {
      id: 'cycles',
      title: t('Charge cycles'),
      of: ({ measures }) => measures.batteryCycles,
      format: numberText,
      counted: false,
    },
    { id: 'free', title: t('Free room'), of: ({ measures }) => measures.freeBytes, format: sizeText, counted: false },
    {
      id: 'waiting',
      title: t('Waiting photos'),
      of: ({ measures }) => measures.waitingPhotos,
      format: numberText,
      counted: true,
    },
  ];
  return all.filter(({ of }) => visits.some((visit) => of(visit) !== null));
}
