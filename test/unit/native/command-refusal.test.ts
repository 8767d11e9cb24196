import { describe, expect, test } from 'vitest';
import { commandRefusal } from '../../../native/command-refusal.ts';
import type { CommandResult } from '../../../native/source.ts';

const whole = (output: string, errors = ''): CommandResult => ({
  output,
  errors,
  exitCode: 0,
  ended: 'whole',
  detail: '',
});
const code = (text: string, skin: string | null = 'pixel') =>
  commandRefusal('android', skin, whole(text))?.code ?? null;

const thrown = (verb: string, text: string): string =>
  `\nException occurred while executing '${verb}':\njava.lang.SecurityException: ${text}\n\tat android.os.ShellCommand.exec(ShellCommand.java:38)\n`;
const lacksSettings = thrown(
  'put',
  'Permission denial: writing to settings requires:android.permission.WRITE_SECURE_SETTINGS',
);
const lacksGrant = thrown(
  'grant',
  'grantRuntimePermission: Neither user 2000 nor current process has android.permission.GRANT_RUNTIME_PERMISSIONS.',
);

describe("a refusal is recognised with the maker's own remedy", () => {
  test.each([
    ['Xiaomi without its developer option, a setting', lacksSettings, 'xiaomi', 'xiaomi-security-settings'],
    ['Xiaomi without its developer option, a permission', lacksGrant, 'xiaomi', 'xiaomi-security-settings'],
    ['ColorOS with permission monitoring', lacksGrant, 'coloros', 'coloros-permission-monitoring'],
    ['Samsung', lacksSettings, 'samsung', 'samsung-auto-blocker'],
    ['a phone without menus of its own', lacksSettings, 'pixel', 'shell-permission'],
    ['an unknown phone', lacksSettings, null, 'shell-permission'],
    [
      'what an administrator fixed',
      thrown('grant', 'Cannot grant policy fixed permission android.permission.READ_MEDIA_IMAGES for package com.x'),
      'xiaomi',
      'policy-fixed',
    ],
    [
      'a sleeping app of Samsung',
      thrown('enable', 'Shell cannot change component state for com.x/null to 1'),
      'samsung',
      'deep-sleep',
    ],
    [
      'a state that the shell may not leave',
      thrown('enable', 'Shell cannot change component state for com.x/null to 1'),
      'pixel',
      'component-state',
    ],
    [
      'a permission that the app never asks for',
      thrown('grant', 'Package com.x has not requested permission android.permission.POST_NOTIFICATIONS'),
      'pixel',
      'never-asked',
    ],
    [
      'the words of Android 9',
      'Operation not allowed: java.lang.SecurityException: Package com.x has not requested permission y\n',
      'aosp',
      'never-asked',
    ],
    ['another policy', 'Error: UID 10204 not blacklisted\n', 'pixel', 'policy-changed'],
    ['the newer word for it', 'Error: UID 10204 not denylisted\n', 'pixel', 'policy-changed'],
    ['an app that is gone', 'Unknown package: com.x\n', 'pixel', 'unknown-app'],
    ['an app that is gone, for app-ops', 'Error: No UID for com.x in user 0\n', 'pixel', 'unknown-app'],
    ['nothing to open', '** No activities found to run, monkey aborted.\n', 'pixel', 'nothing-to-open'],
    [
      'a screen that is not there',
      'Starting: Intent { cmp=com.x/.Y }\nError type 3\nError: Activity class {com.x/.Y} does not exist.\n',
      'pixel',
      'nothing-to-open',
    ],
    ['a failure without a reason', 'Failed\n', 'pixel', 'failed'],
    ['a word that this Android does not know', 'Unknown command: airplane-mode\n', 'aosp', 'unknown-command'],
    ['an option that this Android does not know', 'Error: Unknown option: --cache-only\n', 'aosp', 'unknown-command'],
  ])('%s', (_what, text, skin, expected) => {
    expect(code(text, skin)).toBe(expected);
  });

  test('on standard error as on standard output', () => {
    expect(commandRefusal('android', 'xiaomi', whole('', lacksSettings))).toEqual({
      code: 'xiaomi-security-settings',
      said: 'java.lang.SecurityException: Permission denial: writing to settings requires:android.permission.WRITE_SECURE_SETTINGS',
      remedy: {
        title: 'Switch "USB debugging (Security settings)" on',
        steps: [
          'On the phone, open Settings > Additional settings > Developer options.',
          'Switch "USB debugging (Security settings)" on. It asks for a Xiaomi account and a SIM card.',
          'Restart the phone if it asks for that, and try again.',
        ],
      },
    });
  });

  test.each([
    '',
    'Success\n',
    'Added: com.x\n',
    'Package com.x new state: enabled\n',
    'Events injected: 1\n',
    'Starting: Intent { act=android.settings.WIFI_SETTINGS }\nWarning: Activity not started, its current task has been brought to the front\n',
    'Light state: ACTIVE, deep state: ACTIVE\n',
  ])('%j refuses nothing', (text) => {
    expect(code(text)).toBe(null);
  });
});

describe('an iPhone refuses by its error codes', () => {
  test('a locked one is to be unlocked, whatever it was asked', () => {
    const locked: CommandResult = {
      output: '',
      errors: '',
      exitCode: -17,
      ended: 'denied',
      detail: 'The iPhone is locked.',
    };
    expect(commandRefusal('ios', 'ios', locked)).toMatchObject({
      code: 'iphone-denied',
      said: 'The iPhone is locked.',
      remedy: { title: 'Unlock the iPhone' },
    });
  });

  test('one without the service says so, and one that broke off refuses nothing', () => {
    const result = (ended: CommandResult['ended']): CommandResult => ({ ...whole(''), exitCode: null, ended });
    expect(commandRefusal('ios', 'ios', result('missing'))?.code).toBe('iphone-missing');
    expect(commandRefusal('ios', 'ios', result('unplugged'))).toBe(null);
    expect(commandRefusal('ios', 'ios', whole('java.lang.SecurityException: x'))).toBe(null);
  });
});
