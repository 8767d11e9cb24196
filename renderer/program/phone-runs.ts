import type { Problem } from '../../electron/api.ts';
import { createPerPhone, type PerPhone } from './per-phone.ts';
import { type Callbacks, runOnce } from './run-once.ts';

/** How a long run with a phone stands, or how it ended. */
export interface PhoneRun<Request, Progress, Report> {
  running: boolean;
  /** What was asked for the last time; null before the first run. */
  request: Request | null;
  /** The newest thing that was told; null until the phone has been looked at. */
  progress: Progress | null;
  report: Report | null;
  problem: Problem | null;
  cancelled: boolean;
}

/** The long runs of one kind in this window, one at a time for each phone. */
export interface PhoneRuns<Request, Progress, Report> extends PerPhone<PhoneRun<Request, Progress, Report>> {
  start: (phoneId: string, request: Request) => void;
  cancel: (phoneId: string) => void;
}

interface ReportEvent<Report> {
  type: 'report';
  report: Report;
}

const isReport = <Report>(event: { type: string } | ReportEvent<Report>): event is ReportEvent<Report> =>
  event.type === 'report';

interface PhoneRunsOptions<Request, Event> {
  subscribe: (phoneId: string, request: Request, callbacks: Callbacks<Event>) => { unsubscribe(): void };
  /** Called after anything that may have added to the store. */
  onKept: (phoneId: string) => void;
  /** Ends a run where leaving it does not end it at once. */
  end?: (phoneId: string) => void;
}

export function createPhoneRuns<Request, Progress extends { type: string }, Report>({
  subscribe,
  onKept,
  end,
}: PhoneRunsOptions<Request, Progress | ReportEvent<Report>>): PhoneRuns<Request, Progress, Report> {
  const none: PhoneRun<Request, Progress, Report> = {
    running: false,
    request: null,
    progress: null,
    report: null,
    problem: null,
    cancelled: false,
  };
  const runs = createPerPhone(none);
  const cancels = new Map<string, () => void>();
  return {
    get: runs.get,
    subscribe: runs.subscribe,
    start(phoneId, request) {
      if (runs.get(phoneId).running) return;
      runs.change(phoneId, { ...none, running: true, request });
      const cancel = runOnce<Progress | ReportEvent<Report>>((callbacks) => subscribe(phoneId, request, callbacks), {
        onEvent: (event) => runs.change(phoneId, isReport(event) ? { report: event.report } : { progress: event }),
        onEnd(problem) {
          runs.change(phoneId, { running: false, problem });
          onKept(phoneId);
        },
      });
      cancels.set(phoneId, cancel);
    },
    cancel(phoneId) {
      if (!runs.get(phoneId).running) return;
      end?.(phoneId);
      cancels.get(phoneId)?.();
      runs.change(phoneId, { running: false, cancelled: true });
    },
  };
}
