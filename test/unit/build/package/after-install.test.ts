import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';

const script = join(import.meta.dirname, '../../../../build/linux/after-install.sh');

interface System {
  /** What `/proc/sys` says; what is not named is not there. */
  sys?: Record<string, number>;
  hasNamespaces?: boolean;
  /** The program that loads profiles: what it does with this one. */
  apparmor?: 'loads' | 'knows no such profile' | 'cannot load' | 'absent';
}

const standIns: Record<NonNullable<System['apparmor']>, string> = {
  loads: 'exit 0',
  'knows no such profile': 'exit 1',
  'cannot load': 'case "$1" in --skip-kernel-load) exit 0 ;; *) exit 1 ;; esac',
  absent: '',
};

/** Runs the script on such a system, all of whose folders lie in one of the test's; what it has made of the program's. */
function installed({ sys = {}, hasNamespaces = true, apparmor = 'absent' }: System): {
  mode: string;
  profile: boolean;
} {
  const root = mkdtempSync(join(tmpdir(), 'a-system-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const put = (path: string, text: string): string => {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  const helper = put('opt/Phone Health Inspector/chrome-sandbox', '');
  put('opt/Phone Health Inspector/resources/apparmor-profile', 'profile');
  for (const folder of ['usr/bin', 'etc/apparmor.d', 'proc/sys', 'bin'])
    mkdirSync(join(root, folder), { recursive: true });
  if (hasNamespaces) put('proc/self/ns/user', '');
  for (const [name, value] of Object.entries(sys)) put(`proc/sys/${name}`, `${value}\n`);
  if (apparmor !== 'absent') chmodSync(put('bin/apparmor_parser', `#!/bin/sh\n${standIns[apparmor]}\n`), 0o755);
  for (const program of ['udevadm', 'update-mime-database', 'update-desktop-database']) {
    chmodSync(put(`bin/${program}`, '#!/bin/sh\n'), 0o755);
  }
  const text = readFileSync(script, 'utf8').replaceAll(/(?<=[\s'"])\/(?=(?:opt|usr|etc|proc)\/)/g, `${root}/`);
  execFileSync('/bin/sh', ['-c', text], { env: { PATH: `${join(root, 'bin')}:/usr/bin:/bin` }, stdio: 'pipe' });
  return {
    mode: (statSync(helper).mode & 0o7777).toString(8),
    profile: existsSync(join(root, 'etc/apparmor.d/phone-health-inspector')),
  };
}

const restricted = { 'kernel/apparmor_restrict_unprivileged_userns': 1 };

describe.skipIf(process.platform === 'win32')('after the package is installed', () => {
  test.each([
    ['whoever may make user namespaces', { sys: { 'user/max_user_namespaces': 63_000 } }, '755', false],
    ['Debian, which has them switched on', { sys: { 'kernel/unprivileged_userns_clone': 1 } }, '755', false],
    ['Debian, where somebody has switched them off', { sys: { 'kernel/unprivileged_userns_clone': 0 } }, '4755', false],
    ['a system that allows none', { sys: { 'user/max_user_namespaces': 0 } }, '4755', false],
    ['a kernel without them', { hasNamespaces: false }, '4755', false],
    ['Ubuntu, which lets the profile have them', { sys: restricted, apparmor: 'loads' }, '755', true],
    ['Ubuntu without AppArmor’s programs', { sys: restricted }, '4755', false],
    ['an AppArmor too old for the profile', { apparmor: 'knows no such profile' }, '755', false],
    ['a profile that is not loaded', { sys: restricted, apparmor: 'cannot load' }, '4755', true],
  ] as const)('%s: the set-uid helper only where the sandbox has no other way', (_name, system, mode, profile) => {
    expect(installed(system)).toEqual({ mode, profile });
  });
});
