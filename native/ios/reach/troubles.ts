import type { SourceTrouble } from '../../source.ts';
import type { UsbmuxdError } from './usbmuxd.ts';

/** How the libraries are installed, per system. Windows and macOS bring usbmuxd themselves. */
const installLibrary: Partial<Record<NodeJS.Platform, string>> = {
  linux:
    'Debian, Ubuntu: sudo apt install libimobiledevice6 usbmuxd. Fedora: sudo dnf install libimobiledevice usbmuxd.',
  darwin: 'brew install libimobiledevice',
  win32: 'Install this program again: its setup brings libimobiledevice-1.0.dll and libplist-2.0.dll.',
};

/** How to get something that listens for iPhones. */
const installUsbmuxd: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: [
    'Debian, Ubuntu: sudo apt install usbmuxd. Fedora: sudo dnf install usbmuxd.',
    'Plug the iPhone in: usbmuxd starts by itself. Else: sudo systemctl start usbmuxd.',
  ],
  darwin: ['macOS brings it: restart the Mac.', 'Allow the accessory when macOS asks.'],
  win32: [
    'Install Apple Devices from the Microsoft Store (or iTunes): it brings the iPhone driver.',
    'Services ▸ Apple Mobile Device Service ▸ Start.',
  ],
};

const unknownSystem = 'Install libimobiledevice and usbmuxd for this system.';

export function libraryMissing(detail: string, platform: NodeJS.Platform = process.platform): SourceTrouble {
  return {
    code: 'libimobiledevice-missing',
    platform: 'ios',
    message: `iPhones cannot be read: libimobiledevice is not usable on this computer (${detail}).`,
    remedy: {
      title: 'Install libimobiledevice',
      steps: [installLibrary[platform] ?? unknownSystem, 'Start this program again.'],
    },
  };
}

export function usbmuxdTrouble(error: UsbmuxdError, platform: NodeJS.Platform = process.platform): SourceTrouble {
  const steps = [...(installUsbmuxd[platform] ?? [unknownSystem])];
  switch (error.kind) {
    case 'missing':
      return {
        code: 'usbmuxd-missing',
        platform: 'ios',
        message: 'No iPhone can be seen: nothing on this computer listens for iPhones.',
        remedy: { title: platform === 'win32' ? 'Install the iPhone driver' : 'Start usbmuxd', steps },
      };
    case 'denied':
      return {
        code: 'usbmuxd-denied',
        platform: 'ios',
        message: 'No iPhone can be seen: this user may not talk to usbmuxd.',
        remedy: {
          title: 'Allow access to usbmuxd',
          steps: ['Run as a user who may open /var/run/usbmuxd, or correct its permissions.'],
        },
      };
    case 'silent':
    case 'broken':
      return {
        code: 'usbmuxd-silent',
        platform: 'ios',
        message: `No iPhone can be seen: usbmuxd does not answer (${error.message}).`,
        remedy: { title: 'Restart usbmuxd', steps: ['Unplug every iPhone.', ...steps] },
      };
  }
}
