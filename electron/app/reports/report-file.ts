import { ApplicationError } from '../program/problem.ts';
import type { PdfPrinter } from '../printing/pdf-printer.ts';
import type { FileFormat, ReportFormat } from './formats.ts';
import type { ReportRequest, Reports } from './make-reports.ts';

const types: Readonly<Record<FileFormat, string>> = {
  pdf: 'application/pdf',
  html: 'text/html',
  md: 'text/markdown',
  csv: 'text/csv',
  json: 'application/json',
};

export interface ReportFile {
  /** Tells what it is and nothing of whom. */
  name: string;
  /** As in `Content-Type`. */
  type: string;
  bytes: Uint8Array;
}

export interface FileRequest extends Omit<ReportRequest, 'format'> {
  format: FileFormat;
  /** Encrypts it for whoever knows this; left out: it is not encrypted. */
  passphrase?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** What a passphrase needs not to be guessed by trying. */
const shortestPassphrase = 8;

/** What age itself takes: a second of a computer for each passphrase that is tried. */
const ageWorkFactor = 18;

function requireLong(passphrase: string): void {
  if (passphrase.trim().length >= shortestPassphrase) return;
  throw new ApplicationError('bad-passphrase', `The passphrase has fewer than ${shortestPassphrase} characters.`, [
    'Take several words that do not belong together.',
  ]);
}

/** As `age -p` does it (age-encryption.org/v1, scrypt). Throws `bad-passphrase`. */
export async function encrypted(file: ReportFile, passphrase: string, workFactor = ageWorkFactor): Promise<ReportFile> {
  requireLong(passphrase);
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(workFactor);
  encrypter.setPassphrase(passphrase);
  return {
    name: `${file.name}.age`,
    type: 'application/octet-stream',
    bytes: await encrypter.encrypt(file.bytes),
  };
}

/** A report as a file. Throws as {@link Reports.make}, as the printer does, and `bad-passphrase`. */
export async function reportFile(reports: Reports, printer: PdfPrinter, request: FileRequest): Promise<ReportFile> {
  const { format, passphrase, signal, papers } = request;
  // Before a browser is started for a PDF that nobody gets.
  if (passphrase !== undefined) requireLong(passphrase);
  const textFormat: ReportFormat = format === 'pdf' ? 'html' : format;
  const report = reports.make({ ...request, format: textFormat });
  const text = await reports.render(report, { format: textFormat, papers });
  const bytes =
    format === 'pdf' ? await printer.print(text, { madeAt: report.madeAt, signal }) : Buffer.from(text, 'utf8');
  const of = report.snapshots.map(({ id }) => id).join('-') || (report.ticket?.number ?? '');
  const file = { name: `${report.kind}-${of}.${format}`, type: types[format], bytes };
  return passphrase === undefined ? file : encrypted(file, passphrase);
}
