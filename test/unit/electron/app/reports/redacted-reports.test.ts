import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../../../diagnosis/load/catalog.ts';
import { RecentLog } from '../../../../../electron/app/program/recent-log.ts';
import { reportFormatSchema, reportKindSchema } from '../../../../../electron/app/reports/formats.ts';
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
      const redacted = redactReport(report, redactionOf(owned));
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
});
