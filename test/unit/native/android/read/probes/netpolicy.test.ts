import { describe, expect, test } from 'vitest';
import { netpolicy } from '../../../../../../native/android/read/probes/netpolicy.ts';
import { DRIVE, parsed, PHOTOS, plain, soFar } from '../parse.ts';

const so = soFar({ uids: { [PHOTOS]: 10_204, [DRIVE]: 1_010_287 } });
/** `dumpsys netpolicy` of Android 14, shortened. */
const android14 = (policies: string, saver = false) => `System ready: true
Restrict background: ${saver}
Restrict power: false
Device idle: false
Restricted networking mode: false
Low Power Standby mode: false
Metered ifaces: {}

mRestrictBackgroundLowPowerMode: false

Network policies:
  NetworkPolicy[template=NetworkTemplate: matchRule=WIFI]

Policy for UIDs:
${policies}Power save whitelist (except idle) app ids:
  UID=10204: true
Status for all known UIDs:
  UID=10204 state={procState=CEM,seq=1,cap=------} blocked_state={blocked=NONE,allowed=NONE,effective=NONE}
`;
const read = (text: string) => parsed(netpolicy, text, so).values;
const app = (text: string, name: string) => policyOf(plain(read(text).apps?.[name]));
const policyOf = ({ netPolicy, netPolicyName }: Record<string, unknown>) => ({ netPolicy, netPolicyName });

describe('data policies', () => {
  test('whose indentation was lost are read all the same', () => {
    const text = android14('  UID=10204 policy=1 (REJECT_METERED_BACKGROUND)\n').replaceAll(/^ +/gm, '');
    expect(app(text, PHOTOS)).toEqual({ netPolicy: 1, netPolicyName: 'REJECT_METERED_BACKGROUND' });
    expect(read(text).dataPolicy?.policies).toEqual({ '10204': 1 });
  });

  test('by uid and by app (Android 14)', () => {
    const values = read(
      android14(
        '  UID=10204 policy=1 (REJECT_METERED_BACKGROUND)\n  UID=10153 policy=4 (ALLOW_METERED_BACKGROUND)\n',
        true,
      ),
    );
    expect(values.dataPolicy).toEqual({
      dataSaver: true,
      allowedUids: [10_153],
      policies: { '10153': 4, '10204': 1 },
      policyNames: { '10153': 'ALLOW_METERED_BACKGROUND', '10204': 'REJECT_METERED_BACKGROUND' },
    });
    expect(values.apps).toMatchObject({
      [PHOTOS]: { netPolicy: 1, netPolicyName: 'REJECT_METERED_BACKGROUND' },
      [DRIVE]: { netPolicy: 0, netPolicyName: 'NONE' },
    });
  });

  test('of another user have that user’s uid', () => {
    const text = android14(
      '  UID=10287 policy=1 (REJECT_METERED_BACKGROUND)\n  UID=1010287 policy=4 (ALLOW_METERED_BACKGROUND)\n',
    );
    expect(app(text, DRIVE)).toEqual({ netPolicy: 4, netPolicyName: 'ALLOW_METERED_BACKGROUND' });
  });

  test('keep the exact integer of composite values and of makers’ own', () => {
    const text = android14(
      '  UID=10204 policy=524288 (REJECT_ALL_MIGRATED)\n  UID=1010287 policy=5 (REJECT_METERED_BACKGROUND|ALLOW_METERED_BACKGROUND)\n  UID=10300 policy=4 (ALLOW_METERED_BACKGROUND|NONE)\n',
    );
    expect(app(text, PHOTOS)).toEqual({ netPolicy: 524_288, netPolicyName: 'REJECT_ALL_MIGRATED' });
    expect(app(text, DRIVE)).toEqual({
      netPolicy: 5,
      netPolicyName: 'REJECT_METERED_BACKGROUND|ALLOW_METERED_BACKGROUND',
    });
    expect(read(text).dataPolicy?.allowedUids).toEqual([1_010_287, 10_300]);
  });

  test('without a number (Android 7, some makers) have one where every name is known', () => {
    const text = android14(
      '  UID=10204 policy=REJECT_METERED_BACKGROUND\n  UID=1010287 policy=REJECT_APP_NET_WIFI|REJECT_APP_NET_MOBILE\n',
    );
    expect(app(text, PHOTOS)).toEqual({ netPolicy: 1, netPolicyName: 'REJECT_METERED_BACKGROUND' });
    expect(app(text, DRIVE)).toEqual({
      netPolicy: 'unparsed',
      netPolicyName: 'REJECT_APP_NET_WIFI|REJECT_APP_NET_MOBILE',
    });
  });

  test('an app that the list does not name has none only where the list is whole', () => {
    const cut = android14('  UID=10204 policy=1 (REJECT_METERED_BACKGROUND)\n').split('Power save')[0] ?? '';
    expect(app(cut, PHOTOS)).toMatchObject({ netPolicy: 1 });
    expect(app(cut, DRIVE)).toEqual({ netPolicy: 'truncated', netPolicyName: 'truncated' });
    expect(plain(read(cut).dataPolicy)).toEqual({
      dataSaver: false,
      allowedUids: 'truncated',
      policies: 'truncated',
      policyNames: 'truncated',
    });
    expect(app('System ready: true\nRestrict background: false\n', PHOTOS)).toMatchObject({ netPolicy: 'unparsed' });
    expect(app(android14('  UID=? policy=!\n'), PHOTOS)).toMatchObject({ netPolicy: 'unparsed' });
    expect(app(android14(''), PHOTOS)).toMatchObject({ netPolicy: 0 });
  });

  test('of an app whose uid is not known are not known', () => {
    const values = parsed(netpolicy, android14('')).values;
    expect(plain(values.apps?.[PHOTOS])).toEqual({
      netPolicy: 'missing',
      netPolicyName: 'missing',
      adminForbidsMetered: 'missing',
      blockedNow: 'missing',
    });
  });
});

