import { describe, expect, test } from 'vitest';
import { libraryMissing, usbmuxdTrouble } from '../../../../../native/ios/reach/troubles.ts';
import { usbmuxdAddress, UsbmuxdError } from '../../../../../native/ios/reach/usbmuxd.ts';

describe('where usbmuxd listens', () => {
  test.each([
    [{}, 'linux', { path: '/var/run/usbmuxd' }],
    [{}, 'darwin', { path: '/var/run/usbmuxd' }],
    [{}, 'win32', { host: '127.0.0.1', port: 27_015 }],
    [{ USBMUXD_SOCKET_ADDRESS: 'UNIX:/tmp/mux' }, 'linux', { path: '/tmp/mux' }],
    [{ USBMUXD_SOCKET_ADDRESS: '127.0.0.1:27016' }, 'linux', { host: '127.0.0.1', port: 27_016 }],
    [{ USBMUXD_SOCKET_ADDRESS: '[::1]:27016' }, 'win32', { host: '::1', port: 27_016 }],
  ] as const)('%o on %s', (env, platform, address) => {
    expect(usbmuxdAddress(env, platform)).toEqual(address);
  });
});

describe('troubles', () => {
  test.each([
    ['missing', 'linux', 'usbmuxd-missing', 'apt install usbmuxd'],
    ['missing', 'win32', 'usbmuxd-missing', 'Apple Devices'],
    ['missing', 'darwin', 'usbmuxd-missing', 'restart the Mac'],
    ['denied', 'linux', 'usbmuxd-denied', 'permissions'],
    ['silent', 'linux', 'usbmuxd-silent', 'Unplug every iPhone'],
  ] as const)('usbmuxd %s on %s is %s, with "%s" among the steps', (kind, platform, code, step) => {
    const trouble = usbmuxdTrouble(new UsbmuxdError(kind, 'why'), platform);
    expect(trouble.code).toBe(code);
    expect(trouble.remedy.steps.join(' ')).toContain(step);
  });

  test.each([
    ['linux', 'sudo apt install libimobiledevice6 usbmuxd'],
    ['darwin', 'brew install libimobiledevice'],
    ['win32', 'libimobiledevice-1.0.dll'],
  ] as const)('the missing library on %s is installed with "%s"', (platform, command) => {
    expect(libraryMissing('why', platform).remedy.steps.join(' ')).toContain(command);
  });
});
