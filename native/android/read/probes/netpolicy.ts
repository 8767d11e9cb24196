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

const noSection = unavailable('unparsed', 'The answer has no list of policies.');
const strangeLine = unavailable('unparsed', 'The list of policies holds a line that is not understood.');
const cutShort = unavailable('truncated', 'The answer ends within the list of policies.');

interface Dump {
  dataSaver: boolean | null;
  policies: Map<string, Policy>;
  /** null: the section of the policies was there, every line was understood, and something else came after it. */
  policiesDoubt: Unavailable | null;
  unknownLines: number;
}

function readDump(text: string): Dump {
  const dump: Dump = { dataSaver: null, policies: new Map(), policiesDoubt: noSection, unknownLines: 0 };
  let section: 'none' | 'policies' | 'other' = 'none';
  let spoiled = false;
  dump.unknownLines = readLines(text, (line) => {
    // Indentation may have been lost on the way: the next heading, not the margin, ends the list.
    if (/^\S/.test(line) && !(section === 'policies' && line.startsWith('UID='))) {
      if (section === 'policies') dump.policiesDoubt = spoiled ? strangeLine : null;
      section = line.startsWith('Policy for UIDs:') ? 'policies' : 'other';
      if (section === 'policies') dump.policiesDoubt = cutShort;
      const saver = /^Restrict background: (\w+)/.exec(line);
      if (saver !== null) dump.dataSaver ??= yesOrNo(saver[1]);
      return section === 'policies' || /^[\w()][^:]{0,120}:/.test(line);
    }
    if (section !== 'policies') return /^\s+(?:UID=|\w+[ :=])/.test(line);
    const read = readPolicy(line);
    spoiled ||= read === null;
    if (read !== null) dump.policies.set(read.uid, read.policy);
    return read !== null;
  });
  return dump;
}

interface AppPolicy {
  netPolicy: number | Unavailable;
  netPolicyName: string | Unavailable;
}

function appPolicy(dump: Dump, uid: number | Unavailable): AppPolicy {
  if (typeof uid !== 'number') return { netPolicy: uid, netPolicyName: uid };
  const policy = dump.policies.get(String(uid));
  if (policy !== undefined) {
    const unknown = unavailable('unparsed', `The phone gives no number for ${policy.name}.`);
    return { netPolicy: policy.value ?? unknown, netPolicyName: policy.name };
  }
  // Only a list that is whole proves that an app on none of its lines has no policy.
  const doubt = dump.policiesDoubt;
  return doubt === null ? { netPolicy: 0, netPolicyName: 'NONE' } : { netPolicy: doubt, netPolicyName: doubt };
}

function apps(dump: Dump, so: Reading): NonNullable<ReadingValues['apps']> {
  return Object.fromEntries(Object.entries(so.apps).map(([app, leaves]) => [app, appPolicy(dump, appUid(leaves))]));
}

/**
 * Data Saver and the policy of each uid. Read from AOSP net/NetworkPolicyManagerService.dump, 8..14; real answers of Android
 * 8.1, 9, 12 (custom ROM with `policy=524288 (REJECT_ALL_MIGRATED)`), 13 and 14. Composite values and makers' bits are kept as
 * the exact integer.
 */
export const netpolicy: PhoneProbe = {
  id: 'netpolicy',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: {
    dataPolicy: ['dataSaver', 'allowedUids', 'policies', 'policyNames'],
    app: ['netPolicy', 'netPolicyName'],
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
        apps: apps(dump, so),
      },
      unknownLines: dump.unknownLines,
    };
  },
};
