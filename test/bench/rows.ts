import type { BenchRow } from './bench-row.ts';
import { androidScanChain, androidScanNarrow } from './rows/android-scan-chain.ts';
import { androidScanSlow } from './rows/android-scan-slow.ts';
import { firstVerdict } from './rows/first-verdict.ts';
import { bugReportMemory } from './rows/bug-report-memory.ts';
import { bugReportOpen } from './rows/bug-report-open.ts';
import { hostCpu } from './rows/host-cpu.ts';
import { iphoneCopy } from './rows/iphone-copy.ts';
import { iphoneListing } from './rows/iphone-listing.ts';
import { iphoneScan } from './rows/iphone-scan.ts';
import { judgeCold, judgeWarm } from './rows/judge.ts';
import { phonesAgainstAdb, phonesMemory, phonesTime } from './rows/phones.ts';
import { sixteenAgainstOne, sixteenPhones } from './rows/sixteen-phones.ts';
import { start } from './rows/start.ts';
import { windowPaint, windowScript, windowUsable } from './rows/window-paint.ts';

/** The rows of the table, in its order. */
export const rows: readonly BenchRow[] = [
  androidScanSlow,
  androidScanChain,
  androidScanNarrow,
  firstVerdict,
  sixteenPhones,
  sixteenAgainstOne,
  hostCpu,
  iphoneScan,
  iphoneListing,
  iphoneCopy,
  bugReportOpen,
  bugReportMemory,
  judgeCold,
  judgeWarm,
  phonesTime,
  phonesAgainstAdb,
  phonesMemory,
  start,
  windowPaint,
  windowUsable,
  windowScript,
];
