// `npm run package -- [--dir | --deb] [--release] [--platform linux|darwin|win32] [--arch x64|arm64]`; `--without-electron REASON` comes from the launcher.
import { parseArgs } from 'node:util';
import { made, out } from './project.ts';
import { NotPacked, pack } from './pack.ts';
import { targetName, targets } from './targets.ts';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const { values } = parseArgs({
  options: {
    dir: { type: 'boolean', default: false },
    deb: { type: 'boolean', default: false },
    release: { type: 'boolean', default: false },
    platform: { type: 'string', default: process.platform },
    arch: { type: 'string', default: process.arch },
    'without-electron': { type: 'string' },
  },
});
const target = targets.find(({ platform, arch }) => platform === values.platform && arch === values.arch);
if (target === undefined) {
  say(`There is no package for ${values.platform}-${values.arch}. There are: ${targets.map(targetName).join(', ')}.`);
  process.exitCode = 2;
} else {
  try {
    const files = await pack({
      target,
      makes: values.dir ? 'folder' : values.deb ? 'deb-by-dpkg' : 'installers',
      release: values.release,
      whyNoElectron: values['without-electron'] ?? null,
      made,
      work: out,
      say,
    });
    for (const file of files) process.stdout.write(`${file}\n`);
  } catch (error) {
    if (!(error instanceof NotPacked)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
