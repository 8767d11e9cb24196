import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconFlask, IconInfoCircle } from './icons.tsx';
import type { ReactNode } from 'react';
import classes from './notice.module.css';

export type Tone = 'bad' | 'warn' | 'good' | 'calm' | 'sample';

const icons = {
  bad: IconCircleX,
  warn: IconAlertTriangle,
  good: IconCircleCheck,
  calm: IconInfoCircle,
  sample: IconFlask,
} satisfies Record<Tone, unknown>;

interface NoticeProps {
  tone: Tone;
  title: ReactNode;
  children?: ReactNode;
  /** Whether a screen reader says it when it appears. */
  live?: 'polite' | 'assertive' | 'off';
}

/** A sentence that stands out, with its tone in colour, sign and words. */
export function Notice({ tone, title, children, live = 'off' }: NoticeProps) {
  const Icon = icons[tone];
  const role = live === 'assertive' ? 'alert' : live === 'polite' ? 'status' : undefined;
  return (
    <div className={classes.notice} data-tone={tone} role={role}>
      <span className={classes.icon}>
        <Icon size={20} aria-hidden />
      </span>
      <div className={classes.title}>{title}</div>
      <div className={classes.body}>{children}</div>
    </div>
  );
}