const forbidden = (list: string) => `${android14('')}Admin restricted uids for metered data:\n${list}`;
const forbids = (text: string, name: string) => plain(read(text).apps?.[name])['adminForbidsMetered'];

describe('what administrators forbid', () => {
  test('is listed by user, with whole uids', () => {
    const text = forbidden('  u0: {10204, 10300}\n  u10: {1010287}\nNetwork to interfaces:\n  100: {wlan0}\n');
    expect([forbids(text, PHOTOS), forbids(text, DRIVE)]).toEqual([true, true]);
    const other = forbidden('  u0: {}\n  u10: {1010204}\n\nmEventLogs (most recent first):\n');
    expect([forbids(other, PHOTOS), forbids(other, DRIVE)]).toEqual([false, false]);
  });

  test('is read without its indentation', () => {
    const text = forbidden('u0: {10204}\nNetwork to interfaces:\n');
    expect([forbids(text, PHOTOS), forbids(text, DRIVE)]).toEqual([true, false]);
  });

  test('is not known of others where the list is cut short, strange or absent (Android 8)', () => {
    expect([forbids(forbidden('  u0: {10204}\n'), PHOTOS), forbids(forbidden('  u0: {10204}\n'), DRIVE)]).toEqual([
      true,
      'truncated',
    ]);
    expect(forbids(forbidden('  u0: {10204, 103\nNetwork to interfaces:\n'), DRIVE)).toBe('unparsed');
    expect(forbids(android14(''), PHOTOS)).toBe('missing');
  });
});

test("Android's own word on what blocks an app is kept (Android 12 and later)", () => {
  const text = android14('').replace('effective=NONE', 'effective=DATA_SAVER|BATTERY_SAVER');
  expect(plain(read(text).apps?.[PHOTOS])['blockedNow']).toBe('DATA_SAVER|BATTERY_SAVER');
  expect(plain(read(text).apps?.[DRIVE])['blockedNow']).toBe('missing');
});

