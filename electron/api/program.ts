import { z } from 'zod';
import { nearestLanguage } from '../app/program/language.ts';
import { procedure, router } from './procedure.ts';

export const programApi = router({
  /** What this program is: version, catalog, data folder. */
  about: procedure.query(({ ctx }) => ctx.app.about()),
  /** The languages that everything is said in (BCP 47), English among them. */
  languages: procedure.query(({ ctx }) => ctx.app.languages()),
  /**
   * From now on this window is told everything in a language (BCP 47), and in English where there is none like it; what was said already
   * stays as it was said until it is asked for again. Gives the language that is spoken.
   */
  speak: procedure.input(z.object({ language: z.string().min(1).max(35) })).mutation(({ ctx, input }) => {
    const language = nearestLanguage(input.language);
    if (ctx.speech !== undefined) ctx.speech.language = language;
    return { language };
  }),
});
