import { z } from 'zod';

/** A column that holds JSON text; the row's schema gives the value in it. */
export const jsonColumn = <T extends z.ZodType>(value: T) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(value);
