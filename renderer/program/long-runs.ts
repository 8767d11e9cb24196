import type { Client } from './client.ts';
import { createPhoneRuns, type PhoneRun, type PhoneRuns } from './phone-runs.ts';
import type { SafeCopyEvent, SafeCopyReport, TestPhotoEvent, TestPhotoReport } from './received.ts';

/** What a person has chosen for a test photo. */
export interface TestPhotoChoice {
  app: string;
  on: 'wifi' | 'mobile' | null;
  openCamera: boolean;
}
type TestPhotoSeen = Extract<TestPhotoEvent, { type: 'seen' }>;
export type TestPhotoRun = PhoneRun<TestPhotoChoice, TestPhotoSeen, TestPhotoReport>;

/** What a person has chosen for a safe copy: the folder as it was typed. */
export interface SafeCopyChoice {
  folder: string;
}
type SafeCopyProgress = Extract<SafeCopyEvent, { type: 'progress' }>;
export type SafeCopyRun = PhoneRun<SafeCopyChoice, SafeCopyProgress, SafeCopyReport>;

/** What takes minutes with a phone, by its kind. */
export interface LongRuns {
  testPhotos: PhoneRuns<TestPhotoChoice, TestPhotoSeen, TestPhotoReport>;
  safeCopies: PhoneRuns<SafeCopyChoice, SafeCopyProgress, SafeCopyReport>;
}

const testMinutes = 10;

/** `onKept` is called after anything that may have added to the store, with the phone that it is about. */
export const createLongRuns = (client: Client, onKept: (phoneId: string) => void): LongRuns => ({
  testPhotos: createPhoneRuns({
    subscribe: (phoneId, choice: TestPhotoChoice, callbacks) =>
      client.testPhoto.subscribe({ phoneId, minutes: testMinutes, ...choice }, callbacks),
    // Where the program cannot be asked, it ends the run by itself soon.
    end: (phoneId) => void client.cancelTestPhoto.mutate({ phoneId }).catch(() => undefined),
    onKept,
  }),
  safeCopies: createPhoneRuns({
    subscribe: (phoneId, choice: SafeCopyChoice, callbacks) =>
      client.safeCopy.subscribe({ phoneId, ...choice }, callbacks),
    onKept,
  }),
});

/** Goes on with the test photos that the page which was loaded anew has begun. */
export async function recallTestPhotos(client: Client, { testPhotos }: Pick<LongRuns, 'testPhotos'>): Promise<void> {
  // Where the program cannot be asked, the connection is lost, and that is told.
  const running = await client.runningTestPhotos.query().catch(() => []);
  for (const { phoneId, app, on, openCamera } of running) testPhotos.start(phoneId, { app, on, openCamera });
}
