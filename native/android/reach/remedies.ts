import type { PhoneState, Remedy } from '../../phone.ts';
import { NativeError } from '../../source.ts';
import type { AdbAddress } from './adb-address.ts';

const installAdb: Record<string, string> = {
  linux: 'Debian, Ubuntu: sudo apt install adb. Fedora: sudo dnf install android-tools.',
  darwin: 'In a terminal: brew install android-platform-tools',
  win32: 'In a terminal: winget install Google.PlatformTools',
};

/** The adb program is needed only to start the server. */
export const adbMissing = (): NativeError =>
  new NativeError('adb-missing', 'adb is not installed, so Android phones cannot be seen.', {
    title: 'Install adb',
    steps: [
      installAdb[process.platform] ?? 'Install the Android platform tools.',
      'Android phones appear here as soon as it is installed.',
    ],
  });

export const adbServerUnreachable = (address: AdbAddress, detail: string): NativeError =>
  new NativeError(
    'adb-server-unreachable',
    `The adb server at ${address.host}:${address.port} does not answer. ${detail}`.trim(),
    {
      title: 'Restart the adb server',
      steps: [
        'Close other programs that use Android phones over USB (Android Studio, phone managers, emulators).',
        'In a terminal: adb kill-server && adb start-server',
      ],
    },
  );

/** A phone that adb knows in a state that `phoneState` cannot tell apart. */
export type AdbState = string;

/** adb's own word for a phone's condition, in the words of this program. */
export function phoneState(adbState: AdbState): PhoneState {
  switch (adbState) {
    case 'device':
    case 'emulator':
      return 'ready';
    case 'unauthorized':
    case 'authorizing':
      return 'unauthorized';
    case 'recovery':
    case 'rescue':
    case 'bootloader':
      return 'recovery';
    case 'sideload':
      return 'sideload';
    case 'no permissions':
      return 'no-permission';
    default:
      return 'offline';
  }
}

const udevRule =
  'sudo apt install android-sdk-platform-tools-common, or on other systems install the android-udev rules; then unplug the phone and plug it in again.';

const remedies: Record<Exclude<PhoneState, 'ready'>, Remedy> = {
  unauthorized: {
    title: 'Allow USB debugging on the phone',
    steps: [
      'Unlock the phone. A question "Allow USB debugging?" is on its screen: tick "Always allow from this computer" and tap Allow.',
      'If no question appears: unplug the phone and plug it in again.',
      'If it still does not appear: on the phone, Settings > System > Developer options > Revoke USB debugging authorisations, then switch USB debugging off and on.',
    ],
  },
  offline: {
    title: 'The phone does not answer',
    steps: [
      'Unlock the phone, unplug it and plug it in again, straight into the computer and with another cable if there is one.',
      'If that does not help: switch USB debugging off and on in Developer options.',
      'As the last resort, restart the phone.',
    ],
  },
  recovery: {
    title: 'The phone is in recovery or bootloader mode',
    steps: [
      'Choose "Reboot system now" (or "Start") on the phone with its volume and power keys. Settings can only be read from the running system.',
    ],
  },
  sideload: {
    title: 'The phone waits for an update over USB',
    steps: [
      'Leave this mode: hold the power key until the phone restarts. Settings can only be read from the running system.',
    ],
  },
  'no-permission': {
    title: 'This computer may not open the phone',
    steps: [
      process.platform === 'linux'
        ? `Linux needs a udev rule for the phone: ${udevRule}`
        : 'Unplug the phone and plug it in again.',
      'Then restart the adb server: adb kill-server && adb start-server',
    ],
  },
  gone: { title: 'The phone was unplugged', steps: ['Plug it in again to go on where you stopped.'] },
  untrusted: { title: 'Trust this computer', steps: ['Unlock the phone and confirm that this computer may read it.'] },
  locked: { title: 'Unlock the phone', steps: ['Unlock the phone and leave it unlocked during the scan.'] },
};

/** What to do about an Android phone in a state; null for a ready one. */
export const androidRemedy = (state: PhoneState): Remedy | null => (state === 'ready' ? null : remedies[state]);
