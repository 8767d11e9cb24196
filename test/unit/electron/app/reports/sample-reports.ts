import { backupApps } from '../../../../../diagnosis/judge/judge.ts';
import { alternativePath } from '../../../../../diagnosis/judge/alternative-path.ts';
import { quickWin } from '../../../../../diagnosis/judge/quick-win.ts';
import type { Catalog } from '../../../../../diagnosis/load/catalog.ts';
import type { Report } from '../../../../../electron/app/reports/report.ts';
import { judgeCapture, scanReport } from '../../../../../electron/app/scan/scan.ts';
import type { Capture } from '../../../../../native/capture.ts';
import { quoteWord } from '../../../../../native/command.ts';
import { unreadPhone, type Platform } from '../../../../../native/phone.ts';
import type { Reading } from '../../../../../native/reading.ts';
import { readAndroid } from '../../../../../native/android/read/read.ts';
import { readIos } from '../../../../../native/ios/read/read.ts';
import { createSample, sampleProfiles } from '../../../../../native/samples/android/profiles.ts';
import { sampleIphones } from '../../../../../native/samples/ios/sample-iphones.ts';
import { captureOfIphone } from '../../../diagnosis/judge/read-iphone.ts';
import { captureOfSample } from '../../../native/android/read/sample-capture.ts';

/** Somebody's phone: a sample with things in it that tell whose it is, and which those are. */
export interface OwnedSample {
  sample: string;
  identifiers: readonly string[];
  capture: Capture;
  reading: Reading;
  /** The Wi-Fi that it is in; null where it is in none. */
  wifi: string | null;
}

const mailOf = (index: number): string => `jane.doe${index}@example.org`;

/** One of them. */
export function ownedAndroid(id: string, index: number, catalog: Catalog): OwnedSample {
  const phone = createSample(id, { serial: `R58M${String(index).padStart(3, '0')}ABCDE` });
  const { state } = phone;
  const { wifi } = state.network;
  if (wifi !== null) Object.assign(wifi, { ssid: `Müller's Café ${index}`, bssid: `a4:2b:8c:11:22:${index + 10}` });
  for (const account of state.accounts) account.name = mailOf(index);
  const { android_id: androidId } = state.settings.secure;
  const capture = captureOfSample(phone, backupApps(catalog, 'android'), { allowed: true });
  return {
    sample: id,
    identifiers: [
      state.serial,
      ...state.accounts.map(({ name }) => name),
      ...(wifi === null ? [] : [wifi.ssid, wifi.bssid]),
      ...(androidId === undefined ? [] : [androidId]),
    ],
    capture,
    reading: readAndroid(capture),
    wifi: wifi?.ssid ?? null,
  };
}

async function ownedIphone(index: number, now: Date, catalog: Catalog): Promise<OwnedSample> {
  const sample = sampleIphones[index];
  if (sample === undefined) throw new RangeError('There are not so many sample iPhones.');
  const iphone = sample.create(now);
  const two = String(index + 10);
  Object.assign(iphone.identity, {
    name: `Jane’s phone ${index}`,
    serialNumber: `F2LX${two}ABQ1`,
    wifiAddress: `a4:5e:60:aa:bb:${two}`,
    bluetoothAddress: `a4:5e:60:aa:cc:${two}`,
    imei: `3584710999${two}124`,
    phoneNumber: `+49 151 234567${two}`,
  });
  const { udid, name, serialNumber, wifiAddress, bluetoothAddress, imei, phoneNumber } = iphone.identity;
  const capture = { ...(await captureOfIphone(iphone, backupApps(catalog, 'ios'), now)), phoneId: udid };
  return {
    sample: `iphone: ${sample.id}`,
    identifiers: [udid, name, serialNumber, wifiAddress, bluetoothAddress, imei, phoneNumber],
    capture,
    reading: readIos(capture),
    wifi: null,
  };
}

/** Every sample phone as if it were somebody's. */
export async function ownedSamples(catalog: Catalog): Promise<OwnedSample[]> {
  const now = new Date('2026-11-22T18:00:00.000Z');
  const android = sampleProfiles.map(({ id }, index) => ownedAndroid(id, index, catalog));
  return [...android, ...(await Promise.all(sampleIphones.map((_, index) => ownedIphone(index, now, catalog))))];
}

/** What a report is made of a sample, with an action and a test photo whose sentences name the phone, the network and the account. */
export function reportOf(owned: OwnedSample, catalog: Catalog): Report {
  const { capture, reading, identifiers, wifi } = owned;
  const platform: Platform = capture.platform;
  const phone = unreadPhone(capture.phoneId, platform, 'ready');
  const scan = scanReport(judgeCapture(phone, capture, reading, catalog), catalog, '1');
  const at = '2026-11-22T18:05:00.000Z';
  const commands = [`cmd netpolicy set metered-network ${quoteWord(wifi ?? 'Home')} false`];
  return {
    schema: 1,
    kind: 'diagnosis',
    madeAt: '2026-11-22T18:10:00.000Z',
    program: '0.1.0',
    language: catalog.language,
    timeZone: 'UTC',
    shop: { name: 'Phone Shop', logo: null },
    ticket: {
      number: 'A-17',
      code: 'TA000017',
      createdAt: at,
      customer: null,
      technician: 'Sam',
      fault: `No backups. ${identifiers.join(', ')}`,
    },
    phone: null,
    sample: true,
    snapshots: [
      {
        id: '1',
        uid: '0193b5a4-7c00-7000-8000-000000000001',
        label: 'before',
        takenAt: reading.takenAt,
        scan,
        guide: scan.chosen.map(({ app }) => ({
          app,
          quickWin: quickWin(catalog, reading, app),
          alternative: alternativePath(catalog, reading, app),
        })),
      },
    ],
    actions: [
      {
        id: '3',
        phoneId: capture.phoneId,
        cause: 'wifi-only-but-no-wifi',
        app: null,
        appName: null,
        correction: 'not-metered',
        title: 'Count this Wi-Fi as not metered',
        commands,
        inverse: commands,
        before: { 'network.meteredMark': wifi },
        after: { 'network.meteredMark': `false for ${identifiers.join(', ')}` },
        ticket: null,
        who: 'janedoe',
        at,
        endedAt: at,
        walkthrough: null,
        result: 'taken',
        undoing: false,
        undoable: true,
      },
    ],
    proofs: [
      {
        testPhoto: '1',
        phone: capture.phoneId,
        app: scan.chosen[0]?.app ?? 'com.google.android.apps.photos',
        appName: 'Google Photos',
        on: 'wifi',
        startedAt: at,
        endedAt: at,
        photo: { seenAt: at, bytes: null },
        minutes: 1,
        verdict: 'uploaded',
        sentence: `The photo left ${identifiers.join(', ')}.`,
        waitsFor: [],
        sentBytes: null,
        photosSent: null,
        brokenOff: null,
        observations: [],
      },
    ],
    guided: [{ at, title: 'Permission', appName: 'Google Photos', outcome: 'ticked' }],
    secondWays: [{ appName: 'Google Photos', since: at }],
    redacted: false,
  };
}

/** The identifiers that stand in a text, however they are written in it. */
export const foundIn = (text: string, identifiers: readonly string[]): string[] => {
  const plain = text.toLowerCase();
  return identifiers.filter((value) => plain.includes(value.toLowerCase()));
};
