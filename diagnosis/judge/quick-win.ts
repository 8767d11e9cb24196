import type { Reading } from '../../native/reading.ts';
import type { Catalog } from '../load/catalog.ts';
import { appValues, phoneValues } from '../load/conditions.ts';
import type { OfferedCorrection } from '../finding.ts';
import { backupAppOf } from './judge.ts';
import { evaluate, sayAbout, stepsOnly } from './offers.ts';
import { appName } from './verdict.ts';

/**
 * What is tried before all else: the backup of an app off, half a minute (`wait`), on again, and a restart. For any app on any phone,
 * whatever was found.
 */
export function quickWin(catalog: Catalog, reading: Reading, app: string): OfferedCorrection {
  const about = { backup: backupAppOf(catalog, app), before: undefined };
  const values = appValues(phoneValues(reading), reading.apps[app] ?? {}, about);
  const entry = catalog.quickWins.find(({ when }) => evaluate(when, values, true) === true);
  // The last one fits every app; the catalog is not loaded without it.
  if (entry === undefined) throw new RangeError('No quick win fits.');
  const say = sayAbout(catalog, { reading, app, name: appName(catalog, app) }, values);
  const { id, text, wait, needsCopy, lastVerified, source } = entry;
  return {
    ...stepsOnly,
    id,
    title: say(text.title),
    steps: text.steps.map(say),
    needsCopy,
    caution: say(text.caution),
    afterwards: say(text.afterwards),
    wait,
    lastVerified,
    source,
  };
}
