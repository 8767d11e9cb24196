import type { PhoneProbe } from '../../../probe.ts';
import type { Reading, ReadingValues } from '../../../reading.ts';
import { unavailable, type Unavailable } from '../../../unavailable.ts';
import { appUid } from '../app-uid.ts';
import { readLines, wholeNumber, yesOrNo } from '../dump.ts';

/** AOSP NetworkPolicyManager: POLICY_NONE and the two policies that people set. */
const numbers: Readonly<Record<string, number>> = {
  NONE: 0,
  REJECT_METERED_BACKGROUND: 1,
  ALLOW_METERED_BACKGROUND: 4,
};
const allowMetered = 4;

interface Policy {
  /** The exact integer; null where only names are printed and one of them is a maker's own. */
  value: number | null;
  name: string;
}

/** `UID=10140 policy=1 (REJECT_METERED_BACKGROUND)`; Android 7 and some makers: `UID=10063 policy=REJECT_METERED_BACKGROUND`. */
const policyLine = /^\s*UID=(\d{1,9}) policy=(?:(-?\d{1,10}) \()?([A-Z0-9_|]{0,400})\)?\s*$/;

function readPolicy(line: string): { uid: string; policy: Policy } | null {
  const match = policyLine.exec(line);
  const uid = match?.[1];
  const name = match?.[3];
  if (uid === undefined || name === undefined) return null;
  if (match?.[2] !== undefined) return { uid, policy: { value: wholeNumber(match[2]), name } };
  const parts = name.split('|').map((part) => numbers[part] ?? null);
  const value = parts.reduce((sum, part) => (sum === null || part === null ? null : sum | part), 0);
  return { uid, policy: { value, name } };
}

/** `  UID=10008` under a heading of its own (until Android 7): what may use data although Data Saver is on. */
const exemptLine = /^\s*UID=(\d{1,9})\s*$/;
/** `  u0: {10204, 10205}`: the uids of a user whose metered data an administrator forbids. */
const adminLine = /^\s*u(\d{1,6}): \{([\d, ]{0,4000})\}\s*$/;
/** `UID=10204 state={…} blocked_state={blocked=DATA_SAVER,allowed=NONE,effective=DATA_SAVER}` (Android 12 and later). */
const blockedLine = /^\s*UID=(\d{1,9}) .*blocked_state=\{[^{}]{0,600}\beffective=([A-Z0-9_|]{1,400})\}/;

/**
 * `  NetworkPolicy{template=NetworkTemplate: matchRule=CARRIER, … limitBytes=-1 …}`, `NetworkPolicy[…]: … limitBytes=-1, …` until
 * Android 8: what is allowed on one kind of network, without a limit where it is -1 (NetworkPolicy.LIMIT_DISABLED).
 */
