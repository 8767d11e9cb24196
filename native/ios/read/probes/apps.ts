import type { Reading, ReadingValues } from '../../../reading.ts';
import { Unavailable } from '../../../unavailable.ts';
import type { PlistFields } from '../plist-fields.ts';
import { plistProbe } from '../probe-of.ts';

type AppValues = NonNullable<ReadingValues['apps']>[string];

/** One value for each app the scan is about. */
export const perApp = (so: Reading, values: (app: string) => AppValues): ReadingValues => ({
  apps: Object.fromEntries(Object.keys(so.apps).map((app) => [app, values(app)])),
});

/** An app without a UIBackgroundModes declares none. */
const declared = (fields: PlistFields): AppValues => ({
  version: fields.has('CFBundleShortVersionString')
    ? fields.text('CFBundleShortVersionString')
    : fields.text('CFBundleVersion'),
  backgroundModes: fields.has('UIBackgroundModes') ? fields.texts('UIBackgroundModes') : [],
});

function valuesOf(fields: PlistFields, app: string): AppValues {
  if (!fields.has(app)) return { installed: false };
  const info = fields.dictionary(app);
  if (info instanceof Unavailable) return { installed: info, version: info, backgroundModes: info };
  return { installed: true, ...declared(info) };
}

/** installation_proxy's Lookup: an app that is not installed is not in the answer. Keys of Info.plist, iOS 11 to 26. */
export const apps = plistProbe({
  id: 'apps',
  asked: 'scan',
  gives: { app: ['installed', 'version', 'backgroundModes'] },
  command: (scope) => ['apps', 'lookup', ...scope.apps],
  read: (fields, so) => perApp(so, (app) => valuesOf(fields, app)),
});
