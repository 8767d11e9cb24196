import { initTRPC, TRPCError } from '@trpc/server';
import { z } from 'zod';
import type { Application } from './app/application.ts';
import { problemOf, type Problem } from './app/problem.ts';
import { longestTestMinutes } from './app/test-photo.ts';
import { newWatchPlanSchema } from '../db/records/watch-plans.ts';

/**
 * The one contract between the application and its hosts. The window speaks it over IPC (desktop) or a WebSocket (browser);
 * the command line calls the same application. Arguments are checked here, once.
 */

export type { ListedPhone, Phone, PhoneState, Remedy } from '../native/phone.ts';
export type { PhoneList, SourceTrouble } from '../native/source.ts';
export type {
  Answer,
  Evidence,
  Finding,
  OfferedCorrection,
  Origin,
  Pack,
  Question,
  Severity,
  Status,
  Step,
} from '../diagnosis/finding.ts';
export type { ScanReport } from './app/scan-report.ts';
export type { CorrectionOutcome, CorrectionResult } from './app/correction-outcome.ts';
export type { TestPhotoEvent, TestPhotoReport } from './app/test-photo-report.ts';
export type { SafeCopyEvent, SafeCopyReport } from './app/safe-copy-report.ts';
export type { ScanEvent } from './app/scan.ts';
export type { CorrectionEvent } from './app/carry-out.ts';
export type { ActionSummary, SampleSummary, SnapshotComparison, SnapshotListItem } from './app/summaries.ts';
export type { Problem } from './app/problem.ts';
export type { StepWatchEvent, UndoAllEvent, WalkthroughFinishEvent } from './app/walkthroughs.ts';
export type { WalkthroughStepState, WalkthroughStepView, WalkthroughView } from './app/walkthrough-view.ts';
export type { DesktopBridge, MessageToHost, MessageToWindow } from './desktop-messages.ts';

const t = initTRPC.context<{ app: Application }>().create({
  /** Every error reaches the window as a {@link Problem}: plain words, a stable code, what to do; never a stack. */
  errorFormatter: ({ shape, error }) => {
    const problem: Problem = problemOf(error.cause ?? error);
    return { ...shape, message: problem.message, data: { problem } };
  },
});

const phoneId = z.string().min(1).max(200);
const rowId = z.string().regex(/^\d{1,15}$/, 'must be a number');
const label = z.string().trim().max(100);

/** Wraps what the application throws, so that the formatter sees the original error. */
const procedure = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (!result.ok && result.error.cause === undefined) {
    throw new TRPCError({ code: result.error.code, message: result.error.message });
  }
  return result;
});

const step = z.object({ cause: z.string(), app: z.string().nullable() });

/** The corrections of one diagnosis as one guided sitting, which survives the program's end. */
const walkthroughs = t.router({
  /** Begins with the last scan of a phone, or goes on with the one that is open. */
  start: procedure
    .input(z.object({ phoneId, ticket: rowId.optional() }))
    .mutation(({ ctx, input }) => ctx.app.walkthroughs.start(input.phoneId, input.ticket)),
  /** The latest first. */
  list: procedure.input(z.object({ phoneId })).query(({ ctx, input }) => ctx.app.walkthroughs.list(input.phoneId)),
  /** What its person says of a step. */
  mark: procedure
    .input(z.object({ id: rowId, step, as: z.enum(['said-done', 'skipped', 'taken-up-again']) }))
    .mutation(({ ctx, input }) => ctx.app.walkthroughs.note(input.id, { kind: input.as, step: input.step })),
  /** The phone's screen is not as the steps say: kept for whoever keeps the catalog. */
  screenDiffers: procedure
    .input(z.object({ id: rowId, step, correction: z.string(), note: z.string().trim().max(2000) }))
    .mutation(({ ctx, input: { id, ...differs } }) =>
      ctx.app.walkthroughs.note(id, { kind: 'screen-differs', ...differs }),
    ),
  giveUp: procedure
    .input(z.object({ id: rowId }))
    .mutation(({ ctx, input }) => ctx.app.walkthroughs.note(input.id, { kind: 'given-up' })),
  /** Looks at the phone until the step is seen to be done, and ticks it; ends at once where no live phone can show it. */
  watchStep: procedure
    .input(z.object({ id: rowId, step: step.extend({ correction: z.string() }) }))
    .subscription(({ ctx, input, signal }) => ctx.app.walkthroughs.watchStep(input.id, input.step, signal)),
  /** Reads the whole phone again, and keeps the snapshot after. */
  finish: procedure
    .input(z.object({ id: rowId }))
    .subscription(({ ctx, input, signal }) => ctx.app.walkthroughs.finish(input.id, signal)),
  /** Puts back everything that was changed in it. */
  undoAll: procedure
    .input(z.object({ id: rowId }))
    .subscription(({ ctx, input }) => ctx.app.walkthroughs.undoAll(input.id)),
});

