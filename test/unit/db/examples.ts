import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { NewUid } from '../../../db/new-uid.ts';
import type { ActionPlan } from '../../../db/records/actions.ts';
import type { NewTicket } from '../../../db/records/change-ticket.ts';
import type { NewSnapshot } from '../../../db/records/snapshots.ts';
import type { NewTestPhoto } from '../../../db/records/test-photos.ts';
import { openStore, type Store, type StoreOptions } from '../../../db/store.ts';
import type { Finding } from '../../../diagnosis/finding.ts';
import type { PhoneIdentity } from '../../../native/phone-identity.ts';
import { unreadPhone, type Phone } from '../../../native/phone.ts';
import { emptyReading, type Reading } from '../../../native/reading.ts';

export const photos = 'com.google.android.apps.photos';

export const pixel: Phone = {
  ...unreadPhone('PIXEL1', 'android', 'ready'),
  manufacturer: 'Google',
  model: 'Pixel 8',
  name: 'Anna',
  osVersion: '16',
};

export const pixelIdentity: PhoneIdentity = {
  manufacturer: 'Google',
  model: 'Pixel 8',
  system: 'google/shiba/shiba:16/BP2A/1:user/release-keys',
  boot: '6d3f4a1e-0000-4000-8000-000000000001',
};

/** Ids that a test knows ahead: uid-1, uid-2, … */
export function countedUids(): NewUid {
  let given = 0;
  return () => `uid-${(given += 1)}`;
}

/** A data folder of the running test's own, removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'phone-health-db-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A store of the running test's own. */
export function temporaryStore(options?: StoreOptions): Store {
  const store = openStore(join(temporaryFolder(), 'data'), options);
  onTestFinished(() => store.close());
  return store;
}

export const finding = (cause: string, status: Finding['status'], app: string | null = null): Finding => ({
  cause,
  app,
  status,
  severity: 'blocks',
  title: `Title of ${cause}`,
  explanation: 'Because.',
  notProof: null,
  becauseOf: [],
  settling: false,
  pack: 'backup',
  origin: 'built-in',
  question: null,
  check: [],
  evidence: [],
  corrections: [],
});

/** A Pixel with battery saver on, whose battery level was read and whose Data Saver was not. */
export function exampleReading(changes: Partial<Reading> = {}): Reading {
  const takenAt = '2026-05-01T10:00:00.000Z';
  return {
    ...emptyReading('android', takenAt, [photos]),
    battery: { level: { value: 81, source: 'battery' } },
    power: { saverOn: { value: true, source: 'power', underPower: true } },
    dataPolicy: { dataSaver: { unavailable: 'timeout', detail: 'No answer within 10 s.', source: 'netpolicy' } },
    apps: { [photos]: { installed: { value: true, source: 'package' } } },
    answers: {
      battery: { probe: 'battery', command: 'dumpsys battery', at: takenAt, durationMs: 12, unknownLines: 0 },
    },
    ...changes,
  };
}

export function exampleSnapshot(changes: Partial<NewSnapshot> = {}): NewSnapshot {
  const reading = changes.reading ?? exampleReading();
  return {
    phone: pixel,
    label: 'before',
    ticket: null,
    capture: {
      platform: 'android',
      phoneId: pixel.id,
      origin: 'usb',
      startedAt: reading.takenAt,
      durationMs: 900,
      apps: [photos],
      answers: [
        {
          probe: 'battery',
          app: null,
          command: 'dumpsys battery',
          output: new Uint8Array([0x6c, 0x65, 0x76, 0xff, 0x00, 0x0a]),
          errors: '',
          exitCode: 0,
          startedAt: reading.takenAt,
          durationMs: 12,
          ended: 'whole',
          detail: '',
        },
      ],
      brokenOff: null,
    },
    diagnosis: {
      findings: [finding('battery-saver', 'problem'), finding('data-saver', 'unknown', photos)],
      chosen: [{ app: photos, by: 'use', why: 'It has work scheduled.' }],
      uploads: [
        {
          app: photos,
          state: 'stalled',
          proof: { by: 'silence', sentBytes: 0, sinceMs: 86_400_000 },
          settling: false,
          evidence: [],
          words: 'no photo has left for 24 hours',
        },
      ],
      verdict: 'Battery saver stops the backup.',
      steps: [{ cause: 'battery-saver', app: null, correction: 'battery-saver-off', why: 'It stops every app.' }],
      catalog: '2026.05',
    },
    incomplete: [{ probe: 'netpolicy', reason: 'timeout', detail: 'No answer within 10 s.' }],
    ...changes,
    reading,
  };
}

export const examplePlan = (changes: Partial<ActionPlan> = {}): ActionPlan => ({
  phone: pixel,
  snapshot: null,
  ticket: null,
  walkthrough: null,
  cause: 'background-denied',
  app: photos,
  correction: 'allow-background',
  commands: [`cmd appops set ${photos} RUN_ANY_IN_BACKGROUND allow`],
  inverse: [`cmd appops set ${photos} RUN_ANY_IN_BACKGROUND default`],
  before: { runAnyInBackground: 'default' },
  identity: pixelIdentity,
  who: 'Sam',
  ...changes,
});

/** A station that belongs to a chain. */
export const inChain = {
  shop: 1,
  shopName: 'Mitte',
  station: 1,
  stationName: 'A',
  looks: false,
  marker: 'marker',
  chain: 'chain',
  rounds: 0,
};

export const exampleTicket = (changes: Partial<NewTicket> = {}): NewTicket => ({
  customer: { name: 'Ada', contact: '+49 30 1234' },
  technician: 'Sam',
  fault: 'No photo has left since Easter.',
  fields: [],
  phones: [],
  consent: null,
  who: 'Sam',
  ...changes,
});

/** A phone as it is handed in with its cable plugged. */
export const handedIn = (phone: Phone, imei = ''): NewTicket['phones'][number] => ({ phone, imei, description: '' });

/** A test photo of which nothing was sent. */
export const exampleTestPhoto = (changes: Partial<NewTestPhoto> = {}): NewTestPhoto => ({
  phone: pixel,
  app: photos,
  on: 'mobile',
  startedAt: '2026-05-01T10:00:00.000Z',
  photoSeenAt: '2026-05-01T10:00:10.000Z',
  endedAt: '2026-05-01T10:10:10.000Z',
  photoBytes: 3_456_789,
  verdict: {
    outcome: 'nothing-sent',
    sentence: 'Nothing was sent in 10 minutes, because the job waits for a fuller battery.',
    waitsFor: [{ id: 'BATTERY_NOT_LOW', words: 'a fuller battery' }],
    sentBytes: { wifi: 0, mobile: 4_000, vpn: 0, other: 0 },
    photosSent: null,
  },
  brokenOff: null,
  observations: [
    {
      at: '2026-05-01T10:00:05.000Z',
      sent: [{ network: 'mobile', from: '2026-05-01T10:00:00.000Z', bytes: 12 }],
      library: null,
      transports: ['CELLULAR'],
      waits: null,
      jobs: null,
      why: null,
    },
  ],
  ...changes,
});
