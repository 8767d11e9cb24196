import type { Answer } from '../../../capture.ts';
import type { AppProbe, Parsed, PhoneProbe } from '../../../probe.ts';
import type { Reading } from '../../../reading.ts';
import { unavailable } from '../../../unavailable.ts';
import { launcherOf } from '../../reach/launcher.ts';
import { parsePackageDump } from '../package-dump.ts';
import { packageLeaves, packageValues, wholePackageValues } from '../package-reading.ts';

function parseOne(text: string, app: string, so: Reading, answer: Answer): Parsed {
  const dump = parsePackageDump(text, new Set([app]));
  // A phone that says how its command ended has said everything; of a file, only what something follows is whole.
  const block = dump.packages.get(app);
  if (block !== undefined && answer.exitCode === 0) {
    block.ended = true;
    block.saidWhole = true;
  }
  const launcher = launcherOf(text, app) ?? unavailable('missing', 'The package dump names no screen to open.');
  return {
    values: { apps: { [app]: { ...packageValues(dump, app, so), launcher } } },
    unknownLines: dump.unknownLines,
  };
}

function parseAll(text: string, so: Reading): Parsed {
  const apps = Object.keys(so.apps);
  const dump = parsePackageDump(text, new Set(apps));
  const values = { apps: Object.fromEntries(apps.map((app) => [app, wholePackageValues(dump, app, so)])) };
  return { values, unknownLines: dump.unknownLines };
}

/** What the package manager knows about one app; the form is described in `package-dump.ts`. */
export const packageProbe: AppProbe = {
  id: 'package',
  platform: 'android',
  per: 'app',
  asked: 'scan',
  alsoKept: true,
  gives: { app: [...packageLeaves, 'launcher'] },
  command: (_scope, app) => ['dumpsys', 'package', app],
  parse: parseOne,
};

/** The same of all packages in one dump, as a bug report holds it: too long (1 to 3 MB) to ask for. */
export const packageDumpProbe: PhoneProbe = {
  id: 'package-dump',
  platform: 'android',
  per: 'phone',
  asked: 'file',
  gives: { app: packageLeaves },
  command: () => ['dumpsys', 'package'],
  parse: parseAll,
};
