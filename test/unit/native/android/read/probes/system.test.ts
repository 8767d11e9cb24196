import { describe, expect, test } from 'vitest';
import { activitySettings } from '../../../../../../native/android/read/probes/activity-settings.ts';
import { devicePolicy } from '../../../../../../native/android/read/probes/device-policy.ts';
import { parsed, soFar, why } from '../parse.ts';

const processLimit = (text: string) => why(parsed(activitySettings, text).values.system?.processLimit);
/** `dumpsys activity settings` of Android 13, shortened. */
const android13 = (override: string) =>
  `ACTIVITY MANAGER SETTINGS (dumpsys activity settings) activity_manager_constants:\n  max_cached_processes=32\n\n${override}  mCustomizedMaxCachedProcesses=32\n  CUR_MAX_CACHED_PROCESSES=32\n`;

describe('the background process limit', () => {
  test('is the standard one where no other is printed', () => {
    expect(processLimit(android13(''))).toBe(-1);
  });
  test('is what the developer option says', () => {
    expect(processLimit(android13('  mOverrideMaxCachedProcesses=0\n'))).toBe(0);
    expect(processLimit(android13('  mOverrideMaxCachedProcesses=4\n'))).toBe(4);
  });
  test('is unknown in anything else', () => {
    expect(processLimit('')).toBe('unparsed');
  });
});

const managed = (text: string, userId = 0) => why(parsed(devicePolicy, text, soFar({ userId })).values.system?.managed);
/** `dumpsys device_policy` of Android 13 with one device admin, shortened. */
const policy = (owner: string) =>
  `Current Device Policy Manager state:\n  Immutable state:\n    mHasFeature=true\n${owner}  Enabled Device Admins (User 0, provisioningState: 0):\n    com.google.android.gms/.mdm.receivers.MdmDeviceAdminReceiver:\n      uid=10008\n`;

const profileOwned = (owned: boolean) =>
  policy(
    `  Profile Owner (User 10): \n    admin=ComponentInfo{com.example.mdm/.Admin}\n    name=\n    isOrganizationOwnedDevice=${owned}\n\n`,
  );

describe('management by an organisation', () => {
  test('is not meant by a device admin alone', () => {
    expect(managed(policy(''))).toBe(false);
  });
  test('is a device owner', () => {
    expect(managed(policy('  Device Owner: \n    admin=ComponentInfo{com.example.mdm/.Admin}\n    User ID: 0\n'))).toBe(
      true,
    );
  });
  test('is a profile owner of the user in the foreground, not of a work profile beside it', () => {
    const work = policy('  Profile Owner (User 10): \n    admin=ComponentInfo{com.example.mdm/.Admin}\n');
    expect(managed(work)).toBe(false);
    expect(managed(work, 10)).toBe(true);
  });
  test('is a work profile on a phone of the company (Android 11 and later)', () => {
    expect(managed(profileOwned(true))).toBe(true);
    expect(managed(profileOwned(false))).toBe(false);
  });
  test('is unknown where the dump ends before the owners', () => {
    expect(managed('Current Device Policy Manager state:\n')).toBe('unparsed');
  });
});
