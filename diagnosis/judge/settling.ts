import type { Reading } from '../../native/reading.ts';
import type { Finding } from '../finding.ts';
import type { Catalog } from '../load/catalog.ts';
import type { Upload } from '../uploads/upload-state.ts';
import type { Subject } from './evidence.ts';
import { isOpen } from './order.ts';

interface Judged {
  subject: Subject;
  finding: Finding;
}

/** A correction that took. */
export interface CorrectedOnce {
  app: string | null;
  at: string;
  /** Left out: not kept which cause it was for. */
  cause?: string;
}

/** When the last of these was that concerns an app; null: never. */
export function lastOf(app: string, some: readonly CorrectedOnce[]): string | null {
  const times = some.filter((one) => one.app === null || one.app === app).map(({ at }) => at);
  return times.toSorted().at(-1) ?? null;
}

function settle({ subject, finding }: Judged, when: string): void {
  finding.status = 'unknown';
  finding.settling = true;
  finding.title = subject.say(subject.cause.text.name);
  finding.check = [when];
}

/** What bytes must decide is known after the next photo, and no problem until then. */
export function markSettling(catalog: Catalog, judged: readonly Judged[], uploads: readonly Upload[]): void {
  const settling = new Set(uploads.filter((upload) => upload.settling).map(({ app }) => app));
  for (const one of judged) {
    const { subject, finding } = one;
    if (!subject.cause.settles || finding.app === null || !settling.has(finding.app)) continue;
    if (isOpen(finding) || finding.status === 'unknown') settle(one, catalog.sentences['known-after-next-photo']);
  }
}

const dayMs = 24 * 3_600_000;

/** What a phone counts once a day still shows the old count after its correction took: known by tomorrow, and open no longer. */
export function markUncounted(
  catalog: Catalog,
  judged: readonly Judged[],
  { takenAt }: Reading,
  corrected: readonly CorrectedOnce[],
): void {
  for (const one of judged) {
    const { subject, finding } = one;
    const { id, countedDaily } = subject.cause;
    const taken = corrected.filter(({ cause, app }) => cause === id && app === finding.app);
    const isFresh = taken.some(({ at }) => Date.parse(takenAt) - Date.parse(at) < dayMs);
    if (countedDaily && isFresh && isOpen(finding)) settle(one, catalog.sentences['known-tomorrow']);
  }
}
