import type { PhoneProbe } from '../../../probe.ts';
import { unavailable, type Unavailable } from '../../../unavailable.ts';
import { quoted, readLines, wholeNumber, yesOrNo } from '../dump.ts';
import { sdkOf } from '../uid.ts';

const statuses = ['unknown', 'charging', 'discharging', 'not-charging', 'full'] as const;
const healths = ['unknown', 'good', 'overheat', 'dead', 'over-voltage', 'failure', 'cold'] as const;

/** Keys of AOSP's own lines, exactly as they are spelt: Samsung repeats some of them in other letters with other values. */
const androidKeys = new Set([
  'AC powered',
  'USB powered',
  'Wireless powered',
  'Dock powered',
  'Max charging current',
  'Max charging voltage',
  'Charge counter',
  'status',
  'health',
  'present',
  'level',
  'scale',
  'voltage',
  'temperature',
  'technology',
  'Charging state',
  'Charging policy',
  'Capacity level',
]);
/** Newer One UI: `[SS][BattInfo]AsocData efsValue:96`; each is another word for one of Samsung's keys. */
const battInfo = /^\s*\[SS\]\[BattInfo\](AsocData|FirstUseDateData) efsValue:(\S{1,20})\s*$/;
const battInfoKeys = new Map([
  ['AsocData', 'mSavedBatteryAsoc'],
  ['FirstUseDateData', 'battery FirstUseDate'],
]);
const samsungKeys = new Set([
  'mSavedBatteryAsoc',
  'mSavedBatteryUsage',
  'battery FirstUseDate',
  'mProtectBatteryMode',
  'mProtectionThreshold',
  'mMaximumProtectionThreshold',
]);
/** Every version prints these. */
const powerKeys = ['AC powered', 'USB powered', 'Wireless powered'];
/** Android 13. Where the version is not known, lines that came later tell that a dock would be printed. */
const firstWithDock = 33;
const afterDock = ['Charging state', 'Charging policy', 'Capacity level'];

const absent = (key: string): Unavailable => unavailable('missing', `The phone does not print ${key}.`);

/** `[98]` and `98` are the same value: Samsung wrote it bare until about 2020 and in brackets since. */
const bare = (text: string): string => /^\[([^\]]*)\]$/.exec(text.trim())?.[1] ?? text.trim();

/** The word for one of Android's numbers, counted from 1. */
function word<W extends string>(words: readonly W[], text: string | undefined, key: string): W | Unavailable {
  if (text === undefined) return absent(key);
  const number = wholeNumber(text);
  const found = number === null ? undefined : words[number - 1];
  return found ?? unavailable('unparsed', `${key} is ${quoted(text)}.`);
}

function number(text: string | undefined, key: string): number | Unavailable {
  if (text === undefined) return absent(key);
  return wholeNumber(text) ?? unavailable('unparsed', `${key} is ${quoted(text)}.`);
}

function levelOf(values: ReadonlyMap<string, string>): number | Unavailable {
  const level = number(values.get('level'), 'level');
  const scale = number(values.get('scale') ?? '100', 'scale');
  if (typeof level !== 'number') return level;
  if (typeof scale !== 'number' || scale <= 0 || level < 0) {
    return unavailable('unparsed', `level ${level} of ${quoted(values.get('scale') ?? '')}.`);
  }
  return Math.round((level * 100) / scale);
}

function poweredOf(values: ReadonlyMap<string, string>, sdk: number | null): boolean | Unavailable {
  const answers = powerKeys.map((key) => yesOrNo(values.get(key)));
  const dock = yesOrNo(values.get('Dock powered'));
  if (dock === true || answers.includes(true)) return true;
  // A line that was lost may be the one that says yes.
  const hasDock = sdk === null ? afterDock.some((key) => values.has(key)) : sdk >= firstWithDock;
  if (hasDock && dock === null) return absent('Dock powered');
  return answers.every((answer) => answer === false) ? false : absent('powered');
}

/** Per cent of the design capacity (Samsung's ASOC), of a plausible size. */
function capacityOf(values: ReadonlyMap<string, string>): number | Unavailable {
  const text = values.get('mSavedBatteryAsoc');
  const asoc = number(text, 'mSavedBatteryAsoc');
  if (typeof asoc !== 'number') return asoc;
  return asoc > 0 && asoc <= 150 ? asoc : unavailable('missing', `mSavedBatteryAsoc is ${asoc}: not measured.`);
}

