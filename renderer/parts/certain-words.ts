import { t } from '../language/words.ts';

/** What nothing that is still read of a phone reverses. */
export const certainWords = (titles: readonly string[]): string =>
  t('Already certain: {findings}', { findings: titles.join(' · ') });
