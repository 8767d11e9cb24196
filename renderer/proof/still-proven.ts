import type { ScanReport, TestPhotoReport } from '../program/received.ts';

/** Whether a test photo that left still proves anything: the phone was not read since, or shows that photos leave. */
export function isStillProven(report: ScanReport | null, { app, endedAt }: TestPhotoReport): boolean {
  if (report === null || report.reading.takenAt <= endedAt) return true;
  const upload = report.uploads.find((one) => one.app === app);
  return upload === undefined || upload.state === 'running' || upload.state === 'nothing-new';
}
