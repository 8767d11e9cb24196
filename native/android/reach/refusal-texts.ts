import type { Remedy } from '../../phone.ts';

/**
 * The words with which Android phones refuse: one table for the answers of a scan and for the commands of corrections. Many of them
 * arrive on standard output with exit code 0, so that only the text tells.
 */

/** A whole answer is recognised by its first lines, each anchored at the start of a line. */
const denied: readonly RegExp[] = [
  /^\s*Permission Denial\b/i,
  /^\s*(?:Error(?: while[^:]*)?: |Exception occurred while[^:]*:\s*|Failure(?: calling service \S+)?: |Operation not allowed: |Bad argument: )?(?:Caused by: )?java\.lang\.SecurityException\b/i,
  /^\s*(?:Error: )?(?:Exception occurred[^:]*:\s*)?SecurityException\b/i,
  /^\s*Permission denial: /i,
  /^\s*Security exception: /i,
];
const missing: readonly RegExp[] = [
  /^\s*Can't find service: /i,
  /^\s*cmd: Can't find service/i,
  /^\s*cmd: Failure calling service/i,
  /^\S*: \S+: inaccessible or not found$/i,
  /^\S*: \S+: not found$/i,
  /^\s*Unknown command: /i,
  /^\s*Error: (?:unknown|Unknown) command\b/i,
  /^\s*Error: Unknown option: /i,
  /^\s*No shell command implementation\.?$/i,
  /^\s*Invalid command: /i,
];

/** One expression for all of a list: every line at the beginning of every answer is held against them. */
const anyOf = (patterns: readonly RegExp[]): RegExp => new RegExp(patterns.map(({ source }) => source).join('|'), 'i');
const anyDenied = anyOf(denied);
const anyMissing = anyOf(missing);

/** A line in which the phone says that it will not. */
export const isDenied = (line: string): boolean => anyDenied.test(line);
/** A line in which the phone says that it has no such thing. */
export const isMissing = (line: string): boolean => anyMissing.test(line);

interface Reason {
  /** Stable, for scripts and tests. */
  code: string;
  /** What the line says besides; left out: anything. */
  says?: RegExp;
  /** Only on phones with these menus; left out: all. */
  skins?: readonly string[];
  remedy: Remedy;
}

const byHand = 'Carry out the steps on the phone, which stand beside this correction.';
const askWhoManages = 'Where a company, a school or a parent manages the phone, ask them.';
const lacksSettings = /WRITE_(?:SECURE_)?SETTINGS|(?:GRANT|REVOKE)_RUNTIME_PERMISSIONS/;

/**
 * Why a command was denied, with the maker's own way to allow it; the special stands before the general. Sources: AOSP 34
 * PackageManagerService.setEnabledSettings and PermissionManagerServiceImpl; Xiaomi: gkd-kit/gkd issue 766, zacharee/nobar-issues
 * issue 135; ColorOS: appium issue 13802; Samsung: Auto Blocker of One UI 6 (not verified on a phone).
 */
const deniedReasons: readonly Reason[] = [
  {
    code: 'policy-fixed',
    says: /policy[ _-]?fixed/i,
    remedy: {
      title: 'An administrator has fixed this permission',
      steps: ['Look up in the settings who manages the phone (device admin apps), and ask them to allow it.'],
    },
  },
  {
    code: 'deep-sleep',
    says: /Shell cannot change component state/i,
    skins: ['samsung'],
    remedy: {
      title: 'Take the app out of deep sleep on the phone',
      steps: [
        'Open the app from the list of apps. This wakes it.',
        'Open Settings > Battery > Background usage limits > Deep sleeping apps, and remove it there.',
      ],
    },
  },
  {
    code: 'component-state',
    says: /Shell cannot change component state/i,
    remedy: {
      title: 'Only the phone itself can switch this app on',
      steps: ['Open Settings > Apps, tap the app and then Enable.', 'Open the app once.'],
    },
  },
  {
    code: 'never-asked',
    says: /has not requested permission|is not a changeable permission type/i,
    remedy: {
      title: 'This version of the app never asks for this permission',
      steps: ['Update the app in the store of the phone, open it once, and scan again.'],
    },
  },
  {
    code: 'managed',
    says: /user restriction|DISALLOW_|device (?:admin|owner)|profile owner/i,
    remedy: {
      title: 'An administrator forbids this change',
      steps: ['Look up in the settings who manages the phone (device admin apps), and ask them to allow it.'],
    },
  },
  {
    code: 'xiaomi-security-settings',
    says: lacksSettings,
    skins: ['xiaomi'],
    remedy: {
      title: 'Switch "USB debugging (Security settings)" on',
      steps: [
        'On the phone, open Settings > Additional settings > Developer options.',
        'Switch "USB debugging (Security settings)" on. It asks for a Xiaomi account and a SIM card.',
        'Restart the phone if it asks for that, and try again.',
      ],
    },
  },
  {
    code: 'coloros-permission-monitoring',
    says: lacksSettings,
    skins: ['coloros'],
    remedy: {
      title: 'Switch "Disable permission monitoring" on',
      steps: [
        'On the phone, open Settings > Additional settings > Developer options.',
        'Switch "Disable permission monitoring" on, near the end of the list, and try again.',
        'Switch it off again afterwards.',
      ],
    },
  },
  {
    code: 'samsung-auto-blocker',
    skins: ['samsung'],
    remedy: {
      title: 'Look for what blocks commands over USB',
      steps: [
        'Open Settings > Security and privacy > Auto Blocker, switch it off, and plug the phone in again.',
        askWhoManages,
        byHand,
      ],
    },
  },
];

