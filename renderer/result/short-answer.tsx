import { t } from '../language/words.ts';
import type { ReactNode } from 'react';
import { IconAlertTriangle, IconCheck, IconHistory, IconX } from '../parts/icons.tsx';
import { PhoneText } from '../parts/phone-text.tsx';
import { useOutcomeFocus } from '../parts/takes-focus.ts';
import { dayText, sinceTodayText } from '../parts/value-text.ts';
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
  /** What has come of something on this screen, where the reader continues here; null: nothing has. */
  outcome: string | null;
  /** Whether a certificate below says how it is known that photos leave. */
  isCertified: boolean;
  /** Where to go on from here. */
  children: ReactNode;
}

/** The app, the diagnosis in one line and one sentence, when it was read, and where to go on. */
export function ShortAnswer({ report, phoneId, outcome, isCertified, children }: ShortAnswerProps) {
  const { headline, sentence, tone } = report.answer;
  const Icon = icons[tone];
  const { takenAt } = report.reading;
  const line = useOutcomeFocus<HTMLOutputElement>(outcome);
  return (
    <div className={classes.answer}>
      <span className={classes.sign} data-tone={tone}>
        <Icon size={26} aria-hidden />
      </span>
      <div className={classes.words}>
        <div className={classes.about}>
          <ChosenApp report={report} phoneId={phoneId} />
          <time dateTime={takenAt} title={dayText(takenAt)}>
            {t('Read {time}', { time: sinceTodayText(takenAt) })}
          </time>
        </div>
        <output ref={line} className={classes.headline} tabIndex={-1}>
          <PhoneText>{headline}</PhoneText>
        </output>
        {sentence === '' || isCertified ? null : (
          <p className={classes.sentence}>
            <PhoneText>{sentence}</PhoneText>
          </p>
        )}
        {children}
      </div>
    </div>
  );
}