/** Samsung counts hundredths of a cycle. */
function cyclesOf(values: ReadonlyMap<string, string>): number | Unavailable {
  const usage = number(values.get('mSavedBatteryUsage'), 'mSavedBatteryUsage');
  if (typeof usage !== 'number') return usage;
  return usage >= 0 ? Math.floor(usage / 100) : unavailable('missing', `mSavedBatteryUsage is ${usage}: not counted.`);
}

function firstUseOf(values: ReadonlyMap<string, string>): string | Unavailable {
  const text = values.get('battery FirstUseDate');
  if (text === undefined) return absent('battery FirstUseDate');
  const date = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  return date === null
    ? unavailable('unparsed', `battery FirstUseDate is ${quoted(text)}.`)
    : `${date[1]}-${date[2]}-${date[3]}`;
}

/**
 * 100 where the protection is switched off, or decides by itself when to charge to the top. Samsung's modes (One UI 6.1 and 7): 0 off, 1
 * maximum (a threshold of its own), 2 the printed threshold, 3 and 4 adaptive: to 100 in time for the owner.
 */
function chargeLimitOf(values: ReadonlyMap<string, string>): number | Unavailable {
  const mode = number(values.get('mProtectBatteryMode'), 'mProtectBatteryMode');
  if (typeof mode !== 'number') return mode;
  if (mode === 0 || mode === 3 || mode === 4) return 100;
  if (mode !== 1 && mode !== 2) return unavailable('unparsed', `mProtectBatteryMode is ${mode}.`);
  const key = mode === 1 ? 'mMaximumProtectionThreshold' : 'mProtectionThreshold';
  const limit = number(values.get(key), key);
  if (typeof limit !== 'number') return limit;
  return limit > 0 && limit <= 100 ? limit : unavailable('unparsed', `${key} is ${limit}.`);
}

function recognised(values: Map<string, string>, line: string): boolean {
  if (/^\s*Current Battery Service state:/.test(line)) return true;
  const [, wear, efs] = battInfo.exec(line) ?? [];
  const wearKey = battInfoKeys.get(wear ?? '');
  if (wearKey !== undefined && efs !== undefined) {
    if (!values.has(wearKey)) values.set(wearKey, bare(efs));
    return true;
  }
  const colon = line.indexOf(': ');
  if (colon < 0) return false;
  const key = line.slice(0, colon).trim();
  // AOSP indents its own lines by two; Android 16 adds unindented continuation lines that hold ": " too.
  const known = samsungKeys.has(key) || (androidKeys.has(key) && /^ {2}\S/.test(line));
  if (!known) return false;
  if (!values.has(key)) values.set(key, bare(line.slice(colon + 2)));
  return true;
}

/**
 * The battery. Read from AOSP BatteryService.dumpInternal, 8..14, and real answers of Android 8.1, 9, 13, 14 and Samsung's
 * Android 10 and 16. The heading says `(UPDATES STOPPED -- use 'reset' to restart)` while test values are set. Samsung appends
 * wear (`mSavedBatteryAsoc`, %), use (`mSavedBatteryUsage`, hundredths of a cycle) and charge protection.
 */
export const battery: PhoneProbe = {
  id: 'battery',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: {
    battery: [
      'level',
      'status',
      'powered',
      'health',
      'temperature',
      'voltage',
      'updatesStopped',
      'capacityPercent',
      'cycles',
      'firstUse',
      'chargeLimit',
    ],
  },
  command: () => ['dumpsys', 'battery'],
  parse(text, so) {
    const values = new Map<string, string>();
    let updatesStopped = false;
    let heading = false;
    const unknownLines = readLines(text, (line) => {
      if (/^\s*\(UPDATES STOPPED\b/.test(line)) {
        updatesStopped = true;
        return true;
      }
      heading ||= line.startsWith('Current Battery Service state:');
      return recognised(values, line);
    });
    const temperature = number(values.get('temperature'), 'temperature');
    return {
      values: {
        battery: {
          level: levelOf(values),
          status: word(statuses, values.get('status'), 'status'),
          powered: poweredOf(values, sdkOf(so)),
          health: word(healths, values.get('health'), 'health'),
          temperature: typeof temperature === 'number' ? temperature / 10 : temperature,
          voltage: number(values.get('voltage'), 'voltage'),
          updatesStopped: heading ? updatesStopped : unavailable('unparsed', 'The answer has no battery heading.'),
          capacityPercent: capacityOf(values),
          cycles: cyclesOf(values),
          firstUse: firstUseOf(values),
          chargeLimit: chargeLimitOf(values),
        },
      },
      unknownLines,
    };
  },
};
