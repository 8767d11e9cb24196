import type { PhoneState, Remedy } from '../../phone.ts';

/**
 * What stands between this computer and an iPhone; finer than a phone's state, because each has its own remedy. A phone that
 * usbmuxd does not see is no phone at all: see `troubles.ts`.
 */
export const accesses = [
  'ready',
  'locked',
  'locked-since-restart',
  'locked-unpaired',
  'trust-dialog',
  'trust-refused',
  'trust-removed',
  'never-paired',
  'pairing-stale',
  'paired-in-vain',
  'forgotten',
  'restricted',
  'managed',
  'silent',
  'unclear',
] as const;
export type Access = (typeof accesses)[number];

interface AccessMeaning {
  state: PhoneState;
  remedy: Remedy | null;
}

const pairSteps = ['Unlock the iPhone and leave it plugged in.', 'On the iPhone tap Trust and type the passcode.'];

/** Since iOS 15; before that it stands under Reset. iOS 26.4 has Stolen Device Protection on as sold. */
export const resetTrust =
  'Settings ▸ General ▸ Transfer or Reset iPhone ▸ Reset (iOS 14 and older: Settings ▸ General ▸ Reset) ▸ Reset Location & Privacy. With Stolen Device Protection this may take an hour.';

/** Linux distributions of the Red Hat family forbid the signatures that iPhones are paired with. */
const cryptoPolicy =
  'Fedora, Red Hat: sudo update-crypto-policies --set LEGACY, and restart the computer. Put it back later with --set DEFAULT.';

export const accessMeanings: Readonly<Record<Access, AccessMeaning>> = {
  ready: { state: 'ready', remedy: null },
  locked: {
    state: 'locked',
    remedy: {
      title: 'Unlock the iPhone',
      steps: ['Unlock the iPhone and keep its screen on while it is read.'],
    },
  },
  'locked-since-restart': {
    state: 'locked',
    remedy: {
      title: 'Unlock the iPhone once',
      steps: ['The iPhone was not unlocked since it was switched on: type its passcode once.'],
    },
  },
  'locked-unpaired': {
    state: 'locked',
    remedy: {
      title: 'Unlock the iPhone, then tap Trust',
      steps: ['Unlock the iPhone: it asks only while it is unlocked.', 'Tap Trust and type the passcode.'],
      action: 'pair',
    },
  },
  'trust-dialog': {
    state: 'untrusted',
    remedy: {
      title: 'Tap Trust on the iPhone',
      steps: [
        'iOS 26 asks first “Allow accessory to connect?”: tap Allow.',
        'On the iPhone tap Trust.',
        'Type the passcode of the iPhone when it asks.',
      ],
      action: 'pair',
    },
  },
  'trust-refused': {
    state: 'untrusted',
    remedy: {
      title: 'Don’t Trust was tapped',
      steps: [
        'Pair again, and tap Trust on the iPhone.',
        'If it does not ask: unplug the iPhone and plug it in again.',
        `If it still does not ask: ${resetTrust}`,
      ],
      action: 'pair-again',
    },
  },
  'trust-removed': {
    state: 'untrusted',
    remedy: {
      title: 'The iPhone does not trust this computer any more',
      steps: ['Pair again to read it once more.'],
      action: 'pair-again',
    },
  },
  'never-paired': {
    state: 'untrusted',
    remedy: { title: 'Pair the iPhone with this computer', steps: pairSteps, action: 'pair' },
  },
  'pairing-stale': {
    state: 'untrusted',
    remedy: {
      title: 'The pairing is out of date: pair again',
      steps: [...pairSteps, 'If the iPhone does not ask: unplug it, plug it in again and pair again.'],
      action: 'pair-again',
    },
  },
  'paired-in-vain': {
    state: 'untrusted',
    remedy: {
      title: 'Paired, but the iPhone still cannot be read: the cause is elsewhere',
      steps: [
        'Compare date and time: this computer and the iPhone must both be right.',
        ...(process.platform === 'linux' ? [cryptoPolicy] : []),
        'Restart the iPhone and this computer, then pair again.',
        `Last: ${resetTrust} Every computer then has to be trusted anew.`,
      ],
      action: 'pair-again',
    },
  },
  forgotten: {
    state: 'untrusted',
    remedy: { title: 'The iPhone no longer knows this computer: pair again', steps: pairSteps, action: 'pair' },
  },
  restricted: {
    state: 'no-permission',
    remedy: {
      title: 'The iPhone allows no accessory',
      steps: [
        'Unlock the iPhone and plug it in again.',
        'iOS 26: Settings ▸ Privacy & Security ▸ Wired Accessories: choose “Always Ask” or “Automatically Allow When Unlocked”.',
        'Before iOS 26: Settings ▸ Face ID & Passcode ▸ Allow Access When Locked ▸ Accessories: on.',
        'Settings ▸ Privacy & Security ▸ Lockdown Mode: off for the scan.',
      ],
    },
  },
  managed: {
    state: 'no-permission',
    remedy: {
      title: 'An organisation manages this iPhone and forbids pairing',
      steps: ['Ask the administrator of the iPhone to allow pairing, or scan on a computer of the organisation.'],
    },
  },
  silent: {
    state: 'offline',
    remedy: {
      title: 'The iPhone does not answer',
      steps: [
        'Unlock the iPhone.',
        'Unplug it and plug it in again, straight into the computer.',
        'Restart the iPhone.',
      ],
    },
  },
  unclear: {
    state: 'offline',
    remedy: {
      title: 'The conversation with the iPhone broke off',
      steps: ['Unplug the iPhone and plug it in again.', 'Try another cable or port.', 'Restart the iPhone.'],
    },
  },
};

const byLockdownCode: ReadonlyMap<number, Access> = new Map([
  [0, 'ready'],
  [-2, 'pairing-stale'],
  [-5, 'pairing-stale'],
  [-7, 'silent'],
  [-17, 'locked'],
  [-18, 'trust-refused'],
  [-19, 'trust-dialog'],
  [-20, 'forgotten'],
  [-21, 'forgotten'],
  [-29, 'never-paired'],
  [-31, 'pairing-stale'],
  [-34, 'restricted'],
  [-35, 'locked-since-restart'],
  [-38, 'managed'],
  [-39, 'managed'],
]);

/** The access that a lockdown error code tells of. */
export const accessOfCode = (code: number): Access => byLockdownCode.get(code) ?? 'unclear';
