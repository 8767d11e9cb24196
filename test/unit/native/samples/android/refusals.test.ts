import { describe, expect, test } from 'vitest';
import { createSample } from '../../../../../native/samples/android/profiles.ts';
import type { SampleAnswer, SamplePhone } from '../../../../../native/samples/android/sample-phone.ts';

const PHOTOS = 'com.google.android.apps.photos';

function run(phone: SamplePhone, commandLine: string): SampleAnswer {
  return phone.run(commandLine.split(' '));
}

describe('a phone that does not know a command', () => {
  test('says so in the words of its shell, of dumpsys and of cmd', () => {
    const phone = createSample('pixel-14');
    expect(run(phone, 'foo')).toEqual({
      stdout: '',
      stderr: '/system/bin/sh: foo: inaccessible or not found\n',
      exitCode: 127,
    });
    expect(run(phone, 'dumpsys foo')).toEqual({ stdout: '', stderr: "Can't find service: foo\n", exitCode: 0 });
    expect(run(phone, 'cmd foo')).toEqual({ stdout: '', stderr: "cmd: Can't find service: foo\n", exitCode: 20 });
    expect(run(phone, 'cmd power nonsense').exitCode).toBe(255);
  });

  test('knows commands only from the version that brought them', () => {
    expect(run(createSample('bq-8'), `am get-standby-bucket ${PHOTOS}`).exitCode).toBe(255);
    expect(run(createSample('motorola-13'), `am get-bg-restriction-level ${PHOTOS}`).exitCode).toBe(255);
    expect(run(createSample('nokia-10'), 'cmd wifi status').exitCode).toBe(255);
    expect(run(createSample('nokia-10'), `pm clear --cache-only ${PHOTOS}`).stderr).toBe(
      'Error: Unknown option: --cache-only\n',
    );
    expect(run(createSample('nokia-10'), 'dumpsys app_hibernation').stderr).toBe(
      "Can't find service: app_hibernation\n",
    );
  });
});

describe('Xiaomi without "USB debugging (Security settings)"', () => {
  test('prints a SecurityException on standard output, ends with 0 and changes nothing', () => {
    const phone = createSample('xiaomi-14');
    const put = run(phone, 'settings put global low_power_trigger_level 0');
    expect(put.exitCode).toBe(0);
    expect(put.stdout).toContain(
      'java.lang.SecurityException: Permission denial: writing to settings requires:android.permission.WRITE_SECURE_SETTINGS\n',
    );
    expect(run(phone, 'settings get global low_power_trigger_level').stdout).toBe('35\n');
    const grant = run(phone, `pm grant ${PHOTOS} android.permission.READ_MEDIA_IMAGES`);
    expect(grant.exitCode).toBe(0);
    expect(grant.stdout).toContain(
      'java.lang.SecurityException: grantRuntimePermission: Neither user 2000 nor current process has android.permission.GRANT_RUNTIME_PERMISSIONS.\n',
    );
  });

  test('still lets the autostart op be read by number and set', () => {
    const phone = createSample('xiaomi-14');
    expect(run(phone, `appops get ${PHOTOS} 10008`).stdout).toBe('MIUIOP(10008): ignore; time=+8h0m0s0ms ago\n');
    run(phone, `appops set ${PHOTOS} 10008 allow`);
    expect(run(phone, 'dumpsys appops').stdout).toContain('      MIUIOP(10008) (allow): \n');
    expect(run(createSample('pixel-14'), `appops get ${PHOTOS} 10008`).stderr).toBe(
      'Error: Unknown operation string: 10008\n',
    );
  });

  test('obeys once the owner has switched it on', () => {
    const phone = createSample('xiaomi-14');
    phone.state.shellLacks = [];
    run(phone, 'settings put global low_power_trigger_level 0');
    expect(run(phone, 'cmd jobscheduler get-battery-not-low').stdout).toBe('true\n');
  });
});

describe('Samsung deep sleeping', () => {
  test('cannot be ended by the shell, only by opening the app', () => {
    const phone = createSample('samsung-14');
    const enable = run(phone, `pm enable --user 0 ${PHOTOS}`);
    expect(enable.exitCode).toBe(255);
    expect(enable.stderr).toContain(
      `java.lang.SecurityException: Shell cannot change component state for ${PHOTOS}/null to 1\n`,
    );
    expect(run(phone, 'pm list packages -e --user 0').stdout).not.toContain(PHOTOS);
    expect(run(phone, 'pm list packages -d --user 0').stdout).toBe(`package:${PHOTOS}\n`);
    run(phone, `monkey -p ${PHOTOS} 1`);
    expect(run(phone, 'pm list packages -d --user 0').stdout).toBe('');
    expect(run(phone, `am get-standby-bucket ${PHOTOS}`).stdout).toBe('10\n');
  });

  test('concerns only the user whose copy sleeps', () => {
    const phone = createSample('samsung-14');
    expect(run(phone, `am get-standby-bucket --user 150 ${PHOTOS}`).stdout).toBe('20\n');
    expect(run(phone, 'pm list packages -U --user 150').stdout).toBe(`package:${PHOTOS} uid:15010204\n`);
  });
});

describe('other refusals', () => {
  test("an administrator's permission, an app that is not there, a hibernation that the shell may not see", () => {
    const phone = createSample('pixel-14');
    const images = 'android.permission.READ_MEDIA_IMAGES';
    const own = phone.state.apps.find((app) => app.package === PHOTOS)?.users[0];
    own?.permissions[images]?.flags.push('POLICY_FIXED');
    expect(run(phone, `pm revoke ${PHOTOS} ${images}`).stderr).toContain(
      'SecurityException: Cannot revoke policy fixed',
    );
    expect(run(phone, 'appops get com.nobody RUN_IN_BACKGROUND').stderr).toBe(
      'Error: No UID for com.nobody in user 0\n',
    );
    expect(run(phone, `cmd app_hibernation get-state ${PHOTOS}`).stderr).toContain('MANAGE_APP_HIBERNATION');
  });
});
