import { isKnown, type AppReading, type Leaf } from '../../native/reading.ts';

/** Leaves that an app has only where it is there: whole lists speak of every other app too, by not naming it. */
const provesPresence = ['uid', 'version', 'enabledState', 'bucket', 'mediaAccess', 'sentInBackground'] as const;

/** null: whether the app is on this phone was not read. */
export function isPresent(app: AppReading): boolean | null {
  if (isKnown(app.installed)) return app.installed.value;
  const leaves: Record<string, Leaf<unknown> | undefined> = app;
  if (provesPresence.some((name) => isKnown(leaves[name]))) return true;
  if (isKnown(app.exempt) && app.exempt.value) return true;
  if (isKnown(app.jobsRestricted) && app.jobsRestricted.value) return true;
  return isKnown(app.jobs) && app.jobs.value.length > 0 ? true : null;
}

/** The phone has archived the app: it is not there, and comes back by a tap on its icon. */
export const isArchived = ({ archived }: AppReading): boolean => isKnown(archived) && archived.value;

/** Whether anything at all was read of an app. */
export const isSpokenOf = (app: AppReading): boolean =>
  Object.values(app as Record<string, Leaf<unknown> | undefined>).some(isKnown);
