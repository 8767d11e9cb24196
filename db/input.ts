import type { z } from 'zod';

/** What somebody has said cannot be kept: it is too long, too much, or not of its form. Nothing was kept. */
export class InputError extends Error {
  override name = 'InputError';
  readonly code = 'bad-argument';
}

type Issue = z.core.$ZodIssue;

/** Of several forms that something may have, each has its own reasons. */
const reasonsOf = (issue: Issue): Issue[] =>
  issue.code === 'invalid_union'
    ? issue.errors.flat().flatMap((one) => reasonsOf({ ...one, path: [...issue.path, ...one.path] }))
    : [issue];

/** Throws `InputError`, which names what is wrong as its field is called. */
export function checkedInput<Output>(schema: z.ZodType<Output>, input: unknown): Output {
  const { success, data, error } = schema.safeParse(input);
  if (success) return data;
  const reasons = error.issues.flatMap(reasonsOf);
  const tooBig = reasons.find((reason) => reason.code === 'too_big');
  const named = tooBig ?? reasons[0];
  const field = named?.path.filter((part) => typeof part === 'string').join(' ') ?? '';
  if (tooBig === undefined) throw new InputError(`"${field}" is not as it must be. Nothing was kept.`);
  throw new InputError(
    tooBig.origin === 'array'
      ? `There may be at most ${tooBig.maximum} ${field}. Nothing was kept.`
      : `"${field}" may have at most ${tooBig.maximum} characters. Nothing was kept.`,
  );
}
