import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { Application } from '../../../electron/app/application.ts';
import type { Clock } from '../../../electron/app/program/clock.ts';
import { testPhotoReportSchema, type TestPhotoReport } from '../../../electron/app/proof/test-photo-report.ts';
import { watchUpload, type WatchUploadOptions } from '../../../electron/terminal/watch-upload.ts';
import type { PhoneSource } from '../../../native/source.ts';

export interface WatchUploadRun {
  code: number;
  report: TestPhotoReport;
  /** What was told while it ran. */
  told: string;
  app: Application;
}

interface Staged {
  source: PhoneSource;
  clock: Clock;
  signal?: AbortSignal;
}

/** An application of the running test's own, on one source and with its own time. */
export async function stagedApplication({ source, clock }: Staged): Promise<Application> {
  const home = await mkdtemp(join(tmpdir(), 'phone-health-'));
  const app = new Application({ env: { PHONE_HEALTH_HOME: home }, sources: [source], clock });
  onTestFinished(async () => {
    await app.close();
    await rm(home, { recursive: true, force: true });
  });
  return app;
}

/** Runs `watch-upload --json` to its end in this process, so that the test decides how time passes. */
export async function runWatchUpload(
  staged: Staged,
  phoneId: string,
  options: Partial<WatchUploadOptions> & { app: string },
): Promise<WatchUploadRun> {
  const app = await stagedApplication(staged);
  const outputs = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      outputs[name] += String(text);
      return true;
    }),
  );
  try {
    const signal = staged.signal ?? new AbortController().signal;
    const code = await watchUpload(app, phoneId, { minutes: 1, json: true, ...options }, signal);
    const report = testPhotoReportSchema.parse(JSON.parse(outputs.stdout));
    return { code, report, told: outputs.stderr, app };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