/** Apps that are watched over days. */
const watching = t.router({
  list: procedure.input(z.object({ phoneId })).query(({ ctx, input }) => ctx.app.watching.list(input.phoneId)),
  /** Begins after a scan; a plan that runs for this app already goes on. */
  start: procedure
    .input(
      z.object({
        phoneId,
        app: z.string(),
        days: newWatchPlanSchema.shape.days.optional(),
        goodDays: newWatchPlanSchema.shape.goodDays.optional(),
      }),
    )
    .mutation(({ ctx, input }) => ctx.app.watching.start(input)),
  end: procedure.input(z.object({ id: rowId })).mutation(({ ctx, input }) => ctx.app.watching.end(input.id)),
  /** What is due now, on any phone. */
  reminders: procedure.query(({ ctx }) => ctx.app.watching.reminders()),
  /** What is seen of known phones when they are plugged in. */
  checkIns: procedure.subscription(({ ctx, signal }) => ctx.app.checkIns(signal)),
});

export const api = t.router({
  /** What this program is: version, catalog, data folder. */
  about: procedure.query(({ ctx }) => ctx.app.about()),

  /** The plugged-in phones and samples with their states, now and on every change. */
  phones: procedure.subscription(({ ctx, signal }) => ctx.app.watchPhones(signal)),

  samples: procedure.query(({ ctx }) => ctx.app.samples()),
  addSample: procedure
    .input(z.object({ profile: z.string() }))
    .mutation(({ ctx, input }) => ctx.app.addSample(input.profile)),
  removeSample: procedure
    .input(z.object({ phoneId }))
    .mutation(({ ctx, input }) => ctx.app.removeSample(input.phoneId)),
  /** A sample's owner carries out guided steps; without steps, those that make the phone readable. */
  sampleOwnerActs: procedure
    .input(
      z.object({
        phoneId,
        steps: z.object({ cause: z.string(), app: z.string().nullable(), correction: z.string() }).nullable(),
      }),
    )
    .mutation(({ ctx, input }) => ctx.app.actAsOwner(input.phoneId, input.steps)),

  /** Reads and judges; leaving the subscription cancels the scan. The last event carries the report. */
  scan: procedure
    .input(z.object({ phoneId, save: z.boolean(), label: label.optional(), ticket: rowId.optional() }))
    .subscription(({ ctx, input, signal }) => ctx.app.scanWithProgress(input, signal)),

  /** The apps whose uploads a phone of this kind tells about. */
  watchableApps: procedure
    .input(z.object({ platform: z.enum(['android', 'ios']) }))
    .query(({ ctx, input }) => ctx.app.testPhotos.watchableApps(input.platform)),
  /** Waits for a new photo and watches whether the app sends it; leaving the subscription ends it. The last event carries the report. */
  testPhoto: procedure
    .input(
      z.object({
        phoneId,
        app: z.string().min(1).max(300),
        minutes: z.number().positive().max(longestTestMinutes),
        openCamera: z.boolean(),
        on: z.enum(['wifi', 'mobile']).nullable(),
      }),
    )
    .subscription(({ ctx, input, signal }) => ctx.app.testPhotos.runWithProgress(input, signal)),
  testPhotos: procedure.input(z.object({ phoneId })).query(({ ctx, input }) => ctx.app.testPhotos.list(input.phoneId)),
  /** The owner of a sample phone takes a photo. */
  takeSamplePhoto: procedure
    .input(z.object({ phoneId }))
    .mutation(({ ctx, input }) => ctx.app.takeSamplePhoto(input.phoneId)),

  /** Copies the camera's photos and videos to a folder; leaving the subscription ends it in good order. The last event carries the report. */
  safeCopy: procedure
    .input(z.object({ phoneId, folder: z.string().trim().min(1).max(4000) }))
    .subscription(({ ctx, input, signal }) => ctx.app.safeCopies.runWithProgress(input, signal)),

  /** Whether the steps that may cost photos are open, and the words that open them without a copy. */
  copyGuard: procedure.input(z.object({ phoneId })).query(({ ctx, input }) => ctx.app.safeCopies.guard(input.phoneId)),
  /** Somebody goes on without a safe copy, in exactly these words; the report as it is with that. */
  declineCopy: procedure
    .input(z.object({ phoneId, sentence: z.string().max(200) }))
    .mutation(({ ctx, input }) => ctx.app.safeCopies.decline(input.phoneId, input.sentence)),
  /** The report of the last scan as it is judged now; null where there was none. */
  report: procedure.input(z.object({ phoneId })).query(({ ctx, input }) => ctx.app.report(input.phoneId)),

  /** The owner answers the question of a finding of the last scan; the report as it is with that. */
  answer: procedure
    .input(
      z.object({ phoneId, cause: z.string(), app: z.string().nullable(), answer: z.enum(['yes', 'no', 'not-sure']) }),
    )
    .mutation(({ ctx, input: { phoneId: of, ...answer } }) => ctx.app.answer(of, answer)),
  /** Opens the screen of the phone where guided steps begin, or tells what the phone said instead. */
  openScreen: procedure
    .input(z.object({ phoneId, cause: z.string(), app: z.string().nullable(), correction: z.string() }))
    .mutation(({ ctx, input: { phoneId: of, ...request } }) => ctx.app.openScreen(of, request)),

  /**
   * Carries out an automatic correction the person agreed to, and verifies it. The last event carries the outcome and the new
   * report. Leaving the subscription does not stop it: a correction is never left half done.
   */
  correct: procedure
    .input(
      z.object({
        phoneId,
        cause: z.string(),
        app: z.string().nullable(),
        correction: z.string(),
        walkthrough: rowId.optional(),
      }),
    )
    .subscription(({ ctx, input }) => ctx.app.corrections.correctWithProgress(input)),
  /** Puts back what an action changed. */
  undo: procedure
    .input(z.object({ action: rowId }))
    .subscription(({ ctx, input }) => ctx.app.corrections.undoWithProgress(input.action)),
  /** Brings an action that was cut off to its end. */
  finish: procedure
    .input(z.object({ action: rowId }))
    .subscription(({ ctx, input }) => ctx.app.corrections.finishWithProgress(input.action)),
  /** Leaves an action that was cut off as it is: it is not offered any more. */
  leave: procedure
    .input(z.object({ action: rowId }))
    .mutation(({ ctx, input }) => ctx.app.corrections.leave(input.action)),
  /** Actions of a phone that a program which ended too early left behind. */
  interrupted: procedure
    .input(z.object({ phoneId }))
    .query(({ ctx, input }) => ctx.app.corrections.interrupted(input.phoneId)),

  walkthrough: walkthroughs,
  watching,

  /** What is tried before all else, for one app. */
  quickWin: procedure
    .input(z.object({ phoneId, app: z.string() }))
    .query(({ ctx, input }) => ctx.app.quickWin(input.phoneId, input.app)),
  /** Second ways for photos while the first is being repaired: in use, or offered. */
  alternatives: procedure
    .input(z.object({ phoneId }))
    .query(({ ctx, input }) => ctx.app.alternatives.list(input.phoneId)),
  chooseAlternative: procedure
    .input(z.object({ phoneId, app: z.string() }))
    .mutation(({ ctx, input }) => ctx.app.alternatives.choose(input.phoneId, input.app)),
  endAlternative: procedure
    .input(z.object({ phoneId, app: z.string() }))
    .mutation(({ ctx, input }) => ctx.app.alternatives.end(input.phoneId, input.app)),

  /** What forgetting a phone takes with it. */
  farewell: procedure.input(z.object({ phoneId })).query(({ ctx, input }) => ctx.app.farewells.summary(input.phoneId)),
  /** Removes everything that is kept about a phone, for good. */
  forget: procedure.input(z.object({ phoneId })).mutation(({ ctx, input }) => ctx.app.farewells.forget(input.phoneId)),

  actions: procedure.input(z.object({ phoneId })).query(({ ctx, input }) => ctx.app.corrections.list(input.phoneId)),
  snapshots: procedure
    .input(z.object({ phoneId: phoneId.optional() }))
    .query(({ ctx, input }) => ctx.app.snapshots(input.phoneId)),
  /** The report of a snapshot, as it was judged on its day. */
  snapshot: procedure.input(z.object({ id: rowId })).query(({ ctx, input }) => ctx.app.snapshotReport(input.id)),
  compare: procedure
    .input(z.object({ before: rowId, after: rowId }))
    .query(({ ctx, input }) => ctx.app.compareSnapshots(input.before, input.after)),
});

export type Api = typeof api;
