import type { Parsed, PhoneProbe } from '../../../probe.ts';
import type { Reading } from '../../../reading.ts';
import { unavailable, type Unavailable } from '../../../unavailable.ts';
import { appUid } from '../app-uid.ts';

/**
 * `dumpsys activity mars list`, what Samsung's own manager of sleeping apps keeps (One UI 6.1 and 7, MARsPolicyManager.dumpMARs, by a public
 * decompilation; no phone's answer was at hand):
 *
 *     mMARsTargetPackages --- size 2
 *     -RST                    null-PT      0-ST  0-SC F-DT  0-DR  0-DD F-Uid    10204(-)-Idle()2-maxLv 2-FAS Y/   1(A)-BU   0.000000-Pkg com.x--(R)
 *     mMARsRestrictedPackages --- size 0
 *
 * FAS: whether the app sleeps, and why, in bits: 1 and 128 the phone by itself, shown as (A); 2 the owner. On other phones the words are not known, and
 * the whole list of activities or a sentence of its own is printed.
 */
const target = /^mMARsTargetPackages --- size (\d{1,5})$/;
const restricted = /^mMARsRestrictedPackages --- size \d{1,5}$/;
const row =
  /-Uid\s{1,9}(\d{1,9})\([S-]\)-Idle.{0,40}-FAS ([YN])\/\s{0,4}(-?\d{1,6})\(([A-]|null)\)-BU.{1,30}-Pkg ([\w.]{1,250})(?:--\(R\))?$/;
const byPhone = 1 | 128;
const byOwner = 2;

type Sleep = 'phone' | 'owner' | 'nobody';

function sleepOf(enabled: string, bits: number): Sleep | Unavailable {
  if (enabled === 'N') return 'nobody';
  if ((bits & byOwner) !== 0) return 'owner';
  return (bits & byPhone) !== 0
    ? 'phone'
    : unavailable('unparsed', `The phone gives ${bits} as the reason of the sleep.`);
}

function parse(text: string, so: Reading): Parsed {
  const rows = new Map<string, Sleep | Unavailable>();
  let promised: number | null = null;
  let ended = false;
  let unknownLines = 0;
  for (const line of text.split('\n')) {
    const size = target.exec(line)?.[1];
    if (size !== undefined) promised = Number(size);
    else if (restricted.test(line)) ended = promised !== null;
    else if (promised !== null && !ended) {
      const [, uid, enabled, bits, , app] = row.exec(line) ?? [];
      if (uid === undefined || enabled === undefined || app === undefined) unknownLines += 1;
      else rows.set(`${uid} ${app}`, sleepOf(enabled, Number(bits)));
    }
  }
  const isWhole = ended && rows.size === promised;
  const doubt =
    promised === null
      ? unavailable('unparsed', 'The answer is no list of sleeping apps.')
      : unavailable('truncated', 'The list of sleeping apps is not whole.');
  const apps = Object.entries(so.apps).map(([app, leaves]) => {
    const uid = appUid(leaves);
    const own = typeof uid === 'number' ? rows.get(`${uid} ${app}`) : uid;
    // An app that the manager does not watch is put to sleep by nobody.
    return [app, { asleepBy: own ?? (isWhole ? 'nobody' : doubt) }] as const;
  });
  return { values: { apps: Object.fromEntries(apps) }, unknownLines };
}

export const sleepingApps: PhoneProbe = {
  id: 'sleeping-apps',
  platform: 'android',
  per: 'phone',
  asked: 'scan',
  gives: { app: ['asleepBy'] },
  command: () => ['dumpsys', 'activity', 'mars', 'list'],
  parse,
};
