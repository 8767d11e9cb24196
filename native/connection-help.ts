import type { PhoneState, Platform } from './phone.ts';

/** Something that keeps phones from being seen or read over USB, and how to get past it. */
export interface ConnectionHelp {
  id: string;
  platform: Platform;
  title: string;
  /** The states of a phone that it may explain; `unseen`: no phone is listed at all. */
  explains: readonly (Exclude<PhoneState, 'gone'> | 'unseen')[];
  /** In order. */
  steps: readonly string[];
  /** The computers on which it can be the cause; absent: all. */
  computers?: readonly NodeJS.Platform[];
}

/**
 * Sources: Android's developer documentation (USB debugging, authorisation timeout since 11, OEM USB drivers), Samsung's and Google's help
 * for Auto Blocker and Advanced Protection, Apple's for wired accessories (iOS 26), Stolen Device Protection and Apple Devices. As of
 * November 2026; not tried on phones.
 */
const topics: readonly ConnectionHelp[] = [
  {
    id: 'android-cable',
    platform: 'android',
    title: 'The cable carries no data',
    explains: ['unseen', 'offline'],
    steps: [
      'Many cables only charge. Take the one that came with the phone, or one that is sold for data.',
      'Plug it straight into the computer, not into a hub, a screen or a keyboard.',
    ],
  },
  {
    id: 'android-debugging',
    platform: 'android',
    title: 'USB debugging is off',
    explains: ['unseen'],
    steps: [
      'Settings > System > Developer options > USB debugging: on. An update or a restart in safe mode may have switched it off.',
    ],
  },
  {
    id: 'android-usb-mode',
    platform: 'android',
    title: 'The phone only charges',
    explains: ['unseen'],
    steps: ['Pull the notifications down, tap the one about USB, and choose File transfer.'],
  },
  {
    id: 'samsung-auto-blocker',
    platform: 'android',
    title: 'Samsung: Auto Blocker',
    explains: ['unseen', 'unauthorized', 'offline'],
    steps: [
      'It blocks commands over USB, and is on by default since One UI 6.1.1.',
      'Settings > Security and privacy > Auto Blocker: off. Then switch USB debugging on.',
      'Switch it on again when the work is done.',
    ],
  },
  {
    id: 'android-advanced-protection',
    platform: 'android',
    title: 'Android 16 and later: Advanced Protection',
    explains: ['unseen', 'offline'],
    steps: ['USB carries data only where the phone was plugged in while unlocked: unplug it, unlock it, plug it in.'],
  },
  {
    id: 'android-authorisation-expired',
    platform: 'android',
    title: 'The permission for this computer has run out',
    explains: ['unauthorized'],
    steps: [
      'A permission that was not used for 7 days ends. Unlock the phone and allow USB debugging again.',
      'To keep it: Developer options > Disable adb authorisation timeout.',
    ],
  },
  {
    id: 'android-no-question',
    platform: 'android',
    title: 'The phone does not ask “Allow USB debugging?”',
    explains: ['unauthorized'],
    steps: [
      'Unlock the phone, unplug it and plug it in again.',
      'Developer options > Revoke USB debugging authorisations, then switch USB debugging off and on.',
    ],
  },
  {
    id: 'xiaomi-security-settings',
    platform: 'android',
    title: 'Xiaomi, Redmi, POCO: one more switch',
    explains: ['ready'],
    steps: [
      'The phone is read without it, but refuses corrections.',
      'Developer options > USB debugging (Security settings): on. It asks for a Xiaomi account and a SIM card.',
    ],
  },
  {
    id: 'oppo-permission-monitoring',
    platform: 'android',
    title: 'Oppo, realme, OnePlus: one more switch',
    explains: ['ready'],
    steps: [
      'The phone is read without it, but refuses corrections.',
      'Developer options > Disable permission monitoring: on. It stands near the end of the list.',
    ],
  },
  {
    id: 'android-other-program',
    platform: 'android',
    title: 'Another program holds the phone',
    explains: ['unseen', 'offline', 'no-permission'],
    steps: ['Close Android Studio, emulators and phone managers, then unplug the phone and plug it in again.'],
  },
  {
    id: 'linux-udev',
    platform: 'android',
    title: 'Linux: a rule for the phone is missing',
    explains: ['no-permission'],
    steps: [
      'Debian, Ubuntu: sudo apt install android-sdk-platform-tools-common. Other systems: install the android-udev rules.',
      'Unplug the phone and plug it in again.',
    ],
    computers: ['linux'],
  },
  {
    id: 'windows-driver',
    platform: 'android',
    title: 'Windows: the driver is missing',
    explains: ['unseen'],
    steps: [
      'Settings > Windows Update > Advanced options > Optional updates > Driver updates: install the one for the phone.',
      'If there is none: install the USB driver of the maker, or the Google USB Driver.',
    ],
    computers: ['win32'],
  },
  {
    id: 'iphone-cable',
    platform: 'ios',
    title: 'The cable carries no data',
    explains: ['unseen', 'offline'],
    steps: [
      'Many cables only charge. Take the one that came with the iPhone, or one that is sold for data.',
      'Plug it straight into the computer, not into a hub, a screen or a keyboard.',
    ],
  },
  {
    id: 'iphone-locked',
    platform: 'ios',
    title: 'The iPhone is locked',
    explains: ['unseen', 'locked', 'no-permission'],
    steps: [
      'Unlock it before it is plugged in, and keep its screen on. After a restart it needs its passcode once.',
      'A locked iPhone lets no computer in unless Settings ▸ Face ID & Passcode ▸ Accessories is on.',
    ],
  },
  {
    id: 'ios-wired-accessories',
    platform: 'ios',
    title: 'iOS 26 and later: “Allow accessory to connect?”',
    explains: ['unseen', 'untrusted', 'no-permission'],
    steps: [
      'This question comes before Trust: tap Allow.',
      'If it does not come: Settings ▸ Privacy & Security ▸ Wired Accessories ▸ Always Ask, and plug the iPhone in again.',
    ],
  },
  {
    id: 'iphone-declined',
    platform: 'ios',
    title: 'Don’t Trust was tapped, or nothing is asked',
    explains: ['untrusted'],
    steps: [
      'Unlock the iPhone, and pair again.',
      'If it does not ask: Settings ▸ General ▸ Transfer or Reset iPhone ▸ Reset ▸ Reset Location & Privacy.',
    ],
  },
  {
    id: 'ios-stolen-device-protection',
    platform: 'ios',
    title: 'Stolen Device Protection',
    explains: ['untrusted'],
    steps: ['It is on by default since iOS 26.4, and may hold a reset up for an hour. Wait, or do it at home.'],
  },
  {
    id: 'iphone-pairing-in-vain',
    platform: 'ios',
    title: 'Paired again and again, and still not read',
    explains: ['untrusted', 'offline'],
    steps: [
      'Compare date and time: this computer and the iPhone must both be right.',
      'Fedora, Red Hat: the crypto policy forbids SHA-1, which pairing needs: sudo update-crypto-policies --set LEGACY, and restart the computer.',
    ],
  },
  {
    id: 'ios-lockdown-mode',
    platform: 'ios',
    title: 'Lockdown Mode',
    explains: ['unseen', 'no-permission'],
    steps: ['Settings ▸ Privacy & Security ▸ Lockdown Mode: off for the scan. The iPhone restarts.'],
  },
  {
    id: 'windows-apple-devices',
    platform: 'ios',
    title: 'Windows: Apple Devices is not open',
    explains: ['unseen'],
    steps: [
      'Install Apple Devices from the Microsoft Store, open it, and leave it open: without it Windows sees no iPhone.',
    ],
    computers: ['win32'],
  },
];

/** What can be the cause on this kind of computer. */
export const connectionHelp = (computer: NodeJS.Platform = process.platform): ConnectionHelp[] =>
  topics.filter(({ computers }) => computers === undefined || computers.includes(computer));
