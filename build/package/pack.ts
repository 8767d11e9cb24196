import { join } from 'node:path';
import { Arch, build, Platform } from 'electron-builder';
import { troublesOfTools } from './bundled-tools.ts';
import { binaryIn, configuration, type Packing } from './configuration.ts';
import { buildDeb, describedByBuilder } from './deb.ts';
import { wrongFuses } from './fuses.ts';
import { root } from './project.ts';
import { publisherOf, whyNotPublished } from './publisher.ts';
import { stageProgram } from './staged-program.ts';
import { standInElectron } from './stand-in-electron.ts';
import { builderName, targetName, unpackedFolder, type Target } from './targets.ts';

export interface PackOptions {
  target: Target;
  /** The folder that becomes installers; every installer of the system; or of Linux' the .deb alone, made without fpm. */
  makes: 'folder' | 'installers' | 'deb-by-dpkg';
  /** For others than oneself: with adb and libimobiledevice, and under a publisher's name, or not at all. */
  release: boolean;
  /** Why there is no Electron here; null where there is. */
  whyNoElectron: string | null;
  /** Where installers end up; and what is only needed on the way. */
  made: string;
  work: string;
  say: (line: string) => void;
}

/** Something is missing that a package cannot do without; what has been said. */
export class NotPacked extends Error {
  override name = 'NotPacked';
}

const platforms = { linux: Platform.LINUX, darwin: Platform.MAC, win32: Platform.WINDOWS };
const arches = { x64: Arch.x64, arm64: Arch.arm64 };

function electronFor({ target, makes, whyNoElectron, work, say }: PackOptions): string | null {
  if (whyNoElectron === null) return null;
  const folder = makes === 'installers' ? null : standInElectron(target, join(work, 'stand-in', targetName(target)));
  if (folder === null) throw new NotPacked(`Electron cannot be had (${whyNoElectron}), so there is nothing to pack.`);
  say(
    `Electron cannot be had (${whyNoElectron}): a stand-in takes its place. What is made shows what ships, and does not start.`,
  );
  return folder;
}

/** Packs the built program for one system into `dist/`; the files that were made. */
export async function pack(options: PackOptions): Promise<string[]> {
  const { target, makes, release, made, work, say } = options;
  const publisher = publisherOf(process.env);
  const troubles = troublesOfTools(target);
  const whyNot = [...(release ? troubles : []), ...(release ? [whyNotPublished(publisher)] : [])].filter(
    (reason) => reason !== null,
  );
  if (whyNot.length > 0) throw new NotPacked(`This is no release yet:\n  ${whyNot.join('\n  ')}`);
  if (troubles.length > 0) {
    say(
      'Without adb and libimobiledevice: they are looked for on the computer that it runs on (npm run package:tools -- check).',
    );
  }
  const electronFolder = electronFor(options);

  const staged = join(work, 'staged', targetName(target));
  stageProgram(target, staged, publisher);
  const packing: Packing = {
    target,
    staged,
    publisher,
    withTools: troubles.length === 0,
    electronFolder,
    made,
    env: process.env,
  };
  const config = configuration(packing);
  const { platform, arch } = { platform: platforms[target.platform], arch: arches[target.arch] };
  const ofBuilder = { folder: 'dir', installers: null, 'deb-by-dpkg': 'deb' }[makes];
  const files = await build({
    projectDir: root,
    publish: 'never',
    targets: platform.createTarget(ofBuilder, arch),
    config,
    ...(makes === 'deb-by-dpkg'
      ? {
          effectiveOptionComputed: (given: unknown) => {
            buildDeb(describedByBuilder(given), config.deb?.depends ?? [], work);
            return Promise.resolve(true);
          },
        }
      : {}),
  });
  const wrong = await wrongFuses(binaryIn(join(made, unpackedFolder(target)), target));
  if (wrong.length > 0) throw new NotPacked(`These fuses are not as they must be: ${wrong.join(', ')}.`);
  say(`Every fuse of ${builderName(target)} is as build/package/fuses.ts says.`);
  return files;
}
