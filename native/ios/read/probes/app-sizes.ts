import { plistProbe } from '../probe-of.ts';
import { perApp } from './apps.ts';

/** Sizes of the apps, asked apart from the rest because iOS counts them for each question. */
export const appSizes = plistProbe({
  id: 'app-sizes',
  asked: 'scan',
  gives: { app: ['appBytes', 'dataBytes'] },
  command: (scope) => ['apps', 'sizes', ...scope.apps],
  read: (fields, so) =>
    perApp(so, (app) => ({
      appBytes: fields.inner(app).count('StaticDiskUsage'),
      dataBytes: fields.inner(app).count('DynamicDiskUsage'),
    })),
});
