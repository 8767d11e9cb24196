import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAndroid } from '../../../../native/android/read/read.ts';
import type { Answer, Capture } from '../../../../native/capture.ts';
import { readIos } from '../../../../native/ios/read/read.ts';
import { IphoneSampleSource } from '../../../../native/samples/ios/sample-source.ts';
import { readFileCapture } from '../../../../native/offline/open-file.ts';
import { redactCapture } from '../../../../native/offline/redaction.ts';
import { isKnown, type Reading } from '../../../../native/reading.ts';
import { promptPace } from '../../../prompt-pace.ts';
import { PHOTOS, scope } from './folder.ts';
import { sampleCapture, sampleIds } from './sample-capture.ts';

const serial = 'HT1234567890';

const answer = (probe: string, text: string, bytes: Uint8Array = Buffer.from(text)): Answer => ({
  probe,
  app: null,
  command: probe,
  output: bytes,
  errors: '',
  exitCode: 0,
  startedAt: '2026-05-04T20:00:00.000Z',
  durationMs: 12,
  ended: 'whole',
  detail: '',
});

const captureOf = (...answers: Answer[]): Capture => ({
  platform: 'android',
  phoneId: serial,
  origin: 'usb',
  startedAt: '2026-05-04T20:00:00.000Z',
  durationMs: 12,
  apps: [PHOTOS],
  answers,
  brokenOff: null,
});

const redacted = (...answers: Answer[]): string[] =>
  redactCapture(captureOf(...answers)).answers.map(({ output }) => Buffer.from(output).toString('utf8'));

/** What must be the same before and after: everything but the serial, and the name where the phone is called by it. */
function anonymous(reading: Reading, capture: Capture): unknown {
  const { serial: _serial, name, ...identity } = reading.identity;
  const called = isKnown(name) && name.value.includes(capture.phoneId);
  return { ...reading, identity: called ? identity : { ...identity, name } };
}

