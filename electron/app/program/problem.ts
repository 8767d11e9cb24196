import { z } from 'zod';
import { InputError } from '../../../db/input.ts';
import { NativeError } from '../../../native/source.ts';

/** What a person is told when something cannot be done: plain words, one thing to do, details folded away. */
export const problemSchema = z.object({
  /** Stable, for scripts and tests: `unknown-phone`, `disk-full`, … */
  code: z.string(),
  message: z.string(),
  /** What to do next; empty where the message says it all. */
  steps: z.array(z.string()).readonly(),
  details: z.string().nullable(),
});
export type Problem = z.infer<typeof problemSchema>;

/** A request that cannot be met, with what to do about it. */
export class ApplicationError extends Error {
  override name = 'ApplicationError';
  readonly code: string;
  readonly steps: readonly string[];

  constructor(code: string, message: string, steps: readonly string[] = []) {
    super(message);
    this.code = code;
    this.steps = steps;
  }
}

const hasCode = (error: Error): error is Error & { code: string } => 'code' in error && typeof error.code === 'string';

/** Any thrown value as something a person can read; a stack is for the log alone ({@link faultOf}). */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApplicationError) {
    return { code: error.code, message: error.message, steps: error.steps, details: null };
  }
  if (error instanceof InputError) return { code: error.code, message: error.message, steps: [], details: null };
  if (error instanceof NativeError) {
    return { code: error.code, message: error.message, steps: error.remedy.steps, details: null };
  }
  if (error instanceof Error) {
    const code = hasCode(error) ? error.code : 'unexpected';
    return { code, message: error.message, steps: [], details: error.name };
  }
  return { code: 'unexpected', message: String(error), steps: [], details: null };
}

/** What the log keeps of a fault of the program, line by line; nothing where it is none. */
export function faultOf(error: unknown): string[] {
  if (error instanceof ApplicationError || error instanceof NativeError || error instanceof InputError) return [];
  return (error instanceof Error ? (error.stack ?? error.message) : String(error)).split('\n');
}
