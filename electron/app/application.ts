import { userInfo } from 'node:os';
import type { Phone } from '../../native/phone.ts';
import type { SampleSource } from '../../native/sample-source.ts';
import type { PhoneList, PhoneSource } from '../../native/source.ts';
import type { Catalog } from '../../diagnosis/catalog.ts';
import type { Answer } from '../../diagnosis/finding.ts';
import { backupApps, incompleteOf, provenBy } from '../../diagnosis/judge.ts';
import { appName } from '../../diagnosis/verdict.ts';
import { compare } from '../../db/compare.ts';
import type { Snapshot } from '../../db/snapshot.ts';
import { openStore, type Store } from '../../db/store.ts';
import { AdbSource } from '../../native/android/adb-source.ts';
import { AndroidSampleSource } from '../../native/android/sample-source.ts';
import { createIphoneSource } from '../../native/ios/iphone-source.ts';
import { IphoneSampleSource } from '../../native/ios/sample-source.ts';
import { writeCapture } from '../../native/offline/recorded-capture.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { chooseCorrection, correct, undo, type Corrected, type CorrectionEvent, type OnStep } from './correct.ts';
import type { CorrectionOutcome } from './correction-outcome.ts';
import { computerClock, type Clock } from './clock.ts';
import { dataFolder } from './data-folder.ts';
import { eventStream } from './event-stream.ts';
import { openCatalog } from './open-catalog.ts';
import { Phones } from './phones.ts';
import { ApplicationError } from './problem.ts';
import type {
  CorrectRequest,
  FileScanRequest,
  GuidedSteps,
  Proposal,
  RecordRequest,
  SafeCopyRequest,
  ScanRequest,
} from './requests.ts';
import { scan, scanReport, type Scan, type ScanEvent } from './scan.ts';
import { scanFile } from './scan-file.ts';
import type { ScanReport } from './scan-report.ts';
import { folderPath, safeCopy, type SafeCopyOptions } from './safe-copy.ts';
import type { SafeCopyEvent, SafeCopyReport } from './safe-copy-report.ts';
import {
  actionSummary,
  comparedAppNames,
  snapshotItem,
  type About,
  type ActionSummary,
  type SampleSummary,
  type SnapshotComparison,
  type SnapshotListItem,
} from './summaries.ts';
import { isWatchable, testPhoto, type TestPhotoRequest } from './test-photo.ts';
import { testPhotoReport, type TestPhotoEvent, type TestPhotoReport } from './test-photo-report.ts';
import { Visits, type ScreenRequest } from './visit.ts';

export interface ApplicationOptions {
  env: NodeJS.ProcessEnv;
  /** Defaults to the adb server and the usbmuxd that `env` names. */
  sources?: readonly PhoneSource[];
  /** One line for the log. */
  log?: (line: string) => void;
  /** Time for what lasts minutes; default: the computer's. */
  clock?: Clock;
}

/** The application itself: what all three hosts run. Nothing is opened before it is needed. */
export class Application {
  readonly catalog: Catalog;
  private readonly shopProblems: readonly string[];
  private readonly visits: Visits;
  private readonly folder: string;
  private readonly log: (line: string) => void;
  private readonly clock: Clock;
  private readonly sampleSources: readonly SampleSource[] = [new AndroidSampleSource(), new IphoneSampleSource()];
  private readonly plugged: Phones;
  /** Phones that a scan or correction is at: two conversations with one phone would spoil each other. */
  private readonly busy = new Set<string>();
  private opened: Store | null = null;

  /** Throws `CatalogError` where the catalog is not valid. */
  constructor(options: ApplicationOptions) {
    this.folder = dataFolder(options.env);
    this.log = options.log ?? (() => undefined);
    const { catalog, shopProblems } = openCatalog(this.folder);
    this.catalog = catalog;
    this.shopProblems = shopProblems;
    this.visits = new Visits({ catalog, folder: this.folder, store: () => this.store, log: this.log });
    this.clock = options.clock ?? computerClock;
    const { env, sources = [AdbSource.fromEnvironment(env), createIphoneSource({ env })] } = options;
    this.plugged = new Phones([...sources, ...this.sampleSources]);
  }

  /** Opened on first use, so that a scan that saves nothing needs no data folder. Throws `StoreError`. */
  get store(): Store {
    this.opened ??= openStore(this.folder, {
      log: ({ sql, durationMs }) => this.log(`slow query, ${durationMs} ms: ${sql}`),
    });
    return this.opened;
  }

  about(): About {
    return {
      version: packageJson.version,
      catalog: this.catalog.version,
      dataFolder: this.folder,
      shopProblems: this.shopProblems,
    };
  }

