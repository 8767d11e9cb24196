import { beforeAfter } from './before-after.ts';
import { certificate } from './certificate.ts';
import { checklist } from './checklist.ts';
import { diagnosis } from './diagnosis.ts';
import type { ReportKindId } from './formats.ts';
import { label } from './label.ts';
import type { ReportKind } from './kind.ts';
import { support } from './support.ts';

/** Every kind of report. A new one needs its id in `formats.ts` and a line here. */
export const reportKinds: Record<ReportKindId, ReportKind> = {
  diagnosis,
  support,
  checklist,
  'before-after': beforeAfter,
  certificate,
  label,
};
