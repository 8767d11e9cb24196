// `npm run package:start -- [--platform …] [--arch …]`: starts the binary that `npm run package` has left in dist/, on the system that it is for.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { binaryIn, productName } from './configuration.ts';
import { made, root } from './project.ts';
import { troublesOfBinary } from './start.ts';
import { targetName, targets, unpackedFolder } from './targets.ts';

/** EX_UNAVAILABLE of sysexits.h: what could not be started is not said to be right. */
const unavailable = 69;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const { values } = parseArgs({
  options: {
    platform: { type: 'string', default: process.platform },
    arch: { type: 'string', default: process.arch },
    'without-electron': { type: 'string' },
  },
});
const target = targets.find(({ platform, arch }) => platform === values.platform && arch === values.arch);
const binary = target === undefined ? null : binaryIn(join(made, unpackedFolder(target)), target);
const program =
  binary !== null && target?.platform === 'darwin' ? join(binary, 'Contents', 'MacOS', productName) : binary;
const why = values['without-electron'];
if (why !== undefined) {
  say(`Nothing is started: what is packed here has a stand-in in Electron's place (${why}).`);
  process.exitCode = unavailable;
} else if (target === undefined || program === null || !existsSync(program)) {
  say(`There is no package for ${values.platform}-${values.arch} in dist/: npm run package -- --dir`);
  process.exitCode = 2;
} else {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  // In this folder it has neither AppArmor's profile nor the set-uid helper of an install; a command shows no page.
  const before = target.platform === 'linux' ? ['--no-sandbox', '--ozone-platform=headless', '--disable-gpu'] : [];
  const troubles = await troublesOfBinary(program, { version, before, env: process.env });
  for (const trouble of troubles) say(trouble);
  if (troubles.length === 0) say(`${targetName(target)}: it is the command line, ${version}, and becomes no Node.`);
  process.exitCode = troubles.length === 0 ? 0 : 1;
}
