import { execFile, type ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const TOYBOX = '/usr/bin/toybox';
const MKSH = '/bin/mksh';

/** Programs that ask the model; everything else on the phone's PATH is toybox. */
export const MODEL_COMMANDS: readonly string[] = [
  'am',
  'appops',
  'cat',
  'cmd',
  'content',
  'date',
  'df',
  'du',
  'dumpsys',
  'find',
  'getprop',
  'input',
  'logcat',
  'ls',
  'monkey',
  'pidof',
  'pm',
  'requestsync',
  'settings',
  'sm',
  'svc',
  'uptime',
];

/** Commands that Android's toybox has and Debian's leaves out; this computer's own stand in. */
const BORROWED_COMMANDS: readonly string[] = ['awk', 'dd', 'diff', 'expr', 'tr'];

/**
 * Sends its name and arguments to the model and becomes its answer, for what the shell does not ask by itself (shell-questions.ts). Only
 * perl-base is needed; it loads no module, which would take most of its time: the numbers are those of Linux for AF_UNIX and SOCK_STREAM.
 */
const ASK_MODEL = `#!/usr/bin/perl
socket(my $model, 1, 1, 0) or die "socket: $!";
connect($model, pack('S a*', 1, $ENV{SAMPLE_PHONE_SOCKET})) or die "connect: $!";
my @words = ($0 =~ s{.*/}{}r, @ARGV);
syswrite($model, pack('N', scalar @words) . join('', map { pack('N/a*', $_) } @words));
local $/;
my ($code, $out, $err) = unpack('N N/a* N/a*', <$model> // '');
exit 255 unless defined $code;
print STDOUT $out;
print STDERR $err;
exit $code;
`;

/** Hashes files below the phone's folder with this computer's program: Android's toybox uses BoringSSL, Debian's is far slower. */
const HASH = `#!${MKSH}
cd "$SAMPLE_PHONE_FILES"
set -A paths
for path; do paths+=("\${path#/}"); done
set -o pipefail
if [ -x /usr/bin/openssl ]; then
  /usr/bin/openssl dgst -sha256 -r "\${paths[@]}" | /usr/bin/sed 's, [*],  /,'
else
  /usr/bin/sha256sum "\${paths[@]}" | /usr/bin/sed 's,  ,  /,'
fi
`;

/** The files of one simulated phone, in a temporary folder of their own. */
export interface PhoneFolder {
  readonly root: string;
  /** Where pushed files arrive: the phone's path below it. */
  readonly files: string;
  readonly socket: string;
  readonly shell: string;
  /** What runs in the phone's shell at this moment. */
  readonly running: Set<ChildProcess>;
  /** The environment of the phone's shell. */
  readonly environment: Record<string, string>;
  remove(): Promise<void>;
}

export async function createPhoneFolder(): Promise<PhoneFolder> {
  const root = await mkdtemp(join(tmpdir(), 'simulated-phone-'));
  const model = join(root, 'bin');
  const toybox = join(root, 'toybox');
  const files = join(root, 'files');
  await Promise.all([mkdir(model), mkdir(toybox), mkdir(join(files, 'sdcard/Download'), { recursive: true })]);
  const script = join(root, 'ask-model');
  await writeFile(script, ASK_MODEL);
  await chmod(script, 0o755);
  await Promise.all([
    ...MODEL_COMMANDS.map((name) => symlink(script, join(model, name))),
    ...(await toyboxCommands()).map((name) => symlink(TOYBOX, join(toybox, name))),
    ...BORROWED_COMMANDS.map((name) => symlink(join('/usr/bin', name), join(toybox, name))),
    symlink(MKSH, join(model, 'sh')),
    writeFile(join(model, 'sha256sum'), HASH, { mode: 0o755 }),
  ]);
  const socket = join(root, 'model.sock');
  return {
    root,
    files,
    socket,
    shell: MKSH,
    running: new Set(),
    environment: {
      PATH: `${model}:${toybox}`,
      HOME: '/',
      ANDROID_ROOT: '/system',
      ANDROID_DATA: '/data',
      EXTERNAL_STORAGE: '/sdcard',
      SAMPLE_PHONE_SOCKET: socket,
      SAMPLE_PHONE_FILES: files,
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

const REPLACED: ReadonlySet<string> = new Set(['sh', 'sha256sum', ...BORROWED_COMMANDS, ...MODEL_COMMANDS]);

async function toyboxCommands(): Promise<string[]> {
  const { stdout } = await promisify(execFile)(TOYBOX);
  return stdout.split(/\s+/).filter((name) => name !== '' && !REPLACED.has(name));
}
