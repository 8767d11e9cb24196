import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconHandStop,
  IconMinus,
  IconHelpCircle,
  IconHistory,
} from './icons.tsx';
import { VisuallyHidden } from '@mantine/core';
import type { Status } from '../program/received.ts';
import { standingWords } from './words.ts';
import classes from './status-sign.module.css';

const icons = {
  problem: IconCircleXFilled,
  possible: IconAlertTriangleFilled,
  ok: IconCircleCheckFilled,
  unknown: IconHelpCircle,
  manual: IconHandStop,
  'not-applicable': IconMinus,
} satisfies Record<Status, unknown>;

interface StatusSignProps {
  status: Status;
  /** It was read, and is known after the next photo. */
  settling?: boolean;
  size?: number;
}

/** The status of a finding as a sign, with its word for those who do not see it. */
export function StatusSign({ status, settling = false, size = 22 }: StatusSignProps) {
  const Icon = settling ? IconHistory : icons[status];
  return (
    <span className={classes.sign} data-status={status}>
      <Icon size={size} aria-hidden />
      <VisuallyHidden>{standingWords({ status, settling })}: </VisuallyHidden>
    </span>
  );
}
