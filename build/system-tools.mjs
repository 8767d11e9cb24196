import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { searchedFolders, windows } from './places.mjs';

/** Where tests find a browser that is on no PATH (test/window/browser.ts has the same). */
const browsers = [
  process.env.CHROMIUM_PATH ?? '',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const onPath = (program) =>
  searchedFolders().some((folder) =>
    (windows ? ['.exe', '.cmd', '.bat'] : ['']).some((end) => existsSync(join(folder, `${program}${end}`))),
  );

const libraryFolders = [
  '/usr/lib',
  '/usr/lib64',
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/local/lib',
  '/opt/homebrew/lib',
];

const hasLibrary = (name) =>
  libraryFolders.some((folder) => existsSync(folder) && readdirSync(folder).some((file) => file.startsWith(name)));

const serverFolders = ['/usr/lib/postgresql'];

/** Debian keeps the programs of a server off the PATH, in a folder a version. */
const hasPostgres = () =>
  onPath('initdb') ||
  serverFolders.some(
    (folder) =>
      existsSync(folder) && readdirSync(folder).some((version) => existsSync(join(folder, version, 'bin', 'initdb'))),
  );

/** Programs and libraries of the system: whether each is there, and the packages that hold it (null: there is none). */
const tools = {
  adb: {
    name: 'adb',
    found: () => onPath('adb'),
    packages: { apt: 'adb', dnf: 'android-tools', brew: 'android-platform-tools', winget: 'Google.PlatformTools' },
  },
  libimobiledevice: {
    name: 'libimobiledevice',
    found: () => onPath('ideviceinfo') || hasLibrary('libimobiledevice'),
    packages: { apt: 'libimobiledevice6', dnf: 'libimobiledevice', brew: 'libimobiledevice', winget: null },
  },
  usbmuxd: {
    name: 'usbmuxd',
    // macOS has its own; on Windows the Apple Devices app brings it.
    found: () => process.platform !== 'linux' || onPath('usbmuxd'),
    packages: { apt: 'usbmuxd', dnf: 'usbmuxd', brew: null, winget: null },
  },
  chromium: {
    name: 'Chromium',
    found: () =>
      ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'].some(onPath) ||
      browsers.some((browser) => browser !== '' && existsSync(browser)),
    packages: { apt: 'chromium-headless-shell', dnf: 'chromium', brew: 'google-chrome', winget: 'Google.Chrome' },
  },
  shell: {
    name: "Android's shell (mksh, toybox)",
    found: () => onPath('mksh') && onPath('toybox'),
    packages: { apt: 'mksh toybox', dnf: 'mksh toybox', brew: null, winget: null },
  },
  postgres: {
    name: 'PostgreSQL',
    found: hasPostgres,
    packages: {
      apt: 'postgresql',
      dnf: 'postgresql-server',
      brew: 'postgresql@17',
      winget: 'PostgreSQL.PostgreSQL.17',
    },
  },
  iphoneTools: {
    name: 'the libimobiledevice tools',
    found: () => onPath('ideviceinfo') && onPath('ideviceinstaller'),
    packages: {
      apt: 'libimobiledevice-utils ideviceinstaller',
      dnf: 'libimobiledevice-utils ideviceinstaller',
      brew: 'libimobiledevice ideviceinstaller',
      winget: null,
    },
  },
};

/** What reads phones; simulated iPhones have a usbmuxd of their own. */
export const readers = ['adb', 'libimobiledevice', 'usbmuxd'];
export const iphoneReaders = ['libimobiledevice'];
/** What simulated Android phones are made of. */
export const androidSimulation = ['adb', 'shell'];
export const everyTool = Object.keys(tools);
/** Simulated phones, and chains on a PostgreSQL, are Linux' own; elsewhere the suites without them run (build/test.mjs). */
export const testTools = process.platform === 'linux' ? everyTool : ['chromium'];

const managers = [
  { manager: 'apt', program: 'apt-get', install: 'sudo apt-get install' },
  { manager: 'dnf', program: 'dnf', install: 'sudo dnf install' },
  { manager: 'brew', program: 'brew', install: 'brew install' },
  { manager: 'winget', program: 'winget', install: 'winget install' },
];

/**
 * What of `needed` is missing: the names for people, the command that installs it, and Debian's packages where set-up may install
 * them itself (as root with apt); null where nothing is missing.
 */
export function missingTools(needed) {
  const missing = needed.map((id) => tools[id]).filter((tool) => !tool.found());
  if (missing.length === 0) return null;
  const { manager, install } = managers.find(({ program }) => onPath(program)) ?? managers[0];
  const packages = missing.flatMap((tool) => tool.packages[manager]?.split(' ') ?? []);
  return {
    names: missing.map(({ name }) => name).join(', '),
    command: packages.length === 0 ? null : `${install} ${packages.join(' ')}`,
    aptPackages: manager === 'apt' && process.getuid?.() === 0 ? packages : null,
  };
}