  phones(): Promise<PhoneList> {
    return this.plugged.list({ identify: true });
  }

  /** The one phone that is plugged in, for whoever names none. */
  onlyPhone(): Promise<Phone> {
    return this.plugged.only();
  }

  async *watchPhones(signal: AbortSignal | undefined): AsyncGenerator<PhoneList, void> {
    yield* eventStream<PhoneList>(async (emit) => {
      const stop = this.plugged.watch(emit);
      await aborted(signal);
      stop();
    });
  }

  samples(): SampleSummary[] {
    return this.sampleSources.flatMap(({ platform, samples }) => samples.map((sample) => ({ ...sample, platform })));
  }

  /** Adds a sample phone. Throws `unknown-sample`. */
  async addSample(sampleId: string): Promise<{ phoneId: string }> {
    const source = this.sampleSources.find(({ samples }) => samples.some(({ id }) => id === sampleId));
    if (source === undefined) {
      throw new ApplicationError('unknown-sample', `There is no sample phone "${sampleId}".`);
    }
    return { phoneId: await source.add(sampleId) };
  }

  removeSample(phoneId: string): void {
    for (const source of this.sampleSources) source.remove(phoneId);
  }

  /**
   * Does on a sample phone what guided steps ask of its owner; null: the steps that make the phone itself readable. `changed` is
   * false where this sample has nothing to change there. Throws `unknown-phone`, `unknown-cause`.
   */
  async actAsOwner(phoneId: string, steps: GuidedSteps | null): Promise<{ changed: boolean }> {
    const samples = await this.sampleSource(phoneId);
    const proves = steps === null ? ['state'] : verifiedBy(this.catalog, steps);
    return { changed: samples.actAsOwner(phoneId, { proves, app: steps?.app ?? null }) };
  }

  /** Reads and judges one phone; saves a snapshot where asked for and the scan did not break off. */
  async scan(
    request: ScanRequest,
    options: { signal?: AbortSignal | undefined; onEvent?: (event: ScanEvent) => void } = {},
  ): Promise<ScanReport> {
    const { phone, source } = await this.plugged.find(request.phoneId);
    // A store that cannot be opened is told before the phone is read, not after.
    const store = request.save ? this.store : null;
    const known = this.visits.knownOf(phone.id);
    const result = await this.exclusively(phone.id, () => scan(source, phone, this.catalog, { ...options, known }));
    this.log(`scan of a ${result.phone.platform} phone: ${result.capture.durationMs} ms`);
    const snapshot = store === null || result.capture.brokenOff !== null ? null : this.save(store, result, request);
    this.visits.remember(result, snapshot);
    return scanReport(result, this.catalog, snapshot);
  }

  /** The owner's answer to the question of a finding of the last scan: the report as it is with that. Throws `not-scanned`. */
  answer(phoneId: string, answer: Omit<Answer, 'at'>): ScanReport {
    const { scan: answered, snapshot } = this.visits.answer(phoneId, { ...answer, at: new Date().toISOString() });
    return scanReport(answered, this.catalog, snapshot);
  }

  /**
   * Opens the screen of the phone where guided steps of its last scan begin; `opened` is null where the phone knows no such screen.
   * Throws `not-scanned`, `no-screen`.
   */
  async openScreen(phoneId: string, request: ScreenRequest): Promise<{ opened: string | null }> {
    const { phone, source } = await this.plugged.find(phoneId);
    const opened = await this.exclusively(phone.id, () => this.visits.openScreen(phone.id, source, request));
    return { opened };
  }

  /** Reads and judges a file in place of a phone; saves a snapshot where asked for. Throws `NativeError`. */
  async scanFile(request: FileScanRequest, options: { signal?: AbortSignal | undefined } = {}): Promise<ScanReport> {
    const store = request.save ? this.store : null;
    const result = await scanFile(request.path, this.catalog, { ...options, known: (id) => this.visits.knownOf(id) });
    const snapshot = store === null || result.capture.brokenOff !== null ? null : this.save(store, result, request);
    return scanReport(result, this.catalog, snapshot);
  }

  /** Records a phone in a file, for later or for someone else; also what was read of one that was unplugged meanwhile. */
  async record(
    request: RecordRequest,
    options: { signal?: AbortSignal | undefined; onEvent?: (event: ScanEvent) => void } = {},
  ): Promise<{ brokenOff: ScanReport['brokenOff'] }> {
    const { phone, source } = await this.plugged.find(request.phoneId);
    const { capture } = await this.exclusively(phone.id, () => scan(source, phone, this.catalog, options));
    await writeCapture(request.file, capture, request);
    return { brokenOff: capture.brokenOff };
  }