describe('redaction', () => {
  test('replaces the serial everywhere, by one of the same length', () => {
    const capture = redactCapture(
      captureOf(answer('getprop', `[ro.serialno]: [${serial}]\n[usb.name]: [x-${serial}]\n`), answer('wifi', serial)),
    );
    expect(capture.phoneId).toMatch(/^S1s{10}$/);
    expect(Buffer.from(capture.answers[0]?.output ?? []).toString()).toBe(
      `[ro.serialno]: [${capture.phoneId}]\n[usb.name]: [x-${capture.phoneId}]\n`,
    );
  });

  test('replaces IMEI and phone numbers by numbers', () => {
    const [properties, log] = redacted(
      answer('getprop', '[persist.radio.imei]: [490154203237518]\n'),
      answer('event-log', 'imei 490154203237518 called +4915112345678, waited +1h2m3s4ms and +29s440ms\n'),
    );
    expect(properties).toBe('[persist.radio.imei]: [000000000000001]\n');
    expect(log).toBe('imei 000000000000001 called +0000000000002, waited +1h2m3s4ms and +29s440ms\n');
  });

  test('replaces accounts consistently, and leaves types, tags of jobs and objects', () => {
    const [accounts, sync, jobs] = redacted(
      answer(
        'accounts',
        '    Account {name=jane.doe@gmail.com, type=com.google}\n    Account {name=Jane, Doe, type=com.whatsapp}\n',
      ),
      answer(
        'sync',
        'Account jane.doe@gmail.com u0 com.google\nAccount Jane, Doe u0 com.whatsapp\nJobId=32 Jane, Doe/com.whatsapp u0 [contacts]\n',
      ),
      answer(
        'jobs',
        '  JOB a:u0a204/5: df9 @androidx.work.systemjobscheduler@com.google.android.apps.photos/x.Y\n Binder@5d2b3a1\n',
      ),
    );
    expect(accounts).toBe(
      '    Account {name=m1xx.xxx@xxxxx.xxx, type=com.google}\n    Account {name=a1aaaaaaa, type=com.whatsapp}\n',
    );
    expect(sync).toBe(
      'Account m1xx.xxx@xxxxx.xxx u0 com.google\nAccount a1aaaaaaa u0 com.whatsapp\nJobId=32 a1aaaaaaa/com.whatsapp u0 [contacts]\n',
    );
    expect(jobs).toBe(
      '  JOB a:u0a204/5: df9 @androidx.work.systemjobscheduler@com.google.android.apps.photos/x.Y\n Binder@5d2b3a1\n',
    );
  });

  test('replaces names and addresses of Wi-Fi networks, wherever they are quoted', () => {
    const [wifi, connectivity, networks] = redacted(
      answer(
        'wifi',
        'mWifiInfo SSID: "Café Müller", BSSID: a4:2b:8c:11:22:33, Supplicant state: COMPLETED\nID: 3 SSID: "Café Müller" PROVIDER-NAME: null\nMAC: 02:00:00:00:00:00\n',
      ),
      answer('connectivity', 'ni{WIFI CONNECTED extra: "Café Müller"} A4:2B:8C:11:22:33\n'),
      answer('wifi-networks', 'Café Müller;true\n'),
    );
    expect(wifi).not.toContain('Caf');
    expect(connectivity).not.toContain('Caf');
    expect(networks).toMatch(/^w1w+;true$/m);
    expect(wifi).toContain('BSSID: 02:00:00:00:00:01, Supplicant state: COMPLETED');
    expect(wifi).toContain('MAC: 02:00:00:00:00:00');
    expect(connectivity).toContain('02:00:00:00:00:01');
  });

  test('replaces what the people of a phone call themselves, and leaves the words of its maker', () => {
    const [list, service] = redacted(
      answer('users', 'Users:\n\tUserInfo{0:Anna Müller:4c13} running\n\tUserInfo{77:Maintenance mode:80410}\n'),
      answer(
        'user-service',
        'Users:\n  UserInfo{0:Anna Müller:4c13} serialNo=0\n  UserInfo{10:null:1030} serialNo=10\n',
      ),
    );
    expect(list).toMatch(/^Users:\n\tUserInfo\{0:a1a+:4c13\} running\n\tUserInfo\{77:Maintenance mode:80410\}\n$/);
    expect(service).toMatch(/UserInfo\{0:a1a+:4c13\}/);
    expect(service).toContain('UserInfo{10:null:1030}');
  });

  test('replaces coordinates, with a point or a comma', () => {
    const [places] = redacted(
      answer(
        'location-dump',
        'last location=Location[gps 48.137154,11.576124 hAcc=5.0]\nlatitude=48,137154\nload average: 6.14, 7.51\n',
      ),
    );
    expect(places).toBe(
      'last location=Location[gps 00.000000,00.000000 hAcc=5.0]\nlatitude=00,000000\nload average: 6.14, 7.51\n',
    );
  });

  test('reaches the values of an iPhone', () => {
    const udid = '00008101-001A2B3C4D5E6F70';
    const [values] = redacted(
      answer(
        'identity',
        `<key>SerialNumber</key>\n\t<string>F2LXXXXXXXXX</string><key>PhoneNumber</key><string>+49 151 1234</string>${udid}`,
      ),
    );
    expect(values).not.toMatch(/F2LX|1234|00008101/);
  });

  test('reads UTF-16 as well', () => {
    const bytes = Buffer.from(`\uFEFF[ro.serialno]: [${serial}]\r\n`, 'utf16le');
    expect(redacted(answer('getprop', '', bytes))[0]).toBe('[ro.serialno]: [S1ssssssssss]\n');
  });

  test('changes no byte of an answer in which nothing personal stands', () => {
    const bytes = new Uint8Array([0, 0xff, 0xfe, 0x80, 0x0a, 0xc3]);
    const capture = redactCapture(captureOf(answer('photos', '', bytes)));
    expect([...(capture.answers[0]?.output ?? [])]).toEqual([...bytes]);
  });

  test.each(sampleIds)('leaves the reading of %s as it is, but for the serial', async (profile) => {
    const capture = await sampleCapture(profile);
    const after = redactCapture(capture);
    expect(anonymous(readAndroid(after), after)).toEqual(anonymous(readAndroid(capture), capture));
  });
});

test('redaction leaves the reading of an iPhone as it is, but for the serial, and its UDID nowhere', async () => {
  const source = new IphoneSampleSource(promptPace);
  const capture = await source.capture(await source.add('healthy'), { apps: ['com.apple.mobileslideshow'] });
  const after = redactCapture(capture);
  expect(anonymous(readIos(after), after)).toEqual(anonymous(readIos(capture), capture));
  const said = Buffer.concat(after.answers.map(({ output }) => Buffer.from(output))).toString('latin1');
  expect([after.phoneId.length, said.includes(capture.phoneId)]).toEqual([capture.phoneId.length, false]);
});

const captures = join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'captures', 'android');
const real = existsSync(captures) ? readdirSync(captures, { recursive: true, encoding: 'utf8' }) : [];

describe.skipIf(real.length === 0)('redaction of real phones’ answers (../shared/captures)', () => {
  test.each(real.filter((name) => /\.(?:txt|zip)$/.test(name)))('leaves the reading of %s as it is', async (name) => {
    const { capture, read } = await readFileCapture(join(captures, name), scope);
    const after = redactCapture(capture);
    expect(anonymous(read(after), after)).toEqual(anonymous(read(capture), capture));
  });
});
