import { initTRPC, TRPCError } from '@trpc/server';
import { z } from 'zod';
import type { Application } from '../app/application.ts';
import { atWork, eachAtWork, type Work } from '../app/program/at-work.ts';
import { questionSchema } from '../app/actions/question.ts';
import { canonicalLanguage, eachInLanguage, inLanguage, type Speech } from '../app/program/language.ts';
import { problemOf, type Problem } from '../app/program/problem.ts';

/** Of the window that asks: `speech` is changed by `speak`, left out: English; `work` by `tickets.atWork`, left out: nobody. */
export interface Context {
  app: Application;
  speech?: Speech | undefined;
  work?: Work | undefined;
}

const languageOf = ({ speech }: Context): string => speech?.language ?? canonicalLanguage;

const t = initTRPC.context<Context>().create({
  /** Every error reaches the window as a {@link Problem}: plain words, a stable code, what to do; never a stack. */
  errorFormatter: ({ shape, error, ctx }) => {
    const plain: Problem = problemOf(error.cause ?? error);
    const problem = ctx === undefined ? plain : ctx.app.said(plain, languageOf(ctx));
    ctx?.app.keepFault(error.cause ?? error);
    return { ...shape, message: problem.message, data: { problem } };
  },
});

export const phoneId = z.string().min(1).max(200);
export const rowId = z.string().regex(/^\d{1,15}$/, 'must be a number');
/** Questions about a correction that were said yes to. */
export const agreed = z.array(questionSchema).max(100).optional();
export const label = z.string().trim().max(100);

const isStream = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/**
 * Answers in the language that the window is spoken to in, and wraps what the application throws, so that the formatter sees the
 * original error.
 */
export const procedure = t.procedure.use(async ({ next, ctx }) => {
  const language = () => languageOf(ctx);
  const said = <T>(value: T): T => ctx.app.said(value, language());
  const technician = () => ctx.work?.technician ?? '';
  const result = await inLanguage(language(), () => atWork(technician(), () => next()));
  if (result.ok) {
    const { data } = result;
    return {
      ...result,
      data: isStream(data) ? eachInLanguage(language, eachAtWork(technician, data), said) : said(data),
    };
  }
  if (result.error.cause === undefined) {
    throw new TRPCError({ code: result.error.code, message: result.error.message });
  }
  return result;
});

export const router = t.router;
export const mergeRouters = t.mergeRouters;
