import { createHash } from 'node:crypto';
import { answerLines, failLine, type SampleAnswer } from './answer.ts';
import type { SampleState } from './state.ts';

/** The kernel's name for this start: another one after each. */
function bootId({ serial, build, restarts }: SampleState): string {
  const hash = createHash('sha256').update(`${serial} ${build.model} ${restarts}`).digest('hex');
  return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join('-');
}

/** `cat`, of the one file that is not on the phone's storage. */
export function cat(state: SampleState, args: readonly string[]): SampleAnswer {
  const [path = ''] = args;
  if (path === '/proc/sys/kernel/random/boot_id') return answerLines([bootId(state)]);
  return failLine(`cat: ${path}: No such file or directory`, 1);
}
