import type { SourceTrouble } from '../../source.ts';
import type { UsbmuxdError } from './usbmuxd.ts';
import type { UsbmuxdHere } from './usbmuxd-here.ts';

/** How the libraries are installed, per system. Windows and macOS bring usbmuxd themselves. */
const installLibrary: Partial<Record<NodeJS.Platform, string>> = {
  linux:
    'Debian, Ubuntu: sudo apt install libimobiledevice6 usbmuxd. Fedora: sudo dnf install libimobiledevice usbmuxd.',
  darwin: 'brew install libimobiledevice',
  win32: 'Install this program again: its setup brings libimobiledevice-1.0.dll and libplist-2.0.dll.',
};

/** How to get something that listens for iPhones. */
const installUsbmuxd: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['Debian, Ubuntu: sudo apt install usbmuxd. Fedora: sudo dnf install usbmuxd.'],
  darwin: ['macOS brings it: restart the Mac.', 'Allow the accessory when macOS asks.'],
  win32: [
    'Install Apple Devices from the Microsoft Store (or iTunes): it brings the iPhone driver.',
    'Apple Devices has no service: open it, and leave it open. With iTunes: Services ▸ Apple Mobile Device Service ▸ Start.',
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

/** How one that is installed is started. */
const startUsbmuxd = ({ startsByItself, root }: UsbmuxdHere): string[] => {
  const sudo = root ? '' : 'sudo ';
  return startsByItself
    ? [
        'It starts by itself when an iPhone is plugged in.',
        `If it does not, open a terminal and type: ${sudo}systemctl start usbmuxd`,
      ]
    : [`Open a terminal and type: ${sudo}usbmuxd`];
};

/** Nothing listens: what is true of this computer decides what helps. */
function nothingListens(here: UsbmuxdHere): Omit<SourceTrouble, 'platform'> {
  const { platform, address, installed } = here;
  if (address !== null) {
    return {
      code: 'usbmuxd-missing',
      message: `No iPhone can be seen: nothing listens at ${address}, which USBMUXD_SOCKET_ADDRESS names.`,
      brief: 'nothing listens at USBMUXD_SOCKET_ADDRESS',
      remedy: {
        title: 'Correct USBMUXD_SOCKET_ADDRESS',
        steps: ['Start the usbmuxd that it names, or remove the variable.'],
      },
    };
  }
  if (platform === 'linux' && installed) {
    return {
      code: 'usbmuxd-stopped',
      message: 'No iPhone can be seen: the program that sees them, usbmuxd, is not running.',
      brief: 'usbmuxd is not running',
      remedy: { title: 'Start the program that sees iPhones, usbmuxd', steps: startUsbmuxd(here) },
    };
  }
  return {
    code: 'usbmuxd-missing',
    message: 'No iPhone can be seen: nothing on this computer listens for iPhones.',
    remedy: {
      title: platform === 'win32' ? 'Install the iPhone driver' : 'Install usbmuxd',
      steps: [...(installUsbmuxd[platform] ?? [unknownSystem])],
    },
  };
}

export function usbmuxdTrouble(error: UsbmuxdError, here: UsbmuxdHere): SourceTrouble {
  switch (error.kind) {
    case 'missing':
      return { platform: 'ios', ...nothingListens(here) };
    case 'denied':
      return {
        code: 'usbmuxd-denied',
        platform: 'ios',
        message: 'No iPhone can be seen: this user may not talk to usbmuxd.',
        brief: 'this user may not talk to usbmuxd',
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
        brief: 'usbmuxd does not answer',
        remedy: { title: 'Restart usbmuxd', steps: ['Unplug every iPhone.', ...restartUsbmuxd(here)] },
      };
  }
}

function restartUsbmuxd({ platform, startsByItself, root }: UsbmuxdHere): string[] {
  if (platform !== 'linux') return [...(installUsbmuxd[platform] ?? [unknownSystem])];
  const sudo = root ? '' : 'sudo ';
  return [startsByItself ? `${sudo}systemctl restart usbmuxd` : `${sudo}usbmuxd -X, then ${sudo}usbmuxd`];
}
