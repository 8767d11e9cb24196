import { beforeAfter } from './before-after.ts';
import { certificate } from './certificate.ts';
import { diagnosis } from './diagnosis.ts';
import { label } from './label.ts';
import type { ReportKind } from './kind.ts';
import type { ReportKindId } from './report.ts';

/** Every kind of report. A new one needs its id in `report.ts` and a line here. */
export const reportKinds: Record<ReportKindId, ReportKind> = {
  diagnosis,
  'before-after': beforeAfter,
  certificate,
  label,
};
