import { z } from 'zod';
import type { ReadingValues } from '../../../reading.ts';
import { unavailable } from '../../../unavailable.ts';
import { jsonProbe } from '../probe-of.ts';
import { perApp } from './apps.ts';

/** One line of TCC.db: 0 denied, 1 unknown, 2 allowed, 3 limited. */
export const permissionRowSchema = z.object({ service: z.string(), client: z.string(), value: z.int() });
export type PermissionRow = z.infer<typeof permissionRowSchema>;

const photos = 'kTCCServicePhotos';
const access = { 0: 'none', 2: 'full', 3: 'partial' } as const;

type MediaAccess = NonNullable<NonNullable<ReadingValues['apps']>[string]['mediaAccess']>;

function accessOf(rows: readonly PermissionRow[], app: string): MediaAccess {
  const row = rows.find(({ service, client }) => service === photos && client === app);
  if (row === undefined) return unavailable('missing', 'The app never asked for the photos when the backup was made.');
  const { value } = row;
  if (value === 0 || value === 2 || value === 3) return access[value];
  return unavailable('unparsed', `The permission is ${value}, which is not known.`);
}

/** Access to the photos per app, from the TCC.db of a local backup. An app without a line was never asked: not a refusal. */
export const backupPermissions = jsonProbe({
  id: 'backup-permissions',
  asked: 'file',
  gives: { app: ['mediaAccess'] },
  command: () => ['backup', 'HomeDomain', 'Library/TCC/TCC.db'],
  schema: z.array(permissionRowSchema),
  read: (rows, so) => perApp(so, (app) => ({ mediaAccess: accessOf(rows, app) })),
});
