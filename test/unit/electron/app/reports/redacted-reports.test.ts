import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../../../diagnosis/load/catalog.ts';
import { RecentLog } from '../../../../../electron/app/program/recent-log.ts';
import { reportFormatSchema, reportKindSchema } from '../../../../../electron/app/reports/formats.ts';
import { reportHash } from '../../../../../electron/app/reports/report-code.ts';
import { redactReport } from '../../../../../electron/app/reports/redact-report.ts';
import { renderReport } from '../../../../../electron/app/reports/render-report.ts';
import { learnFrom, redactCapture } from '../../../../../native/offline/redaction.ts';
import { Redaction } from '../../../../../native/redaction.ts';
import type { Capture } from '../../../../../native/capture.ts';
import { foundIn, ownedSamples, reportOf, type OwnedSample } from './sample-reports.ts';

const catalog = loadCatalog();
const samples = await ownedSamples(catalog);
/** Every format is made of one JSON: a few samples do for the formats, and all of them for the JSON. */
const every = 9;

const options = { programs: catalog.programs, papers: { sheet: 'a4', label: '62' } } as const;

function redactionOf({ capture }: OwnedSample): Redaction {
  const redaction = new Redaction('named');
  learnFrom(capture, redaction);
  return redaction;
}

const said = ({ answers, ...rest }: Capture): string =>
  [
    JSON.stringify(rest),
    ...answers.map(
      ({ command, output, errors, detail }) => `${command}${Buffer.from(output).toString('utf8')}${errors}${detail}`,
    ),
  ].join('\n');

describe('what leaves this computer tells of no sample phone whose it is', () => {
  test('although its captures do', () => {
    for (const { sample, capture, identifiers } of samples) {
      expect([sample, foundIn(said(capture), identifiers).length > 1]).toEqual([sample, true]);
    }
  });

  test('redacted captures', () => {
    const leaks = samples.map(({ sample, capture, identifiers }) => [
      sample,
      foundIn(said(redactCapture(capture)), identifiers),
    ]);
    expect(leaks).toEqual(samples.map(({ sample }) => [sample, []]));
  });

  test('redacted reports of every kind and format', () => {
    const leaks: string[] = [];
    let read = 0;
    for (const [index, owned] of samples.entries()) {
      const report = reportOf(owned, catalog);
      const redacted = redactReport(report, redactionOf(owned), true);
      expect(foundIn(JSON.stringify(report), owned.identifiers)).toEqual([...owned.identifiers]);
      const kinds = index % every === 0 ? reportKindSchema.options : ([] as const);
      const texts = [
        JSON.stringify(redacted),
        ...kinds.flatMap((kind) =>
          reportFormatSchema.options.map((format) => renderReport({ ...redacted, kind }, format, options)),
        ),
      ];
      read += texts.length;
      for (const text of texts)
        leaks.push(...foundIn(text, [...owned.identifiers, 'janedoe']).map((value) => `${owned.sample}: ${value}`));
    }
    expect(leaks).toEqual([]);
    expect(read).toBeGreaterThan(samples.length);
  });

  test('what was told at the counter, and what a person calls a snapshot, stand on papers of the shop alone', () => {
    const [owned] = samples;
    if (owned === undefined) throw new Error('There is no sample phone.');
    const report = reportOf(owned, catalog);
    const [snapshot] = report.snapshots;
    if (report.ticket === null || snapshot === undefined) throw new Error('It is of no ticket.');
    const told = {
      ...report,
      ticket: { ...report.ticket, fault: 'Ms Okonkwo cannot see her photos' },
      snapshots: [snapshot, { ...snapshot, label: 'for Okonkwo' }],
    };
    const handedOut = redactReport(told, redactionOf(owned), false);
    expect(JSON.stringify(handedOut)).not.toContain('Okonkwo');
    expect(handedOut.snapshots.map(({ label }) => label)).toEqual(['before', null]);
    const paper = redactReport(told, redactionOf(owned), true);
    expect(paper.ticket?.fault).toBe('Ms Okonkwo cannot see her photos');
    expect(reportHash(paper)).toBe(reportHash(handedOut));
  });

  test('the log, also of a fault that quotes a phone', () => {
    for (const { sample, capture, identifiers } of samples) {
      const log = new RecentLog();
      log.knowCapture(capture);
      const told = log.add(`Error: ${identifiers.join(' | ')}`, new Date('2026-11-22T18:00:00Z'));
      expect([sample, foundIn([told, ...log.lines].join('\n'), identifiers)]).toEqual([sample, []]);
      expect(told).toMatch(/^Error: \S+-1 \|/);
    }
  });
});

