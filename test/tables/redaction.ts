import { loadCatalog } from '../../diagnosis/load/catalog.ts';
import { reportFormatSchema, reportKindSchema } from '../../electron/app/reports/formats.ts';
import { redactReport } from '../../electron/app/reports/redact-report.ts';
import { renderReport } from '../../electron/app/reports/render-report.ts';
import { learnFrom } from '../../native/offline/redaction.ts';
import { Redaction } from '../../native/redaction.ts';
import { foundIn, ownedSamples, reportOf } from '../unit/electron/app/reports/sample-reports.ts';

/*
 * Prints what tells whose a phone is in redacted reports: of every sample phone, of every kind and in every format. Nothing is what it
 * should print, beside how much was looked through.
 */

const catalog = loadCatalog();
const papers = { sheet: 'a4', label: '62' } as const;
const counted = { phones: 0, identifiers: 0, texts: 0, bytes: 0, leaks: 0 };
for (const owned of await ownedSamples(catalog)) {
  const redaction = new Redaction('named');
  learnFrom(owned.capture, redaction);
  const redacted = redactReport(reportOf(owned, catalog), redaction, true);
  counted.phones += 1;
  counted.identifiers += owned.identifiers.length;
  for (const kind of reportKindSchema.options) {
    for (const format of reportFormatSchema.options) {
      const text = renderReport({ ...redacted, kind }, format, { programs: catalog.programs, papers });
      counted.texts += 1;
      counted.bytes += text.length;
      for (const value of foundIn(text, owned.identifiers)) {
        counted.leaks += 1;
        console.log(`${owned.sample}, ${kind} as ${format}: ${value}`);
      }
    }
  }
}
const { phones, identifiers, texts, bytes, leaks } = counted;
console.log(
  `${leaks} found: ${identifiers} identifiers of ${phones} phones, in ${texts} reports of ${(bytes / 1e6).toFixed(0)} MB.`,
);
