import type { PhoneProbe } from '../../../probe.ts';
import { unavailable } from '../../../unavailable.ts';
import { readLines, wholeNumber } from '../dump.ts';
import { globalGives, isWhole, secureGives, type Namespace } from '../settings-list.ts';
import { globalValues, secureValues, settingsThatMatter, systemValues, type ProvesAbsent } from '../settings.ts';
import { readUser } from '../uid.ts';

interface Row {
  value: string;
  by: string;
}

/** `_id:152 name:app_standby_enabled pkg:com.google.android.gms value:1[ default:1 defaultSystemSet:true][ tag:…]` */
const row = /^_id:-?\d+ name:(\S+) pkg:(\S+) value:/;

function readRow(line: string): { name: string; row: Row } | null {
  const match = row.exec(line);
  if (match?.[1] === undefined || match[2] === undefined) return null;
  const rest = line.slice(match[0].length);
  const byDefault = rest.includes(' defaultSystemSet:') ? rest.indexOf(' default:') : -1;
  const value = byDefault < 0 ? rest.replace(/ tag:\S*$/, '') : rest.slice(0, byDefault);
  return { name: match[1], row: { value, by: match[2] } };
}

/** `2025-12-09 06:05:34 update auto_time`, under "Historical operations" of its namespace, newest first. */
const change = /^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}) update (\S+)$/;

function namespaceOf(heading: string, userId: number): Namespace | null {
  const match = /^(GLOBAL|SECURE|SYSTEM) SETTINGS \(user (\d{1,9})\)$/.exec(heading.trim());
  const user = wholeNumber(match?.[2]);
  switch (match?.[1]) {
    case 'GLOBAL':
      return user === 0 ? 'global' : null;
    case 'SECURE':
      return user === userId ? 'secure' : null;
    case 'SYSTEM':
      return user === userId ? 'system' : null;
    default:
      return null;
  }
}

const plain = (rows: ReadonlyMap<string, Row>): Map<string, string> =>
  new Map([...rows].filter(([, { value }]) => value !== '{null}').map(([name, { value }]) => [name, value]));

const why = unavailable('unparsed', 'The answer holds no settings.');
const nothing = (leaves: readonly string[]) => Object.fromEntries(leaves.map((leaf) => [leaf, why]));

/**
 * Every setting with the package that wrote it; the same values as the three lists, which is how a bug report tells them.
 * Read from AOSP providers/settings/SettingsProvider.dumpInternal (8..14) and bug reports of Android 8.1, 9 and 13.
 */
export const settingsLog: PhoneProbe = {
  id: 'settings-log',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: {
    identity: globalGives.identity,
    power: globalGives.power,
    network: [...globalGives.network, ...secureGives.network],
    system: [...globalGives.system, ...secureGives.system, 'settingsChangedBy'],
  },
  command: () => ['dumpsys', 'settings'],
  parse(text, so, answer) {
    const found: Record<Namespace, Map<string, Row>> = { global: new Map(), secure: new Map(), system: new Map() };
    const userId = readUser(so);
    const changed: Record<Namespace, Map<string, string>> = { global: new Map(), secure: new Map(), system: new Map() };
    let namespace: Namespace | null = null;
    let rows = 0;
    // What another heading follows is whole; no mark tells where the last one ends.
    const begun = new Set<Namespace>();
    const ended = new Set<Namespace>();
    let latest: string | null = null;
    let broken = false;
    const unknownLines = readLines(text, (line) => {
      if (/^[A-Z]+ SETTINGS \(user \d+\)/.test(line)) {
        if (namespace !== null) ended.add(namespace);
        namespace = namespaceOf(line, userId);
        if (namespace !== null) begun.add(namespace);
        latest = null;
        return true;
      }
      const read = readRow(line);
      if (read === null) {
        const [, at, key] = change.exec(line) ?? [];
        if (namespace !== null && at !== undefined && key !== undefined && !changed[namespace].has(key)) {
          changed[namespace].set(key, at);
        }
        const known = /^(?:Historical operations|\d{4}-\d{2}-\d{2} )/.test(line);
        // The rest of a row that was wrapped: what stood above it is not the whole value.
        if (!known && namespace !== null && latest !== null) {
          found[namespace].delete(latest);
          broken ||= settingsThatMatter[namespace].some((matters) => matters === latest);
        }
        latest = null;
        return known;
      }
      rows += 1;
      latest = read.name;
      if (namespace !== null && !found[namespace].has(read.name)) found[namespace].set(read.name, read.row);
      return true;
    });
    if (rows === 0) {
      const { identity, power, network, system } = this.gives;
      return {
        values: {
          identity: nothing(identity ?? []),
          power: nothing(power ?? []),
          network: nothing(network ?? []),
          system: nothing(system ?? []),
        },
        unknownLines,
      };
    }
    const absent = (name: Namespace): ProvesAbsent => {
      const whole = isWhole(plain(found[name]), name, answer);
      return () => whole;
    };
    const global = globalValues(plain(found.global), absent('global'));
    const secure = found.secure.size > 0 ? secureValues(plain(found.secure), absent('secure')) : {};
    const system = systemValues(plain(found.system), absent('system'));
    const extreme = [global, secure, system].map((values) => values.power?.extremeMode);
    const settingsChangedBy = (['global', 'secure', 'system'] as const).flatMap((name) =>
      settingsThatMatter[name].flatMap((key) => {
        const written = found[name].get(key);
        return written === undefined ? [] : [{ key, ...written, at: changed[name].get(key) ?? '' }];
      }),
    );
    return {
      values: {
        ...global,
        power: {
          ...global.power,
          extremeMode:
            extreme.find((value) => value === true) ??
            extreme.find((value) => value === false) ??
            unavailable('missing', 'The phone has no known setting for an extreme saving mode.'),
        },
        network: { ...global.network, ...secure.network },
        system: {
          ...global.system,
          ...secure.system,
          settingsChangedBy:
            broken || !ended.has('global') || !ended.has('secure') || !begun.has('system')
              ? unavailable('truncated', 'The log of settings is not whole.')
              : settingsChangedBy,
        },
      },
      unknownLines,
    };
  },
};
