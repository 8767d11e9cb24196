import { diagnosis } from './diagnosis.ts';
import type { ReportKind } from './kind.ts';
import type { ReportKindId } from './report.ts';

/** Every kind of report. A new one needs its id in `report.ts` and a line here. */
export const reportKinds: Record<ReportKindId, ReportKind> = { diagnosis };
