// Sets up a checkout: `node build/setup.mjs run|test`. Plain JavaScript without dependencies: it runs before anything is
// installed, on whatever Node (20 or later) is there.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const purpose = process.argv[2] === 'test' ? 'test' : 'run';
const windows = process.platform === 'win32';

/** Programs and libraries of the system. `found` tells whether it is there; a `test` tool is needed by the tests only. */
const tools = [
  {
    name: 'adb',
    for: 'run',
    found: () => onPath('adb'),
    install: { apt: 'adb', dnf: 'android-tools', brew: 'android-platform-tools', winget: 'Google.PlatformTools' },
  },
  {
    name: 'libimobiledevice',
    for: 'run',
    found: () => onPath('ideviceinfo') || hasLibrary('libimobiledevice'),
    install: {
      apt: 'libimobiledevice6 usbmuxd',
      dnf: 'libimobiledevice usbmuxd',
      brew: 'libimobiledevice',
      winget: null,
    },
  },
  {
    name: 'Chromium',
    for: 'test',
    found: () => ['chromium', 'chromium-browser', 'google-chrome'].some(onPath),
    install: { apt: 'chromium', dnf: 'chromium', brew: 'chromium', winget: 'Hibbiki.Chromium' },
  },
  {
    name: "Android's shell (mksh) and commands (toybox), for simulated phones",
    for: 'test',
    found: () => onPath('mksh') && onPath('toybox'),
    install: { apt: 'mksh toybox', dnf: 'mksh toybox', brew: 'mksh toybox', winget: null },
  },
  {
    name: 'the libimobiledevice tools, for simulated iPhones',
    for: 'test',
    found: () => onPath('ideviceinfo') && onPath('ideviceinstaller'),
    install: {
      apt: 'libimobiledevice-utils ideviceinstaller',
      dnf: 'libimobiledevice-utils ideviceinstaller',
      brew: 'libimobiledevice ideviceinstaller',
      winget: null,
    },
  },
];

function onPath(program) {
  return spawnSync(windows ? 'where' : 'which', [program], { stdio: 'ignore' }).status === 0;
}

function hasLibrary(name) {
  const folders = [
    '/usr/lib',
    '/usr/lib64',
    '/usr/lib/x86_64-linux-gnu',
    '/usr/lib/aarch64-linux-gnu',
    '/usr/local/lib',
    '/opt/homebrew/lib',
  ];
  return folders.some((folder) => existsSync(folder) && readdirSync(folder).some((file) => file.startsWith(name)));
}

/** Output goes to standard error: standard output belongs to the program that is being set up. */
function run(command, args, options = {}) {
  execFileSync(command, args, {
    cwd: root,
    stdio: ['ignore', process.stderr.fd, process.stderr.fd],
    shell: windows,
    ...options,
  });
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

function installTools() {
  const missing = tools.filter((tool) => (tool.for === 'run' || purpose === 'test') && !tool.found());
  if (missing.length === 0) return true;
  const packages = (manager) =>
    missing
      .map((tool) => tool.install[manager])
      .filter((name) => name !== null)
      .join(' ');
  if (onPath('apt-get') && process.getuid?.() === 0) {
    say(`Installing ${missing.map((tool) => tool.name).join(', ')} with apt.`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    run('apt-get', ['update', '-qq'], { env });
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages('apt').split(' ')], { env });
    return true;
  }
  const commands = [
    ['apt-get', `sudo apt-get install ${packages('apt')}`],
    ['dnf', `sudo dnf install ${packages('dnf')}`],
    ['brew', `brew install ${packages('brew')}`],
    ['winget', `winget install ${packages('winget')}`],
  ];
  const command = commands.find(([manager]) => onPath(manager))?.[1] ?? commands[0][1];
  say(`Missing: ${missing.map((tool) => tool.name).join(', ')}. Install with: ${command}`);
  return missing.every((tool) => tool.for === 'run') && purpose === 'run';
}

/** npm is asked only when the lock file has changed since the last time. */
function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = join(root, 'node_modules', '.setup-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  say('Installing the npm packages.');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, lock);
}

const newest = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((time, entry) => Math.max(time, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);

/** The window and the desktop shell are built again when one of their sources is newer than the last build. */
function build() {
  const stamp = join(root, 'out', '.setup-build');
  const sources = Math.max(
    ...['native', 'diagnosis', 'db', 'electron', 'renderer'].map((folder) => newest(join(root, folder))),
    statSync(join(root, 'package-lock.json')).mtimeMs,
  );
  if (existsSync(stamp) && statSync(stamp).mtimeMs > sources) return;
  say('Building the window and the desktop shell.');
  run('npm', ['run', '--silent', 'build']);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, '');
}

const complete = installTools();
if (!complete) process.exit(1);
installPackages();
build();
