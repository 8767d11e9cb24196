import { join } from 'node:path';
import type { Configuration } from 'electron-builder';
import { toolsFolder } from './bundled-tools.ts';
import { burnFuses } from './fuses.ts';
import type { Publisher } from './publisher.ts';
import { builderName, type Target } from './targets.ts';

/** What decides how the program is packed for one system. */
export interface Packing {
  target: Target;
  /** The program as it ships ({@link stageProgram}). */
  staged: string;
  publisher: Publisher;
  /** Whether adb and libimobiledevice go into the package; else they are looked for on the computer. */
  withTools: boolean;
  /** A folder in place of the Electron that electron-builder would download. */
  electronFolder: string | null;
  /** Where it ends up. */
  made: string;
  env: NodeJS.ProcessEnv;
}

export const productName = 'Phone Health Inspector';
export const executableName = 'phone-health-inspector';

/** The program as the system starts it, within the folder of its files. */
export function binaryIn(folder: string, { platform }: Target): string {
  if (platform === 'linux') return join(folder, executableName);
  return join(folder, `${productName}.${platform === 'win32' ? 'exe' : 'app'}`);
}

/** Beside app.asar, in the folder that Electron calls `resourcesPath`: what is a file of its own. */
const extraResources = (packing: Packing): NonNullable<Configuration['extraResources']> => {
  const { target, staged, withTools } = packing;
  const commands = { linux: [], darwin: ['build/mac/phone-health'], win32: ['build/windows/phone-health.cmd'] };
  return [
    { from: `${staged}/licences.txt`, to: 'licences.txt' },
    ...commands[target.platform].map((from) => ({ from, to: `bin/${from.split('/').at(-1)}` })),
    ...(withTools ? [{ from: toolsFolder(target), to: 'tools' }] : []),
  ];
};

const linuxFiles = [
  'build/linux/70-phone-health-inspector.rules=/usr/lib/udev/rules.d/70-phone-health-inspector.rules',
  'build/linux/phone-health=/usr/bin/phone-health',
];

/** Of a deb and an rpm: the scripts, and the files outside of the program's folder. */
const installed = {
  afterInstall: 'build/linux/after-install.sh',
  afterRemove: 'build/linux/after-remove.sh',
  appArmorProfile: 'build/linux/apparmor-profile',
  fpm: linuxFiles,
};

/** What Chromium needs (electron-builder's own list), and what reads phones; the older and the newer name where Debian changed it. */
const debDepends = [
  'libgtk-3-0t64 | libgtk-3-0',
  'libnotify4',
  'libnss3',
  'libxss1',
  'libxtst6',
  'xdg-utils',
  'libatspi2.0-0t64 | libatspi2.0-0',
  'libuuid1',
  'libsecret-1-0',
  'adb',
  'usbmuxd',
  'libimobiledevice-1.0-6 | libimobiledevice6',
];

const rpmDepends = [
  'gtk3',
  'libnotify',
  'nss',
  'libXScrnSaver',
  '(libXtst or libXtst6)',
  'xdg-utils',
  'at-spi2-core',
  '(libuuid or libuuid1)',
  'android-tools',
  'usbmuxd',
  '(libimobiledevice or libimobiledevice-1_0-6)',
];

/** electron-builder's description of one package; what is the same for every system comes first. */
export function configuration(packing: Packing): Configuration {
  const { target, staged, publisher, electronFolder, made, env } = packing;
  const { author, repository } = publisher;
  return {
    appId: 'app.phone-health-inspector',
    productName,
    copyright: `Copyright © ${author.name}`,
    directories: { app: staged, output: made, buildResources: 'build' },
    // Nothing is chosen here: what is staged is what ships. Packages are named apart, since they are never looked for in place.
    files: ['**/*', '!licences.txt', { from: `${staged}/node_modules`, to: 'node_modules' }],
    // The packages are laid out for this very system already: neither built nor looked for.
    beforeBuild: () => Promise.resolve(false),
    asar: true,
    // The system's loader wants native code in files of its own. All else stays in the archive, whose hash is checked.
    asarUnpack: ['**/*.node'],
    ...(electronFolder === null ? {} : { electronDist: electronFolder }),
    extraResources: extraResources(packing),
    electronLanguages: ['en-US', 'de'],
    // Before it is signed. Not by electron-builder's own setting, which knows fewer fuses than there are.
    afterPack: ({ appOutDir }) => burnFuses(binaryIn(appOutDir, target), target),
    publish: repository === null ? null : { provider: 'github', ...repository, releaseType: 'draft' },
    artifactName: '${name}-${version}-${os}-${arch}.${ext}',
    protocols: { name: productName, schemes: ['phone-health'] },
    fileAssociations: [
      { ext: 'phonecapture', name: 'Recorded phone', mimeType: 'application/x-phone-health-capture', role: 'Viewer' },
      {
        ext: 'phonecase',
        name: 'Case of Phone Health Inspector',
        mimeType: 'application/x-phone-health-case',
        role: 'Viewer',
      },
    ],
    toolsets: { appimage: '1.0.3' },
    ...systems[builderName(target)](env, author),
  };
}

const systems: Record<'linux' | 'mac' | 'win', (env: NodeJS.ProcessEnv, author: Publisher['author']) => Configuration> =
  {
    linux: (_env, { name, email }) => ({
      linux: {
        target: ['AppImage', 'deb', 'rpm'],
        icon: 'build/icons',
        category: 'Utility',
        // A bug report: offered beside whatever opens such a file now.
        mimeTypes: ['application/zip'],
        synopsis: 'Finds out why photos stop backing up',
        maintainer: `${name} <${email}>`,
        executableName,
        // The window belongs to this entry of the menu; no argument switches the sandbox off.
        syncDesktopName: true,
        executableArgs: [],
      },
      deb: { depends: debDepends, ...installed },
      rpm: { depends: rpmDepends, ...installed },
    }),
    mac: (env) => {
      // With a certificate of Apple's it is signed and hardened, with a key for its notary also notarised; without, it is signed for this
      // computer alone, where a hardened program would refuse its own libraries.
      const signed = Boolean(env['CSC_LINK'] ?? env['CSC_NAME']);
      const notarised = signed && Boolean(env['APPLE_API_KEY'] ?? env['APPLE_ID']);
      return {
        mac: {
          target: ['dmg', 'zip'],
          icon: 'build/icons/icon.icns',
          category: 'public.app-category.utilities',
          // A bug report: offered beside whatever opens such a file now. On Windows whoever registers an ending takes it over.
          fileAssociations: { ext: 'zip', name: 'Bug report', role: 'Viewer', rank: 'Alternate' },
          minimumSystemVersion: '13.0',
          ...(signed ? {} : { identity: '-' }),
          hardenedRuntime: signed,
          gatekeeperAssess: false,
          entitlements: 'build/mac/entitlements.plist',
          entitlementsInherit: 'build/mac/entitlements.plist',
          notarize: notarised,
          extendInfo: { NSHumanReadableCopyright: 'Apache-2.0' },
        },
        dmg: { sign: false },
      };
    },
    win: () => ({
      // Signed where CSC_LINK or WIN_CSC_LINK names a certificate: electron-builder reads them itself.
      win: { target: ['nsis'], icon: 'build/icons/icon.ico', requestedExecutionLevel: 'asInvoker' },
      nsis: {
        oneClick: false,
        perMachine: false,
        allowToChangeInstallationDirectory: true,
        include: 'build/windows/installer.nsh',
        // What is kept of phones outlives the program.
        deleteAppDataOnUninstall: false,
      },
    }),
  };