const redacted = (text: string): string => new Redaction('named').text(text);

describe('a redaction for people', () => {
  test.for([
    ['IMEI 490154203237518', 'IMEI number-1'],
    ['490154203237519 is no IMEI: its last digit is wrong', '490154203237519 is no IMEI: its last digit is wrong'],
    ['SIM 8949020000012345678', 'SIM number-1'],
    ['call 0151 23456789 or +49 (151) 2345-6789', 'call number-1 or number-2'],
    ['mail to jane.doe@example.org', 'mail to mail-1'],
    ['BSSID a4:2b:8c:11:22:33', 'BSSID address-1'],
    ['aa:bb:cc:dd:ee:ff, aabb.ccdd.eeff, MAC:aa-bb-cc-dd-ee-fa', 'address-1, address-2, MAC:address-3'],
    ['aa:bb:cc:dd:ee:ff is aabbccddeeff, and AABBCCDDEEFF', 'address-1 is address-1, and address-1'],
    [
      'defaced facade, aabbccddeeff and 812345678901 are known to nobody',
      'defaced facade, aabbccddeeff and 812345678901 are known to nobody',
    ],
    ['router 192.168.178.1, phone 172.20.10.2.', 'router address-1, phone address-2.'],
    [
      '/10.0.0.12, 10.0.0.13:5555, 10.0.2.0/24, IP address: 84.12.3.4',
      '/address-1, address-3:5555, address-4/24, IP address: address-2',
    ],
    ['fe80::1ff:fe23:4567:890a%wlan0 2003:e4:1f00::17, fd12:3456:789a::1', 'address-1%wlan0 address-2, address-3'],
    [
      'version 10.12.3.4 of 2026:11:28 14:00, http://127.0.0.1:8080, 172.15.1.1',
      'version 10.12.3.4 of 2026:11:28 14:00, http://127.0.0.1:8080, 172.15.1.1',
    ],
    ['iPhone 2b6f0cc904d137be2e1730235f5664094b831186', 'iPhone serial-1'],
    [
      String.raw`cmd netpolicy set metered-network 'Jane'\''s Wi-Fi' false`,
      'cmd netpolicy set metered-network network-1 false',
    ],
    [
      'read 2026-11-22T18:00:00.000Z, 05-04 20:00:12.123, uid 10204, 128000000000 bytes',
      'read 2026-11-22T18:00:00.000Z, 05-04 20:00:12.123, uid 10204, 128000000000 bytes',
    ],
    [
      'google/shiba/shiba:14/AP2A.240805.005/12025142:user/release-keys',
      'google/shiba/shiba:14/AP2A.240805.005/12025142:user/release-keys',
    ],
  ])('says of "%s": "%s"', ([text = '', expected = '']) => {
    expect(redacted(text)).toBe(expected);
  });

  test('says of one thing the same everywhere, and of an unnamed iPhone what it is', () => {
    const redaction = new Redaction('named', [
      { kind: 'name', value: 'Jane’s phone' },
      { kind: 'name', value: 'iPhone 15 Pro' },
    ]);
    expect(redaction.value({ a: ['Jane’s phone', 'an iPhone 15 Pro'], 'Jane’s phone': 'x' })).toEqual({
      a: ['name-1', 'an iPhone 15 Pro'],
      'name-1': 'x',
    });
  });

  test.for([
    '490154203237518.',
    '49-015420-323751-8',
    '49 015420 323751 8',
    'IMEI:490154203237518',
    'IMEISV 4901542032375101',
    'Tel:01705551234',
    '170-555-1234',
    '(555) 123-4567',
    '0170/5551234',
    '(0170)5551234',
    'Call 0170 5551234.',
    '02-00-5e-10-20-30',
    '0200.5e10.2030',
    '02:00:5E:10:20:30:',
    'BSSID 02005e102030',
    'max@müller.de',
    '"a b"@x.de',
    'https://x/?u=max%40x.de',
    'max@example.de.',
    '00008110001A2B3C4D5E6F70',
    '8949020000012345678F',
  ])('finds "%s" by its form', (text) => {
    const told = redacted(text);
    expect(told).toMatch(/(?:number|address|mail|serial)-1/);
    expect(told).not.toMatch(/\d{4}|max|5e/i);
  });

  const known = new Redaction('named', [
    { kind: 'serial', value: 'R58N12ABCDE' },
    { kind: 'serial', value: '00008110-001A2B3C4D5E6F70' },
    { kind: 'number', value: '490154203237518' },
    { kind: 'account', value: '+49 170 5551234' },
    { kind: 'wifi', value: 'Ännchens WLAN' },
    { kind: 'name', value: 'Jörg Li-Müller' },
    { kind: 'mail', value: 'Max.Power@example.de' },
    { kind: 'mac', value: '02:00:5e:10:20:30' },
  ]);
  test.for([
    'r58n12abcde',
    'serialR58N12ABCDE',
    'R58N12ABCDE_x',
    '00008110001a2b3c4d5e6f70',
    '02005E102030',
    '49-015420-323751-8',
    '4901542032375101',
    '490154203237518.',
    'IMEI490154203237518',
    '0170/5551234',
    '170-555-1234',
    '(0170)5551234',
    '+491705551234',
    '0049 170 5551234',
    '1705551234',
    'ÄNNCHENS WLAN',
    'A\u0308nnchens WLAN',
    '%C3%84nnchens%20WLAN',
    '%c3%84nnchens+WLAN',
    'Müller',
    'MÜLLER',
    'jörg',
    'Li',
    'Herr Mu\u0308ller.',
    'max.power@EXAMPLE.de',
    'Max.Power%40example.de',
  ])('finds what it knows in "%s"', (text) => {
    expect(known.text(text)).toMatch(/(?:serial|number|account|network|name|mail|address)-\d/);
    expect(known.text(text)).not.toMatch(/r58n|\d{4}|nnchens|ller|rg|\bLi\b|power|5e/i);
  });

  test.for([
    '01912345-6789-7123-8123-456789012345',
    'android 14.0.1, build 12025142, 128000000000 bytes at 1732298400000',
    'sha256 3f786850e387550fdab836ed7e6dc881de23001b3f786850e387550fdab836ed',
    '2026-11-22 18:00:12.123 took 00:01:12.000',
    'com.google.android.apps.photos/.Sync Object@1a2b3c @tag@com.x/.Service',
    'about 100% of 4000 photos, 3.14159265',
  ])('leaves "%s" alone', (text) => {
    expect(known.text(text)).toBe(text);
  });

  test('leaves the words of a format alone, although somebody is called so', () => {
    const redaction = new Redaction('named', [{ kind: 'name', value: 'Will Open' }]);
    expect(redaction.value({ open: 'open', will: 'Will came' })).toEqual({ open: 'open', will: 'name-2 came' });
  });

  test('takes work with the length of a text, not with its square', () => {
    const pieces = ['1', '0 ', '1-', '(0', 'a.', 'a@', '"', '%40', '0:', 'ab-'];
    // Of the processor alone, which other work on the machine does not lengthen.
    const work = (times: number): number => {
      const before = process.cpuUsage();
      for (const piece of pieces) known.text(piece.repeat(times));
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    work(1000);
    expect(work(80_000) / work(10_000)).toBeLessThan(24);
  });

  test('leaves what fields are called alone, although a phone is called so', () => {
    const redaction = new Redaction('named', [{ kind: 'name', value: 'Phone' }]);
    expect(redaction.value({ phone: { name: 'Phone' } })).toEqual({ phone: { name: 'name-1' } });
  });
});
