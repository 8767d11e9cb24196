import { describe, expect, test } from 'vitest';
import { androidRefusal } from '../../../../../native/android/read/refusal.ts';
import { wholeAnswer } from './parse.ts';

const refused = (text: string, errors = '') => androidRefusal(text, { ...wholeAnswer('x', text), errors });
const reason = (text: string, errors = '') => refused(text, errors)?.reason ?? null;

describe('what an Android phone says when it does not answer', () => {
  test("a dump that ended in the service's own time-out is no answer, however much of it came", () => {
    const text = `POWER MANAGER (dumpsys power)\n${'  mWakeLockSummary=0x23\n'.repeat(500)}\n*** SERVICE 'power' DUMP TIMEOUT (10000ms) EXPIRED ***\n`;
    expect(refused(text)).toEqual({
      reason: 'timeout',
      detail: "The phone gave up: *** SERVICE 'power' DUMP TIMEOUT (10000ms) EXPIRED ***",
    });
  });

  test('a time-out that is only mentioned within a line is text like any other', () => {
    expect(reason("note *** SERVICE 'power' DUMP TIMEOUT (10000ms) EXPIRED ***\n")).toBe(null);
  });

  test.each([
    ["Can't find service: thermalservice\n"],
    ["cmd: Can't find service: app_hibernation\n"],
    ['/system/bin/sh: appops: inaccessible or not found\n'],
    ['/system/bin/sh: appops: not found\n'],
    ['Unknown command: get-standby-bucket\n'],
    ["Error: unknown command 'get-bg-restriction-level'\n"],
    ['No shell command implementation.\n'],
  ])('%j means that the phone does not have it', (text) => {
    expect(reason(text)).toBe('missing');
    expect(reason('', text)).toBe('missing');
  });

  test.each([
    ["Permission Denial: can't dump UsageStats from from pid=9021, uid=2000 due to missing PACKAGE_USAGE_STATS\n"],
    ['java.lang.SecurityException: Neither user 2000 nor current process has android.permission.DUMP.\n'],
    ["\nException occurred while executing 'list':\njava.lang.SecurityException: uid 2000 does not have it\n"],
    ['Error while accessing provider:media\njava.lang.SecurityException: Permission Denial: reading\n'],
    ['Security exception: Permission Denial: no\n'],
    ['ls: /data/system: Permission denied\n'],
  ])('%j is a refusal', (text) => {
    expect(reason(text)).toBe('denied');
    expect(reason('', text)).toBe('denied');
  });

  test('a SecurityException in the middle of a long dump refuses nothing', () => {
    const crash = 'Process: com.example\njava.lang.SecurityException: not allowed\n\tat android.os.Parcel\n';
    expect(reason(`DROPBOX\n${'entry\n'.repeat(10)}${crash}`)).toBe(null);
  });

  test('one folder that may not be read does not spoil the list of the others', () => {
    expect(reason('find: /sdcard/DCIM/a: Permission denied\n/sdcard/DCIM/.nomedia\n')).toBe(null);
  });

  test('an empty answer with words on standard error is no answer; an empty answer alone is for the parser to judge', () => {
    expect(refused('', 'cmd: Failure calling service package: Broken pipe (32)\n')).toEqual({
      reason: 'missing',
      detail: 'This phone does not have it: cmd: Failure calling service package: Broken pipe (32)',
    });
    expect(reason('', 'something else\n')).toBe('missing');
    expect(reason('')).toBe(null);
  });

  test('an ordinary answer is an answer', () => {
    expect(reason('Current Battery Service state:\n  AC powered: true\n')).toBe(null);
  });
});
