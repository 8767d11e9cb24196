import { runCopyBench } from './copy.ts';
import { runReaderFuzz } from './fuzz-readers.ts';
import { runIphoneCopyBench } from './iphone-copy.ts';
import { runJudgeBench } from './judge.ts';
import { runKillBench } from './kill.ts';
import { runParseBench } from './parse.ts';
import { runScanBench } from './scan.ts';
import { runSoakBench } from './soak.ts';
import { runTickBench } from './tick.ts';

await runJudgeBench();
await runParseBench();
await runScanBench();
await runTickBench();
await runCopyBench();
await runIphoneCopyBench();
await runKillBench();
await runReaderFuzz();
await runSoakBench();
