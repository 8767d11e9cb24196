import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconHandStop,
  IconMinus,
  IconHelpCircle,
} from './icons.tsx';
import { VisuallyHidden } from '@mantine/core';
import type { Status } from '../program/received.ts';
import { statusWords } from './words.ts';
import classes from './status-sign.module.css';

const icons = {
  problem: IconCircleXFilled,
  possible: IconAlertTriangleFilled,
  ok: IconCircleCheckFilled,
  unknown: IconHelpCircle,
  manual: IconHandStop,
  'not-applicable': IconMinus,
} satisfies Record<Status, unknown>;

/** The status of a finding as a sign, with its word for those who do not see it. */
export function StatusSign({ status, size = 22 }: { status: Status; size?: number }) {
  const Icon = icons[status];
  return (
    <span className={classes.sign} data-status={status}>
      <Icon size={size} aria-hidden />
      <VisuallyHidden>{statusWords[status]}: </VisuallyHidden>
    </span>
  );
}
