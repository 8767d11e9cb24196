import { z } from 'zod';
import type { Reading } from '../../native/reading.ts';
import type { Catalog } from '../load/catalog.ts';
import { appValues, phoneValues } from '../load/conditions.ts';
import { backupAppOf } from './judge.ts';
import { sayAbout } from './offers.ts';
import { appName } from './verdict.ts';

/** A second way for the newest photos, as long as the first is being repaired. */
export const alternativePathSchema = z.object({
  id: z.string(),
  title: z.string(),
  steps: z.array(z.string()),
  /** What must not be done meanwhile. */
  caution: z.string(),
  /** What is said when the app works again. */
  switchBack: z.string(),
  /** What is said where both ways are in use. */
  duplicateWarning: z.string(),
  lastVerified: z.string(),
  source: z.string(),
});
export type AlternativePath = z.infer<typeof alternativePathSchema>;

/** The second way for an app of a phone: the app's own, else the general one. */
export function alternativePath(catalog: Catalog, reading: Reading, app: string): AlternativePath {
  const name = appName(catalog, app);
  // Whatever it is called in this language.
  const known = backupAppOf(catalog, app)?.name ?? app;
  const entry = catalog.alternatives.find(
    ({ apps, platforms }) => platforms.includes(reading.platform) && (apps === undefined || apps.includes(known)),
  );
  // The last one fits every app; the catalog is not loaded without it.
  if (entry === undefined) throw new RangeError('No second way fits.');
  const about = { backup: backupAppOf(catalog, app), before: undefined };
  const values = appValues(phoneValues(reading), reading.apps[app] ?? {}, about);
  const say = sayAbout(catalog, { reading, app, name }, values);
  const { id, text, lastVerified, source } = entry;
  return {
    id,
    title: say(text.title),
    steps: text.steps.map(say),
    caution: say(catalog.sentences['alternative-caution']),
    switchBack: say(catalog.sentences['alternative-switch-back']),
    duplicateWarning: say(catalog.sentences['alternative-duplicate']),
    lastVerified,
    source,
  };
}