const deniedOtherwise: Reason = {
  code: 'shell-permission',
  remedy: { title: 'This phone does not let a computer change it', steps: [byHand, askWhoManages] },
};

/** What phones say that understood a command and will not carry it out. AOSP 34 NetworkPolicyManagerShellCommand, DeviceIdleController, Monkey. */
const noReasons: readonly (Reason & { says: RegExp })[] = [
  {
    code: 'policy-changed',
    says: /^\s*Error: UID \d{1,9} not (?:black|white|deny|allow)listed/i,
    remedy: {
      title: 'The data policy of the app is not the one that was read',
      steps: ['Scan again: something has changed it meanwhile.', byHand],
    },
  },
  {
    code: 'unknown-app',
    says: /^\s*(?:(?:Error: )?(?:[\w.]{1,80}Exception: )?Unknown package: |Error: No UID for |(?:Error: )?Package \S{1,200} not found)/i,
    remedy: {
      title: 'The phone knows no such app for the person who uses it now',
      steps: ['Scan again: the app may have been removed, or the phone switched to another person.'],
    },
  },
  {
    code: 'nothing-to-open',
    says: /No activities found to run|Activity class \{[^}]{0,300}\} does not exist|unable to resolve Intent|^\s*Error: Activity not started/i,
    remedy: { title: 'The phone found nothing to open', steps: ['Open the app or the screen on the phone.'] },
  },
  {
    code: 'stays-suspended',
    says: /^\s*Failed to (?:un)?suspend/i,
    remedy: { title: 'The phone keeps the app suspended', steps: [byHand] },
  },
  {
    code: 'failed',
    says: /^Failed$/,
    remedy: {
      title: 'The phone tried and failed, without a reason',
      steps: ['Restart the phone and try again.', byHand],
    },
  },
];

const unknownCommand: Reason = {
  code: 'unknown-command',
  remedy: { title: 'This version of Android does not know this command', steps: [byHand] },
};

/** A refusal of a command: the line that says so, why, and what to do about it. */
export interface AndroidCommandRefusal {
  code: string;
  line: string;
  remedy: Remedy;
}

const isAbout = (line: string, skin: string | null, { says, skins }: Reason): boolean =>
  (says === undefined || says.test(line)) && (skins === undefined || (skin !== null && skins.includes(skin)));

const told = (line: string, { code, remedy }: Reason): AndroidCommandRefusal => ({ code, line: line.trim(), remedy });

/** Recognises that a phone with these menus refused a command. null: it said nothing of the kind. */
export function refusedCommand(text: string, skin: string | null): AndroidCommandRefusal | null {
  const lines = text.split('\n');
  const denial = lines.find(isDenied);
  if (denial !== undefined) {
    return told(denial, deniedReasons.find((reason) => isAbout(denial, skin, reason)) ?? deniedOtherwise);
  }
  for (const line of lines) {
    const no = noReasons.find((reason) => isAbout(line, skin, reason));
    if (no !== undefined) return told(line, no);
  }
  const unknown = lines.find(isMissing);
  return unknown === undefined ? null : told(unknown, unknownCommand);
}
