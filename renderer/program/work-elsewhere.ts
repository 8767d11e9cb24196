import type { Client } from './client.ts';
import type { Activity, PhoneWork } from './phone-work.ts';
import type { CorrectionNews, FindingName, ScanReport } from './received.ts';

/** What following the work of others does with what is kept of its phones. */
interface FollowingPlace {
  client: Client;
  get: (phoneId: string) => PhoneWork;
  set: (phoneId: string, change: Partial<PhoneWork>) => void;
  /** What a correction of a finding is called here. */
  keyOf: (finding: FindingName, correction: string) => string;
  /** A reading that came of a correction. */
  take: (phoneId: string, report: ScanReport) => void;
  forget: (phoneId: string) => void;
  onKept: () => void;
}

/** What another window has begun, or this page before it was loaded anew. */
export interface WorkElsewhere {
  /** Whether what is done with a phone was not begun here. */
  is: (phoneId: string) => boolean;
  /** Looks again at what was last told of a phone, after something of its own has ended. */
  look: (phoneId: string) => void;
  /** What was last told of a phone counts no more: it was scanned here. */
  drop: (phoneId: string) => void;
}

function activityOf({ doing, step }: CorrectionNews, keyOf: FollowingPlace['keyOf']): Activity | null {
  const steps = step === null ? [] : [step];
  switch (doing?.kind) {
    case undefined:
      return null;
    case 'batch':
      return { kind: 'batch', steps };
    case 'correct':
      return { kind: 'correct', key: keyOf(doing, doing.correction), steps };
    case 'undo':
    case 'finish':
      return { kind: doing.kind, action: doing.action, steps };
  }
}

/** Shows what is done with phones that this page has not begun: how far it is, how it ended, and the diagnosis after it. */
export function followWorkElsewhere({ client, get, set, keyOf, take, forget, onKept }: FollowingPlace): WorkElsewhere {
  const latest = new Map<string, CorrectionNews>();
  const elsewhere = new Set<string>();

  const readAgain = (phoneId: string): void => {
    const takenAt = latest.get(phoneId)?.takenAt ?? null;
    const { report } = get(phoneId);
    if (takenAt === null || report === null || report.reading.takenAt === takenAt) return;
    client.report.query({ phoneId }).then(
      (newer) => {
        const { activity, report: shown } = get(phoneId);
        const isOther = newer !== null && shown !== null && shown.reading.takenAt !== newer.reading.takenAt;
        if (isOther && (activity === null || elsewhere.has(phoneId))) take(phoneId, newer);
      },
      // Where the program cannot be asked, the report that is shown stays as it is.
      () => undefined,
    );
  };

  const look = (phoneId: string, isNews = false): void => {
    const news = latest.get(phoneId);
    if (news === undefined || (get(phoneId).activity !== null && !elsewhere.has(phoneId))) return;
    if (news.forgotten) {
      latest.delete(phoneId);
      elsewhere.delete(phoneId);
      return forget(phoneId);
    }
    const activity = activityOf(news, keyOf);
    const wasElsewhere = elsewhere.has(phoneId);
    const isToldFirst = isNews && news.batch !== null && !wasElsewhere && get(phoneId).batch === null;
    if (activity !== null) elsewhere.add(phoneId);
    if (activity !== null || wasElsewhere || isToldFirst) {
      set(phoneId, {
        activity,
        ...(news.batch === null ? {} : { batch: { ...news.batch, problem: null } }),
      });
    }
    readAgain(phoneId);
    if (activity !== null || !wasElsewhere) return;
    elsewhere.delete(phoneId);
    onKept();
  };

  client.followCorrections.subscribe(undefined, {
    onData(news) {
      latest.set(news.phoneId, news);
      look(news.phoneId, true);
    },
  });
  return {
    is: (phoneId) => elsewhere.has(phoneId),
    look: (phoneId) => look(phoneId),
    drop: (phoneId) => void latest.delete(phoneId),
  };
}
