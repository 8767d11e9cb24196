import { IconAlertTriangle, IconCheck, IconX } from '../parts/icons.tsx';
import { type ReactNode, useEffect, useRef } from 'react';
import type { ScanReport } from '../program/received.ts';
import { momentText } from '../parts/value-text.ts';
import classes from './report-view.module.css';
import { PhoneText } from '../parts/phone-text.tsx';

export type VerdictTone = 'bad' | 'warn' | 'good';

const icons = { bad: IconX, warn: IconAlertTriangle, good: IconCheck } satisfies Record<VerdictTone, unknown>;

interface VerdictProps {
  report: ScanReport;
  tone: VerdictTone;
  /** Where to go on from here. */
  children: ReactNode;
}

/** The diagnosis in one sentence, when it was read, and where to go on. */
export function Verdict({ report, tone, children }: VerdictProps) {
  const sentence = useRef<HTMLOutputElement>(null);
  const Icon = icons[tone];
  const { takenAt } = report.reading;
  // After a scan the reader continues with its result; not on arriving here from another screen, where the heading comes first.
  const shown = useRef(takenAt);
  useEffect(() => {
    if (shown.current === takenAt) return;
    shown.current = takenAt;
    if (document.activeElement === document.body) sentence.current?.focus();
  }, [takenAt]);
  return (
    <div className={classes.verdict}>
      <span className={classes.sign} data-tone={tone}>
        <Icon size={26} aria-hidden />
      </span>
      <div>
        <output ref={sentence} className={classes.sentence} tabIndex={-1}>
          <PhoneText>{report.verdict}</PhoneText>
        </output>
        <p className={classes.when}>
          Read <time dateTime={takenAt}>{momentText(takenAt)}</time>
          {report.timing.totalMs > 0 ? ` in ${(report.timing.totalMs / 1000).toFixed(1)} s` : ''}
        </p>
        <div className={classes.ways}>{children}</div>
      </div>
    </div>
  );
}
