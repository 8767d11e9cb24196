import type { BenchRow } from './bench-row.ts';
import { androidScanChain, androidScanNarrow } from './rows/android-scan-chain.ts';
import { androidScanSlow } from './rows/android-scan-slow.ts';
import { iphoneCopy } from './rows/iphone-copy.ts';
import { iphoneListing } from './rows/iphone-listing.ts';
import { iphoneScan } from './rows/iphone-scan.ts';

/** The rows of the table, in its order. */
export const rows: readonly BenchRow[] = [
  androidScanSlow,
  androidScanChain,
  androidScanNarrow,
  iphoneScan,
  iphoneListing,
  iphoneCopy,
];