test('an app that is not installed has no uid to look for', () => {
  const absent = { ...soFar(), apps: { [PHOTOS]: { installed: { value: false, source: 'packages' } } } };
  expect(parsed(netpolicy, android14(''), absent).values.apps?.[PHOTOS]?.netPolicy).toEqual({
    reason: 'missing',
    detail: 'The app is not installed.',
  });
});

const policy = (rule: string, limit: number | string) =>
  `  NetworkPolicy{template=NetworkTemplate: matchRule=${rule}, matchSubscriberIds=[310260...], matchWifiNetworkKeys=[], metered=YES cycleRule=RecurrenceRule{start=2025-01-04T00:00+05:30[Asia/Kolkata] end=null period=P1M} warningBytes=2147483648 limitBytes=${limit} lastWarningSnooze=-1 lastLimitSnooze=-1 lastRapidSnooze=-1 metered=true inferred=true}`;

const limit = (...lines: readonly string[]) =>
  plain(
    read(android14('').replace('  NetworkPolicy[template=NetworkTemplate: matchRule=WIFI]', lines.join('\n'))).network,
  )['mobileDataLimit'];

describe('the limit of mobile data', () => {
  test('is the lowest of the mobile networks, and -1 where there is none', () => {
    expect(limit(policy('CARRIER', 5_000_000_000), policy('CARRIER', -1), policy('MOBILE', 2_000_000_000))).toBe(
      2_000_000_000,
    );
    expect(limit(policy('CARRIER', -1))).toBe(-1);
    expect(limit(policy('WIFI', 1_000_000))).toBe(-1);
    expect(limit()).toBe(-1);
    // Android 7 and 8.
    expect(
      limit(
        '  NetworkPolicy[NetworkTemplate: matchRule=MOBILE_ALL, matchSubscriberIds=[null]]: cycleDay=27, cycleTimezone=Asia/Shanghai, warningBytes=2147483648, limitBytes=3000000000, lastWarningSnooze=-1, lastLimitSnooze=-1, metered=true, inferred=true',
      ),
    ).toBe(3_000_000_000);
  });

  test('is not known where a line of the list is not understood, or the list is cut', () => {
    expect(limit(policy('CARRIER', 'many'))).toBe('unparsed');
    const wrapped = policy('CARRIER', -1).replace(' limitBytes', '\nlimitBytes');
    expect(limit(wrapped)).toBe('unparsed');
    const cut = android14('').slice(0, android14('').indexOf('Policy for UIDs:'));
    expect(plain(read(cut).network)['mobileDataLimit']).toBe('truncated');
    expect(plain(read('Restrict background: false\n').network)['mobileDataLimit']).toBe('missing');
  });
});

const android7 = (rows: string, end = 'Default restrict background whitelist uids:\n  UID=10008\n') =>
  `Restrict background: true\nPolicy for UIDs:\n  UID=10204 policy=1 (REJECT_METERED_BACKGROUND)\nPower save whitelist app ids:\nRestrict background whitelist uids:\n${rows}${end}`;

describe('what is exempt from Data Saver in a list of its own (until Android 7)', () => {
  test('is exempt like a policy of the later versions', () => {
    expect(read(android7('  UID=10008\n  UID=1010287\n')).dataPolicy).toMatchObject({
      allowedUids: [10_008, 1_010_287],
      policies: { '10204': 1, '10008': 4, '1010287': 4 },
    });
    expect(app(android7('  UID=1010287\n'), DRIVE)).toEqual({
      netPolicy: 4,
      netPolicyName: 'ALLOW_METERED_BACKGROUND',
    });
  });

  test('is not known where that list is cut or not understood', () => {
    expect(plain(read(android7('  UID=10008\n', '')).dataPolicy)['allowedUids']).toBe('truncated');
    expect(plain(read(android7('  UID=10008 and more\n')).dataPolicy)['allowedUids']).toBe('unparsed');
  });
});