const networkLine = /^\s*NetworkPolicy[{[].{0,900}\bmatchRule=([A-Z0-9_]{1,40}).{0,900}\blimitBytes=(-?\d{1,16})\b/;

const noSection = unavailable('unparsed', 'The answer has no list of policies.');
const strangeLine = unavailable('unparsed', 'The list of policies holds a line that is not understood.');
const cutShort = unavailable('truncated', 'The answer ends within the list of policies.');

const strangeAdmin = unavailable('unparsed', 'The list of what administrators forbid is not understood.');
const strangeLimit = unavailable('unparsed', 'The list of limits is not understood.');
const limitCut = unavailable('truncated', 'The answer ends within the list of limits.');
const adminCut = unavailable('truncated', 'The answer ends within the list of what administrators forbid.');

const headings = [
  ['Network policies:', 'networks'],
  ['Policy for UIDs:', 'policies'],
  ['Restrict background whitelist uids:', 'exempt'],
  ['Admin restricted uids for metered data:', 'admin'],
] as const;

interface Dump {
  dataSaver: boolean | null;
  policies: Map<string, Policy>;
  /** null: the section of the policies was there, every line was understood, and something else came after it. */
  policiesDoubt: Unavailable | null;
  /** The lowest limit of mobile data; null: there is none. */
  mobileLimit: number | null;
  limitDoubt: Unavailable | null;
  /** The answer ends within the list of Android 7 that names what is exempt. */
  exemptOpen: boolean;
  /** Uids whose metered data an administrator forbids. */
  adminForbids: Set<number>;
  adminDoubt: Unavailable | null;
  /** What keeps a uid from the network now. */
  blocked: Map<number, string>;
  unknownLines: number;
}

function readDump(text: string): Dump {
  const dump: Dump = {
    dataSaver: null,
    policies: new Map(),
    policiesDoubt: noSection,
    mobileLimit: null,
    limitDoubt: unavailable('missing', 'The answer has no list of limits.'),
    exemptOpen: false,
    adminForbids: new Set(),
    adminDoubt: unavailable('missing', 'The answer has no list of what administrators forbid.'),
    blocked: new Map(),
    unknownLines: 0,
  };
  let section: 'none' | 'networks' | 'policies' | 'exempt' | 'admin' | 'other' = 'none';
  const exempt: number[] = [];
  let networksSpoiled = false;
  let spoiled = false;
  let adminSpoiled = false;
  dump.unknownLines = readLines(text, (line) => {
    // Indentation may have been lost on the way: the next heading, not the margin, ends the list.
    const [, blockedUid, effective] = blockedLine.exec(line) ?? [];
    if (blockedUid !== undefined && effective !== undefined) dump.blocked.set(Number(blockedUid), effective);
    const own =
      (section === 'networks' && line.startsWith('NetworkPolicy')) ||
      ((section === 'policies' || section === 'exempt') && line.startsWith('UID=')) ||
      (section === 'admin' && adminLine.test(line));
    if (/^\S/.test(line) && !own) {
      // The next heading proves that the list before it was not cut short.
      dump.exemptOpen = line.startsWith('Restrict background whitelist uids:');
      if (section === 'networks') dump.limitDoubt = networksSpoiled ? strangeLimit : null;
      if (section === 'admin') dump.adminDoubt = adminSpoiled ? strangeAdmin : null;
      if (section === 'policies') dump.policiesDoubt = spoiled ? strangeLine : null;
      section = headings.find(([words]) => line.startsWith(words))?.[1] ?? 'other';
      if (section === 'networks') dump.limitDoubt = limitCut;
      if (section === 'admin') dump.adminDoubt = adminCut;
      if (section === 'policies') dump.policiesDoubt = cutShort;
      const saver = /^Restrict background: (\w+)/.exec(line);
      if (saver !== null) dump.dataSaver ??= yesOrNo(saver[1]);
      return (
        section === 'policies' || section === 'networks' || section === 'exempt' || /^[\w()][^:]{0,120}:/.test(line)
      );
    }
    if (section === 'networks') {
      const [, rule, limit] = networkLine.exec(line) ?? [];
      networksSpoiled ||= limit === undefined;
      if (rule !== undefined && /MOBILE|CARRIER/.test(rule) && Number(limit) >= 0) {
        dump.mobileLimit = Math.min(dump.mobileLimit ?? Number(limit), Number(limit));
      }
      return limit !== undefined;
    }
    if (section === 'exempt') {
      const uid = exemptLine.exec(line)?.[1];
      // A list of its own that is not understood leaves nothing known of who is exempt.
      if (uid === undefined) dump.policiesDoubt = strangeLine;
      else exempt.push(Number(uid));
      return uid !== undefined;
    }
    if (section === 'admin') {
      const uids = adminLine.exec(line)?.[2];
      adminSpoiled ||= uids === undefined;
      for (const uid of uids?.match(/\d+/g) ?? []) dump.adminForbids.add(Number(uid));
      return uids !== undefined;
    }
    if (section !== 'policies') return /^\s+(?:UID=|\w+[ :=])/.test(line);
    const read = readPolicy(line);
    spoiled ||= read === null;
    if (read !== null) dump.policies.set(read.uid, read.policy);
    return read !== null;
  });
  if (dump.exemptOpen) dump.policiesDoubt = cutShort;
  for (const uid of exempt) {
    const value = (dump.policies.get(String(uid))?.value ?? 0) | allowMetered;
    dump.policies.set(String(uid), { value, name: 'ALLOW_METERED_BACKGROUND' });
  }
  return dump;
}

interface AppPolicy {
  netPolicy: number | Unavailable;
  netPolicyName: string | Unavailable;
  adminForbidsMetered: boolean | Unavailable;
  blockedNow: string | Unavailable;
}

function appPolicy(dump: Dump, uid: number | Unavailable): AppPolicy {
  if (typeof uid !== 'number') {
    return { netPolicy: uid, netPolicyName: uid, adminForbidsMetered: uid, blockedNow: uid };
  }
  const rest = {
    adminForbidsMetered: dump.adminForbids.has(uid) || (dump.adminDoubt ?? false),
    blockedNow: dump.blocked.get(uid) ?? unavailable('missing', 'The answer does not say what blocks the app.'),
  };
  const policy = dump.policies.get(String(uid));
  if (policy !== undefined) {
    const unknown = unavailable('unparsed', `The phone gives no number for ${policy.name}.`);
    return { netPolicy: policy.value ?? unknown, netPolicyName: policy.name, ...rest };
  }
  // Only a list that is whole proves that an app on none of its lines has no policy.
  const doubt = dump.policiesDoubt;
  return doubt === null
    ? { netPolicy: 0, netPolicyName: 'NONE', ...rest }
    : { netPolicy: doubt, netPolicyName: doubt, ...rest };
}

function apps(dump: Dump, so: Reading): NonNullable<ReadingValues['apps']> {
  return Object.fromEntries(Object.entries(so.apps).map(([app, leaves]) => [app, appPolicy(dump, appUid(leaves))]));
}

/**
 * Data Saver and the policy of each uid. Read from AOSP net/NetworkPolicyManagerService.dump, 8..14; real answers of Android
 * 8.1, 9, 12 (custom ROM with `policy=524288 (REJECT_ALL_MIGRATED)`), 13 and 14. Composite values and makers' bits are kept as
 * the exact integer. What administrators forbid is printed since Android 9, what blocks an app now since 12.
 */
export const netpolicy: PhoneProbe = {
  id: 'netpolicy',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: {
    dataPolicy: ['dataSaver', 'allowedUids', 'policies', 'policyNames'],
    network: ['mobileDataLimit'],
    app: ['netPolicy', 'netPolicyName', 'adminForbidsMetered', 'blockedNow'],
  },
  command: () => ['dumpsys', 'netpolicy'],
  parse(text, so) {
    const dump = readDump(text);
    const doubt = dump.policiesDoubt;
    const entries = [...dump.policies];
    const known = entries.flatMap(([uid, { value }]) => (value === null ? [] : [[uid, value] as const]));
    const allowed = known.filter(([, value]) => (value & allowMetered) !== 0).map(([uid]) => Number(uid));
    return {
      values: {
        dataPolicy: {
          dataSaver: dump.dataSaver ?? unavailable('unparsed', 'The answer does not say whether Data Saver is on.'),
          allowedUids: doubt ?? allowed,
          policies: doubt ?? Object.fromEntries(known),
          policyNames: doubt ?? Object.fromEntries(entries.map(([uid, { name }]) => [uid, name])),
        },
        network: { mobileDataLimit: dump.limitDoubt ?? dump.mobileLimit ?? -1 },
        apps: apps(dump, so),
      },
      unknownLines: dump.unknownLines,
    };
  },
};
