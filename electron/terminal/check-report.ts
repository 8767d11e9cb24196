import { fileTrouble, maxUnpackedBytes } from '../../native/offline/file-trouble.ts';
import { readBounded } from '../../native/offline/read-bounded.ts';
import { codeOf } from '../../native/offline/write-file.ts';
import { NativeError } from '../../native/source.ts';
import type { Application } from '../app/application.ts';
import { ApplicationError } from '../app/program/problem.ts';
import { readReportCode, reportCode, reportHash } from '../app/reports/report-code.ts';
import { reportSchema, type Report } from '../app/reports/report.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { print, tell } from './output.ts';

const notReport = (): ApplicationError =>
  new ApplicationError('bad-argument', 'The file is no report as JSON of this program.');

function reportIn(text: string): Report {
  try {
    return reportSchema.parse(JSON.parse(text));
  } catch (error) {
    // What is no JSON and what is another JSON are the same to whoever asks.
    if (error instanceof Error) throw notReport();
    throw error;
  }
}

function bytesOf(file: string): Buffer {
  try {
    return readBounded(file, maxUnpackedBytes);
  } catch (error) {
    if (error instanceof NativeError) throw error;
    throw fileTrouble('file-not-found', file, codeOf(error));
  }
}

/** Tells what the QR code of the certificate that belongs to a JSON file says; with a code, whether it is the one of this file. */
export function checkReport(app: Application, file: string, code: string | undefined): ExitCode {
  const report = reportIn(bytesOf(file).toString('utf8'));
  const uid = report.snapshots.at(-1)?.uid;
  if (uid === undefined) throw notReport();
  const hash = reportHash(report);
  const kept = app.store.listSnapshots().find((snapshot) => snapshot.uid === uid);
  tell(kept === undefined ? 'Its snapshot is not kept here.' : `Its snapshot is kept here as ${kept.id}.`);
  if (code === undefined) {
    print(reportCode(uid, hash));
    return exitCode.ok;
  }
  const said = readReportCode(code);
  if (said === null) throw new ApplicationError('bad-argument', 'The code is not that of a certificate.');
  const isSame = said.uid === uid && said.hash === hash;
  print(
    isSame
      ? 'The code is that of this file.'
      : 'The code is of another report: another language, redacted otherwise, or something was done or changed in between.',
  );
  return isSame ? exitCode.ok : exitCode.problems;
}
