import type { TestPhotoRun } from '../program/long-runs.ts';
import type { ScanReport, TestPhotoReport } from '../program/received.ts';

/** Whether a test photo that left still proves anything: the phone was not read since, or shows that photos leave. */
function isStillProven(report: ScanReport | null, { app, endedAt }: TestPhotoReport): boolean {
  if (report === null || report.reading.takenAt <= endedAt) return true;
  const upload = report.uploads.find((one) => one.app === app);
  return upload === undefined || upload.state === 'running' || upload.state === 'nothing-new';
}

/** The test photo that left and proves it still; null: none. `report`: null where the phone was not scanned since the program was started. */
export const provingPhoto = (
  { report: photo }: Pick<TestPhotoRun, 'report'>,
  report: ScanReport | null,
): TestPhotoReport | null => (photo?.verdict === 'uploaded' && isStillProven(report, photo) ? photo : null);
