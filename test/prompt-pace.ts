import { livelyPace, type SamplePace } from '../native/samples/sample-pace.ts';

/** Sample phones that answer at once, for tests in which nobody watches them do it. */
export const promptPace: SamplePace = { ...livelyPace, answerMs: 0, fileMs: 0 };
