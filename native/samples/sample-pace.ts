/** How long sample phones take for what a real one takes long for, ms. */
export interface SamplePace {
  /** Until a light question is answered. */
  answerMs: number;
  /** Until a file begins. */
  fileMs: number;
  /** Gone after a restart; a phone takes a minute for it, and a sample is not waited for that long. */
  offMs: number;
  /** Back after a restart, and still starting. */
  startingMs: number;
}

/** About as a phone over USB, without which nobody would see a scan or a copy happen. */
export const livelyPace: SamplePace = { answerMs: 12, fileMs: 15, offMs: 3_000, startingMs: 2_000 };
