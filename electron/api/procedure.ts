import { initTRPC, TRPCError } from '@trpc/server';
import { z } from 'zod';
import type { Application } from '../app/application.ts';
import { questionSchema } from '../app/actions/question.ts';
import { problemOf, type Problem } from '../app/program/problem.ts';

const t = initTRPC.context<{ app: Application }>().create({
  /** Every error reaches the window as a {@link Problem}: plain words, a stable code, what to do; never a stack. */
  errorFormatter: ({ shape, error, ctx }) => {
    const problem: Problem = problemOf(error.cause ?? error);
    ctx?.app.keepFault(error.cause ?? error);
    return { ...shape, message: problem.message, data: { problem } };
  },
});

export const phoneId = z.string().min(1).max(200);
export const rowId = z.string().regex(/^\d{1,15}$/, 'must be a number');
/** Questions about a correction that were said yes to. */
export const agreed = z.array(questionSchema).max(100).optional();
export const label = z.string().trim().max(100);

/** Wraps what the application throws, so that the formatter sees the original error. */
export const procedure = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (!result.ok && result.error.cause === undefined) {
    throw new TRPCError({ code: result.error.code, message: result.error.message });
  }
  return result;
});

export const router = t.router;
export const mergeRouters = t.mergeRouters;
