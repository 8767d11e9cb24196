import type { Phone } from '../../../native/phone.ts';
import type { Catalog } from '../../../diagnosis/load/catalog.ts';
import { backupApps } from '../../../diagnosis/judge/judge.ts';
import { appName } from '../../../diagnosis/judge/verdict.ts';
import type { Store } from '../../../db/store.ts';
import { isAllowed, requireAllowed, type TicketsOf } from '../actions/allowed.ts';
import type { Clock } from '../program/clock.ts';
import { canonicalLanguage, inLanguage } from '../program/language.ts';
import type { Phones } from '../phones/phones.ts';
import { FollowedRuns } from './followed-runs.ts';
import { isWatchable, testPhoto, type TestPhotoRequest } from './take-test-photo.ts';
import { testPhotoReport, type TestPhotoEvent, type TestPhotoReport } from './test-photo-report.ts';

export interface TestPhotosOptions {
  phones: Phones;
  catalog: Catalog;
  /** Opens the store. */
  store: () => Store;
  clock: Clock;
  ticketsOf: TicketsOf;
  /** Is told every test photo that came to its end. */
  onReport: (report: TestPhotoReport) => void;
}

/** Test photos of plugged-in phones, and those that were kept. */
export class TestPhotos {
  readonly #options: TestPhotosOptions;
  readonly #runs: FollowedRuns<TestPhotoRequest, TestPhotoEvent>;

  constructor(options: TestPhotosOptions) {
    this.#options = options;
    this.#runs = new FollowedRuns({
      clock: options.clock,
      work: async (request, signal, emit) => {
        const report = await this.run(request, { signal, onEvent: emit });
        emit({ type: 'report', report });
      },
    });
  }

  /**
   * Waits for a new photo and watches whether an app sends it; see {@link testPhoto}. Meanwhile nothing else is done with the phone.
   * Throws `read-not-allowed`, and `change-not-allowed` where the phone is to open its camera.
   */
  async run(
    request: TestPhotoRequest,
    options: { signal?: AbortSignal | undefined; onEvent?: (event: TestPhotoEvent) => void } = {},
  ): Promise<TestPhotoReport> {
    const { phones, catalog, store, clock, ticketsOf, onReport } = this.#options;
    const requireBegun = () => {
      requireAllowed(ticketsOf(request.phoneId), 'read');
      if (request.openCamera) requireAllowed(ticketsOf(request.phoneId), 'change');
    };
    requireBegun();
    const { signal = new AbortController().signal, onEvent = () => undefined } = options;
    const appTitle = appName(catalog, request.app);
    // As it is kept: in English.
    const waitWords = inLanguage(canonicalLanguage, () => catalog.sentences.waits);
    const isKeepable = () => isAllowed(ticketsOf(request.phoneId), 'keep');
    const report = await phones.use(request.phoneId, ({ phone, source }) => {
      requireBegun();
      const place = { source, phone, appName: appTitle, waitWords, store: store(), isKeepable, clock, signal, onEvent };
      return testPhoto(place, request);
    });
    onReport(report);
    return report;
  }

  async *runWithProgress(
    request: TestPhotoRequest,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<TestPhotoEvent, void> {
    yield* this.#runs.follow(request, signal);
  }

  /** Those under way that a window began, as they were asked for: a page that is loaded anew goes on with its own. */
  running(): TestPhotoRequest[] {
    return this.#runs.running();
  }

  /** Ends one that a window began. */
  cancel(phoneId: string): void {
    this.#runs.cancel(phoneId);
  }

  close(): void {
    this.#runs.close();
  }

  /** The latest first. */
  list(phoneId?: string): TestPhotoReport[] {
    const { store, catalog } = this.#options;
    return store()
      .listTestPhotos(phoneId)
      .map((kept) => testPhotoReport(kept, appName(catalog, kept.app)));
  }

  /** The apps whose uploads a phone of this kind tells about. */
  watchableApps(platform: Phone['platform']): { id: string; name: string }[] {
    const { catalog } = this.#options;
    const ids = backupApps(catalog, platform).filter((id) => isWatchable(platform, id));
    return ids.map((id) => ({ id, name: appName(catalog, id) }));
  }
}
