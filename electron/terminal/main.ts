import { runHere } from './run-here.ts';

await runHere();
