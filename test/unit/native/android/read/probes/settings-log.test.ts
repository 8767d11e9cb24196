import { describe, expect, test } from 'vitest';
import { settingsLog } from '../../../../../../native/android/read/probes/settings-log.ts';
import { parsed, plain, soFar, why } from '../parse.ts';

/** `dumpsys settings` of Android 9 (two users), as a bug report has it. */
const android9 = `Unknown argument: -a; use -h for help
GLOBAL SETTINGS (user 0)
_id:30724 name:captive_portal_detection_enabled pkg:com.sunmi.toolbox value:0
_id:152 name:app_standby_enabled pkg:com.google.android.gms value:1
_id:82 name:low_power pkg:android value:0 default:0 defaultSystemSet:true
_id:0 name:airplane_mode_on pkg:android value:0 default:0 defaultSystemSet:true
_id:48 name:captive_portal_mode pkg:android value:0 default:0 defaultSystemSet:true
_id:147 name:always_on_display_constants pkg:com.google.android.gms value:{null}
_id:30725 name:auto_time pkg:com.android.settings value:1 default:1 defaultSystemSet:true

Historical operations
2025-12-09 06:05:34 update auto_time
2025-12-08 21:00:00 update auto_time
2025-12-01 10:00:00 update low_power

SECURE SETTINGS (user 0)
_id:42 name:location_mode pkg:android value:3 default:3 defaultSystemSet:true

SYSTEM SETTINGS (user 0)
_id:9 name:ringtone pkg:android value:a
b default:c defaultSystemSet:true

SECURE SETTINGS (user 10)
_id:42 name:location_mode pkg:com.example.admin value:0 default:3 defaultSystemSet:true
_id:43 name:always_on_vpn_app pkg:android value:com.example.vpn

Historical operations
2025-12-09 06:05:34 update auto_time
`;

const samsung = (ultraMode: number) =>
  `GLOBAL SETTINGS (user 0)\n_id:1 name:a pkg:b value:c\nSYSTEM SETTINGS (user 0)\n_id:5 name:ultra_powersaving_mode pkg:android value:${ultraMode}\n`;

describe('the settings with their writers', () => {
  test('mean what the lists mean (Android 9)', () => {
    const { values, unknownLines } = parsed(settingsLog, android9);
    expect(plain(values.network)).toEqual({
      airplaneMode: false,
      captivePortalDetection: false,
      privateDnsMode: 'missing',
      wifiSleepPolicy: 'missing',
      privateDnsHost: 'missing',
      alwaysOnVpn: '',
      alwaysOnVpnLockdown: false,
    });
    expect(plain(values.system)).toMatchObject({ autoTime: true, appStandby: true, locationOn: true });
    expect(plain(values.power)).toEqual({
      saverOn: false,
      saverSticky: 'missing',
      triggerLevel: 'missing',
      schedule: 'missing',
      extremeMode: 'missing',
    });
    expect(unknownLines).toBe(2);
  });

  test('name who wrote what matters here', () => {
    expect(parsed(settingsLog, android9).values.system?.settingsChangedBy).toEqual([
      { key: 'airplane_mode_on', value: '0', by: 'android', at: '' },
      { key: 'low_power', value: '0', by: 'android', at: '2025-12-01 10:00:00' },
      { key: 'captive_portal_mode', value: '0', by: 'android', at: '' },
      { key: 'captive_portal_detection_enabled', value: '0', by: 'com.sunmi.toolbox', at: '' },
      { key: 'auto_time', value: '1', by: 'com.android.settings', at: '2025-12-09 06:05:34' },
      { key: 'app_standby_enabled', value: '1', by: 'com.google.android.gms', at: '' },
      { key: 'location_mode', value: '3', by: 'android', at: '' },
    ]);
  });

  test('are those of the user in the foreground', () => {
    const { values } = parsed(settingsLog, android9, soFar({ userId: 10 }));
    expect(values.system?.locationOn).toBe(false);
    expect(values.network?.alwaysOnVpn).toBe('com.example.vpn');
  });

  test('keep a value that looks like the words after it', () => {
    const { values } = parsed(
      settingsLog,
      'GLOBAL SETTINGS (user 0)\n_id:1 name:private_dns_specifier pkg:x.y value:dns.example.net default:d defaultSystemSet:false tag:null\n_id:2 name:private_dns_mode pkg:x.y value:hostname tag:null\n',
    );
    expect(values.network).toMatchObject({ privateDnsMode: 'hostname', privateDnsHost: 'dns.example.net' });
  });

  test('of a Samsung show whether its extreme mode is on', () => {
    expect(parsed(settingsLog, samsung(1)).values.power?.extremeMode).toBe(true);
    expect(parsed(settingsLog, samsung(0)).values.power?.extremeMode).toBe(false);
  });

  test('are unknown where there are none', () => {
    const { values } = parsed(settingsLog, 'GLOBAL SETTINGS (user 0)\n');
    expect(why(values.system?.settingsChangedBy)).toBe('unparsed');
    expect(why(values.network?.airplaneMode)).toBe('unparsed');
  });
});