  async *scanWithProgress(request: ScanRequest, signal: AbortSignal | undefined): AsyncGenerator<ScanEvent, void> {
    yield* eventStream<ScanEvent>(async (emit) => {
      const report = await this.scan(request, { signal, onEvent: emit });
      emit({ type: 'report', report });
    });
  }

  /** Waits for a new photo and watches whether an app sends it; see {@link testPhoto}. Meanwhile nothing else is done with the phone. */
  async testPhoto(
    request: TestPhotoRequest,
    options: { signal?: AbortSignal | undefined; onEvent?: (event: TestPhotoEvent) => void } = {},
  ): Promise<TestPhotoReport> {
    const { phone, source } = await this.plugged.find(request.phoneId);
    const { store, clock } = this;
    const { signal = new AbortController().signal, onEvent = () => undefined } = options;
    const place = { source, phone, appName: appName(this.catalog, request.app), store, clock, signal, onEvent };
    return this.exclusively(phone.id, () => testPhoto(place, request));
  }

  async *testPhotoWithProgress(
    request: TestPhotoRequest,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<TestPhotoEvent, void> {
    yield* eventStream<TestPhotoEvent>(async (emit) => {
      const report = await this.testPhoto(request, { signal, onEvent: emit });
      emit({ type: 'report', report });
    });
  }

  /** The test photos that are kept, the latest first. */
  testPhotos(phoneId?: string): TestPhotoReport[] {
    return this.store.listTestPhotos(phoneId).map((kept) => testPhotoReport(kept, appName(this.catalog, kept.app)));
  }

  /** The apps whose uploads a phone of this kind tells about. */
  watchableApps(platform: Phone['platform']): { id: string; name: string }[] {
    const ids = backupApps(this.catalog, platform).filter((id) => isWatchable(platform, id));
    return ids.map((id) => ({ id, name: appName(this.catalog, id) }));
  }

  /** The owner of a sample phone takes a photo. Throws `unknown-phone`, `no-sample`. */
  async takeSamplePhoto(phoneId: string): Promise<void> {
    (await this.sampleSource(phoneId)).actAsOwner(phoneId, { proves: ['photos.newest'], app: null });
  }

  /** Copies the camera's photos and videos to a folder and verifies them; see {@link safeCopy}. */
  async safeCopy({ phoneId, folder }: SafeCopyRequest, options: SafeCopyOptions = {}): Promise<SafeCopyReport> {
    const path = folderPath(folder);
    const { phone, source } = await this.plugged.find(phoneId);
    const report = await this.exclusively(phone.id, () => safeCopy(source, phone, path, options));
    this.log(`safe copy: ${report.copied.files} files, ${report.copied.bytes} bytes, ${report.durationMs} ms`);
    return report;
  }

  async *safeCopyWithProgress(
    request: SafeCopyRequest,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<SafeCopyEvent, void> {
    yield* eventStream<SafeCopyEvent>(async (emit) => {
      const report = await this.safeCopy(request, { signal, onEvent: emit });
      emit({ type: 'report', report });
    });
  }

  /**
   * Carries out an automatic correction and verifies it. `consent` is asked once it is known exactly what would be run; where
   * it says no, nothing is stored and nothing is run, and null is returned.
   */
  async correct(
    request: CorrectRequest,
    onStep: OnStep,
    consent: (proposal: Proposal) => Promise<boolean>,
  ): Promise<Corrected | null> {
    const { phone, source } = await this.plugged.find(request.phoneId);
    const { store } = this;
    return this.exclusively(phone.id, async () => {
      onStep({ type: 'step', step: 'reading-before', command: null });
      const known = this.visits.knownOf(phone.id);
      const before = await scan(source, phone, this.catalog, { known });
      if (before.capture.brokenOff !== null) {
        throw new ApplicationError('scan-broke-off', `${before.capture.brokenOff.detail} Nothing was changed.`);
      }
      const choice = chooseCorrection(this.catalog, before.diagnosis.findings, request);
      const offered = choice.finding.corrections.find(({ id }) => id === choice.correction.id);
      if (offered === undefined || !(await consent(offered))) return null;
      const place = { source, phone, catalog: this.catalog, store, who: userInfo().username, onStep, known };
      return this.remembered(await correct(place, choice, before));
    });
  }

  async *correctWithProgress(request: CorrectRequest): AsyncGenerator<CorrectionEvent, void> {
    yield* this.correctionEvents((onStep) => this.correct(request, onStep, () => Promise.resolve(true)));
  }

  /** Puts back what an action changed, exactly. */
  async undo(actionId: string, onStep: OnStep): Promise<Corrected> {
    const action = this.store.loadAction(Number(actionId));
    if (action === null) throw new ApplicationError('unknown-action', `There is no action ${actionId}.`);
    const { phone, source } = await this.plugged.find(action.phone);
    const { store, catalog } = this;
    const place = {
      source,
      phone,
      catalog,
      store,
      who: userInfo().username,
      onStep,
      known: this.visits.knownOf(phone.id),
    };
    return this.exclusively(phone.id, async () => this.remembered(await undo(place, action)));
  }

  async *undoWithProgress(actionId: string): AsyncGenerator<CorrectionEvent, void> {
    yield* this.correctionEvents((onStep) => this.undo(actionId, onStep));
  }

  actions(phoneId?: string): ActionSummary[] {
    return this.store.listActions(phoneId).map((action) => actionSummary(action, this.catalog));
  }

  snapshots(phoneId?: string): SnapshotListItem[] {
    return this.store.listSnapshots(phoneId === undefined ? {} : { phone: phoneId }).map(snapshotItem);
  }

  /** A snapshot's report, as it was judged on its day. */
  snapshotReport(id: string): ScanReport {
    const snapshot = this.snapshot(id);
    const { phone, capture, reading, diagnosis } = snapshot;
    return scanReport({ phone, capture, reading, diagnosis, incomplete: incompleteOf(reading) }, this.catalog, id);
  }

  compareSnapshots(before: string, after: string): SnapshotComparison {
    const [a, b] = [this.snapshot(before), this.snapshot(after)];
    const comparison = compare(a, b);
    return {
      before: snapshotItem(a),
      after: snapshotItem(b),
      comparison,
      appNames: comparedAppNames(comparison, this.catalog),
    };
  }

  async close(): Promise<void> {
    await this.plugged.close();
    this.opened?.close();
    this.opened = null;
  }

  private async *correctionEvents(
    work: (onStep: OnStep) => Promise<Corrected | null>,
  ): AsyncGenerator<CorrectionEvent, void> {
    yield* eventStream<CorrectionEvent>(async (emit) => {
      const corrected = await work(emit);
      if (corrected !== null) emit({ type: 'outcome', ...this.outcome(corrected) });
    });
  }

  private remembered(corrected: Corrected): Corrected {
    if (corrected.after !== null) this.visits.remember(corrected.after, null);
    return corrected;
  }

  private outcome({ outcome, after }: Corrected): { outcome: CorrectionOutcome; report: ScanReport | null } {
    return { outcome, report: after === null ? null : scanReport(after, this.catalog, null) };
  }

  private async sampleSource(phoneId: string): Promise<SampleSource> {
    const { source } = await this.plugged.find(phoneId);
    const samples = this.sampleSources.find((one) => one === source);
    if (samples !== undefined) return samples;
    throw new ApplicationError('no-sample', 'This is a real phone: its owner carries out the steps.');
  }

  private save(store: Store, result: Scan, request: Pick<ScanRequest, 'label' | 'ticket'>): string {
    const { phone, capture, reading, diagnosis, incomplete } = result;
    const ticket = request.ticket === undefined ? null : Number(request.ticket);
    return String(
      store.saveSnapshot({ phone, capture, reading, diagnosis, incomplete, label: request.label ?? null, ticket }),
    );
  }

  private snapshot(id: string): Snapshot {
    const snapshot = this.store.loadSnapshot(Number(id));
    if (snapshot === null) {
      throw new ApplicationError('unknown-snapshot', `There is no snapshot ${id}.`, [
        'List the snapshots to see their numbers.',
      ]);
    }
    return snapshot;
  }

  private async exclusively<T>(phoneId: string, work: () => Promise<T>): Promise<T> {
    if (this.busy.has(phoneId)) {
      throw new ApplicationError('phone-busy', 'This phone is being read or corrected already.', [
        'Wait until that is done.',
      ]);
    }
    this.busy.add(phoneId);
    try {
      return await work();
    } finally {
      this.busy.delete(phoneId);
    }
  }
}

/** The paths of the values that prove afterwards that the steps were carried out. */
function verifiedBy(catalog: Catalog, steps: GuidedSteps): readonly string[] {
  const paths = provenBy(catalog, steps.cause, steps.correction);
  if (paths === null) {
    throw new ApplicationError(
      'unknown-cause',
      `The catalog knows no steps "${steps.correction}" for "${steps.cause}".`,
    );
  }
  return paths;
}

const aborted = (signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) resolve();
    else signal?.addEventListener('abort', () => resolve(), { once: true });
  });
