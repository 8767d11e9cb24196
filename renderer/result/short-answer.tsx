import { type ReactNode, useEffect, useRef } from 'react';
import { IconAlertTriangle, IconCheck, IconHistory, IconX } from '../parts/icons.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { dayText, timeText } from '../parts/value-text.ts';
import { usePhoneWork } from '../program/program.tsx';
import type { ScanReport } from '../program/received.ts';
import { ChosenApp } from './chosen-app.tsx';
import classes from './report-view.module.css';

type Tone = ScanReport['answer']['tone'];

const icons = { bad: IconX, warn: IconAlertTriangle, good: IconCheck, waits: IconHistory } satisfies Record<
  Tone,
  unknown
>;

interface ShortAnswerProps {
  report: ScanReport;
  /** null for a kept snapshot, which is only looked at. */
  phoneId: string | null;
  /** Where to go on from here. */
  children: ReactNode;
}

/** The app, the diagnosis in one line and one sentence, when it was read, and where to go on. */
export function ShortAnswer({ report, phoneId, children }: ShortAnswerProps) {
  const line = useRef<HTMLOutputElement>(null);
  const { ends } = usePhoneWork(phoneId ?? '');
  const { headline, sentence, tone } = report.answer;
  const Icon = icons[tone];
  const { takenAt } = report.reading;
  const corrected = Object.keys(ends).length > 0;
  // After a scan the reader continues with its result; not on arriving here from another screen, where the heading comes first, and not
  // after a correction, which has an outcome of its own.
  const shown = useRef(takenAt);
  useEffect(() => {
    if (shown.current === takenAt) return;
    shown.current = takenAt;
    if (!corrected && document.activeElement === document.body) line.current?.focus();
  }, [takenAt, corrected]);
  return (
    <div className={classes.answer}>
      <span className={classes.sign} data-tone={tone}>
        <Icon size={26} aria-hidden />
      </span>
      <div className={classes.words}>
        <ChosenApp report={report} phoneId={phoneId} />
        <output ref={line} className={classes.headline} tabIndex={-1}>
          <PhoneText>{headline}</PhoneText>
        </output>
        <p className={classes.sentence}>
          <PhoneText>{sentence}</PhoneText>{' '}
          <time dateTime={takenAt} title={dayText(takenAt)}>
            Read {timeText(takenAt)}
          </time>
        </p>
        {children}
      </div>
    </div>
  );
}
