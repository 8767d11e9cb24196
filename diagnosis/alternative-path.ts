import type { Platform } from '../native/phone.ts';
import { sayOfApp } from './app-words.ts';
import type { Catalog } from './catalog.ts';
import { appName } from './verdict.ts';

/** A second way for the newest photos, as long as the first is being repaired. */
export interface AlternativePath {
  id: string;
  title: string;
  steps: readonly string[];
  /** What must not be done meanwhile. */
  caution: string;
  /** What is said when the app works again. */
  switchBack: string;
  /** What is said where both ways are in use. */
  duplicateWarning: string;
  lastVerified: string;
  source: string;
}

/** The second way for an app on phones of a platform: the app's own, else the general one. */
export function alternativePath(catalog: Catalog, platform: Platform, app: string): AlternativePath {
  const name = appName(catalog, app);
  const entry = catalog.alternatives.find(
    ({ apps, platforms }) => platforms.includes(platform) && (apps === undefined || apps.includes(name)),
  );
  // The last one fits every app; the catalog is not loaded without it.
  if (entry === undefined) throw new RangeError('No second way fits.');
  const say = sayOfApp(catalog, app, name);
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
