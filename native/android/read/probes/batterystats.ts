import type { Parsed, PhoneProbe } from '../../../probe.ts';
import { isKnown, type Reading, type ReadingValues } from '../../../reading.ts';
import { unavailable } from '../../../unavailable.ts';

/**
 * `9,10204,l,nt,mobileRx,mobileTx,wifiRx,wifiTx,…`: after the four counters of bytes come those of packets, times and
 * wake-ups; the counters of the background begin at the 15th (AOSP BatteryStats.dumpCheckinLocked, NETWORK_DATA, 26..34, and a
 * real answer of 15). Android 7 and older end before them.
 */
const line9 = /^9,(\d{1,9}),l,nt,([\d,]{1,500})$/;
/** `9,0,i,uid,10216,com.x`: the answer names the packages of each uid of the owner itself. */
const uidLine = /^9,0,i,uid,(\d{1,9}),(\S{1,250})$/;
const mobileBackgroundTx = 15;
const wifiBackgroundTx = 17;

function parse(text: string, so: Reading): Parsed {
  const sent = new Map<number, number>();
  const uids = new Map<string, number>();
  let header = false;
  let unknownLines = 0;
  for (const line of text.split('\n')) {
    if (line.startsWith('9,0,i,vers,')) header = true;
    const [, named, app] = uidLine.exec(line) ?? [];
    if (app !== undefined) uids.set(app, Number(named));
    if (!line.includes(',l,nt,')) continue;
    const [, uid, list] = line9.exec(line.trim()) ?? [];
    const counters = list?.split(',').map(Number) ?? [];
    const mobile = counters[mobileBackgroundTx];
    const wifi = counters[wifiBackgroundTx];
    const both = (mobile ?? Number.NaN) + (wifi ?? Number.NaN);
    if (uid === undefined || !Number.isSafeInteger(both)) unknownLines += 1;
    else sent.set(Number(uid), both);
  }
  const unnamed = unavailable('missing', 'The battery statistics do not name the app.');
  const apps: NonNullable<ReadingValues['apps']> = {};
  for (const [app, { uid }] of Object.entries(so.apps)) {
    const own = isKnown(uid) ? uid.value : uids.get(app);
    if (!header) apps[app] = { sentInBackground: unavailable('unparsed', 'The answer is no battery statistics.') };
    else if (own === undefined) apps[app] = { sentInBackground: unavailable('missing', 'The uid is not known.') };
    // An app that sent nothing has no line.
    else apps[app] = { sentInBackground: sent.get(own) ?? 0 };
    apps[app] = { ...apps[app], uid: uids.get(app) ?? unnamed };
  }
  return { values: { apps }, unknownLines };
}

/** Bytes sent in the background since the battery was last charged; too long (1 MB) to ask for, but people save it. */
export const batterystats: PhoneProbe = {
  id: 'batterystats',
  platform: 'android',
  per: 'phone',
  asked: 'file',
  gives: { app: ['sentInBackground', 'uid'] },
  command: () => ['dumpsys', 'batterystats', '--checkin'],
  parse,
};
