import { whoIsAtWork } from '../program/at-work.ts';
import { alternativePath, type AlternativePath } from '../../../diagnosis/judge/alternative-path.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import type { Finding } from '../../../diagnosis/finding.ts';
import { isOpen } from '../../../diagnosis/judge/order.ts';
import { appName } from '../../../diagnosis/judge/verdict.ts';
import type { KeptAlternative } from '../../../db/records/alternative-paths.ts';
import type { Store } from '../../../db/store.ts';
import type { Recall } from '../program/recall.ts';
import type { Visits } from '../scan/visit.ts';

export interface AlternativesOptions {
  catalog: Catalog;
  visits: Visits;
  /** Opens the store. */
  store: () => Store;
  recall: Recall;
}

/** A second way for the photos of an app. `switch-back`: it is in use, and the app works again. */
export interface AlternativeView {
  app: string;
  appName: string;
  path: AlternativePath;
  state: 'offered' | 'in-use' | 'switch-back';
  /** Since when it is in use; null where it is not. */
  since: string | null;
  /** What shows that the app works again; null where nothing does. */
  worksBecause: 'test-photo' | 'findings' | null;
}

const holdsBack = ({ severity, pack }: Finding): boolean =>
  pack === 'backup' && (severity === 'blocks' || severity === 'delays');

/** Second ways for photos while the first is being repaired, with the word to switch back in time. */
export class Alternatives {
  readonly #options: AlternativesOptions;

  constructor(options: AlternativesOptions) {
    this.#options = options;
  }

  /** Those that are in use, and those that would help now, as of the last scan; none where there was no scan. */
  list(phoneId: string): AlternativeView[] {
    const { catalog, visits, recall } = this.#options;
    if (visits.lastReading(phoneId) === null) return [];
    const { reading, diagnosis } = visits.lastOf(phoneId).scan;
    const inUse = recall((store) => store.alternativesInUse(phoneId), []);
    // Nobody needs a second way for photos that another app keeps, or that leave.
    const isKept = (app: string) => diagnosis.chosen.length === 0 || diagnosis.chosen.some((one) => one.app === app);
    const leaves = (app: string) =>
      diagnosis.uploads.some((upload) => upload.app === app && upload.state === 'running');
    const isMeant = (app: string) => isKept(app) && !leaves(app);
    const held = diagnosis.findings.filter(
      (finding) => finding.app !== null && isMeant(finding.app) && isOpen(finding) && holdsBack(finding),
    );
    const apps = new Set([...inUse.map(({ app }) => app), ...held.flatMap(({ app }) => (app === null ? [] : [app]))]);
    return [...apps].map((app): AlternativeView => {
      const used = inUse.find((one) => one.app === app);
      const worksBecause = used === undefined ? null : this.#works(used, diagnosis.findings, reading.takenAt);
      return {
        app,
        appName: appName(catalog, app),
        path: alternativePath(catalog, reading, app),
        state: used === undefined ? 'offered' : worksBecause === null ? 'in-use' : 'switch-back',
        since: used?.chosenAt ?? null,
        worksBecause,
      };
    });
  }

  choose(phoneId: string, app: string): AlternativeView[] {
    const { phone } = this.#options.visits.lastOf(phoneId).scan;
    this.#options.store().chooseAlternative({ phone, app, who: whoIsAtWork() });
    return this.list(phoneId);
  }

  end(phoneId: string, app: string): AlternativeView[] {
    this.#options.store().endAlternative(phoneId, app);
    return this.list(phoneId);
  }

  /** A photo that arrived is proof; else that nothing holds the app back any more, where that was read since. */
  #works(
    { phone, app, chosenAt }: KeptAlternative,
    findings: readonly Finding[],
    readAt: string,
  ): AlternativeView['worksBecause'] {
    const photos = this.#options.recall((store) => store.listTestPhotos(phone), []);
    const proof = photos.some(
      (one) => one.app === app && one.verdict.outcome === 'uploaded' && one.photoSeenAt > chosenAt,
    );
    if (proof) return 'test-photo';
    const own = findings.filter((finding) => holdsBack(finding) && (finding.app === app || finding.app === null));
    const isRight = own.some(({ status, app: of }) => status === 'ok' && of === app);
    return readAt > chosenAt && isRight && !own.some(isOpen) ? 'findings' : null;
  }
}
