import { runCopyBench } from './copy.ts';
import { runJudgeBench } from './judge.ts';
import { runParseBench } from './parse.ts';
import { runScanBench } from './scan.ts';

await runJudgeBench();
await runParseBench();
await runScanBench();
await runCopyBench();
