import { z } from 'zod';
import type { Parsed, PhoneProbe } from '../../../probe.ts';
import type { Reading, ReadingValues } from '../../../reading.ts';
import { type Unavailable, unavailable } from '../../../unavailable.ts';
import { appIdOfUid, readUser, uidOf } from '../uid.ts';

/**
 * `packages.json` of AndroidQF (github.com/mvt-project/androidqf, adb/packages.go): an array of `{ name, files, installer, uid, … }`. The
 * names come from `pm list packages -U -u -i`, so they hold what was removed and kept as well; the files of a package from `pm path`, which
 * knows only what is installed for user 0.
 */
const packagesSchema = z.array(
  z.object({ name: z.string(), uid: z.int().nonnegative(), files: z.array(z.unknown()).nullable() }),
);

/** The barest Android 8 has some eighty. */
const fewestPackages = 50;

type Packages = z.infer<typeof packagesSchema>;

function packagesIn(text: string): Packages | Unavailable {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return unavailable('truncated', 'The list of packages is not whole.');
  }
  const read = packagesSchema.safeParse(json);
  return read.success ? read.data : unavailable('unparsed', 'The file is no list of packages.');
}

function parse(text: string, so: Reading): Parsed {
  const list = packagesIn(text);
  const apps: NonNullable<ReadingValues['apps']> = {};
  for (const app of Object.keys(so.apps)) {
    if (!Array.isArray(list)) {
      apps[app] = { installed: list, uid: list };
      continue;
    }
    const own = list.find(({ name }) => name === app);
    const isThere = own !== undefined && (own.files?.length ?? 0) > 0 && readUser(so) === 0;
    // Every phone has the package `android`, and far more than these: a list without was picked out.
    const isWhole = list.length >= fewestPackages && list.some(({ name }) => name === 'android');
    const why =
      own === undefined
        ? unavailable('truncated', 'The list of packages is not complete.')
        : unavailable('missing', 'The list also names what is not installed for the user in the foreground.');
    apps[app] =
      own !== undefined && isThere
        ? { installed: true, uid: uidOf(0, appIdOfUid(own.uid)) }
        : own === undefined && isWhole
          ? { installed: false, uid: unavailable('missing', 'The app is not installed.') }
          : { installed: why, uid: why };
  }
  return {
    values: { apps },
    unknownLines: 0,
  };
}

/** Which backup apps there are, by a file of AndroidQF. */
export const androidqfPackages: PhoneProbe = {
  id: 'androidqf-packages',
  platform: 'android',
  per: 'phone',
  asked: 'file',
  gives: { app: ['installed', 'uid'] },
  command: () => ['androidqf', 'packages.json'],
  parse,
};
