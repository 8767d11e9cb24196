import { runJudgeBench } from './judge.ts';
import { runScanBench } from './scan.ts';

await runJudgeBench();
await runScanBench();
