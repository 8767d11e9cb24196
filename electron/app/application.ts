import { whoIsAtWork } from './program/at-work.ts';
import { connectionHelp, type ConnectionHelp } from '../../native/connection-help.ts';
import type { Phone } from '../../native/phone.ts';
import type { SamplePace } from '../../native/samples/sample-pace.ts';
import type { SampleSource } from '../../native/samples/sample-source.ts';
import type { PhoneList, PhoneSource } from '../../native/source.ts';
import { catalogLanguages, type Catalog } from '../../diagnosis/load/catalog.ts';
import type { Answer, OfferedCorrection } from '../../diagnosis/finding.ts';
import type { Reading } from '../../native/reading.ts';
import { backupAppOf, incompleteOf, provenBy, type JudgeOptions } from '../../diagnosis/judge/judge.ts';
import { quickWin } from '../../diagnosis/judge/quick-win.ts';
import type { Snapshot, SnapshotFilter, SnapshotSummary, SnapshotWithoutCapture } from '../../db/records/snapshots.ts';
import { StoreError } from '../../db/errors.ts';
import type { Store } from '../../db/store.ts';
import { AndroidSampleSource } from '../../native/samples/android/sample-source.ts';
import { IphoneSampleSource } from '../../native/samples/ios/sample-source.ts';
import { writeCapture } from '../../native/offline/recorded-capture.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { Alternatives } from './walkthrough/alternatives.ts';
import { isAllowed, notAllowedCodes, requireAllowed, type TicketsOf } from './actions/allowed.ts';
import { Attendance, type CheckIn } from './attendance/attendance.ts';
import { Bench, type BenchView } from './bench/bench.ts';
import { computerClock, type Clock } from './program/clock.ts';
import type { CorrectionNews, UnsaidNews } from './corrections/correction-news.ts';
import { Corrections } from './corrections/corrections.ts';
import { dataFolder } from './program/data-folder.ts';
import { eventStream } from './program/event-stream.ts';
import { Farewells } from './farewell/farewell.ts';
import { canonicalLanguage, inLanguage } from './program/language.ts';
import { openCatalog } from './program/open-catalog.ts';
import { sayAnswer } from './program/say-answer.ts';
import { Pairing } from './phones/pairing.ts';
import { PhoneNames, serialIn } from './phones/phone-names.ts';
import { Phones } from './phones/phones.ts';
import { pluggedSources, type PluggedSourcesOptions } from './phones/plugged-sources.ts';
import { ApplicationError, faultOf } from './program/problem.ts';
import { createRecall, isStoreIn, type Recall } from './program/recall.ts';
import type { FileScanRequest, GuidedSteps, RecordRequest, ScanRequest } from './program/requests.ts';
import { SafeCopies } from './safe-copy/safe-copies.ts';
import { goOnWithout } from './scan/copy-guard.ts';
import { scan, scanReport, type ScanEvent } from './scan/scan.ts';
import { ScanTurns } from './scan/scan-turns.ts';
import { fileLabel, scanFile, type OpenedFile } from './scan/scan-file.ts';
import { catalogCauses, type CatalogCause } from './settings/browse-catalog.ts';
import { openFolder } from './settings/open-folder.ts';
import { Settings, type SettingsState } from './settings/settings.ts';
import { Shell, type ShellRequest, type ShellState } from './shell/shell.ts';
import { ShopLogo } from './settings/shop-logo.ts';
import { RecentLog } from './program/recent-log.ts';
import { UnderWay } from './program/under-way.ts';
import { Handover, type HandoverView } from './handover/handover.ts';
import type { Keychain } from './program/secret-file.ts';
import type { OpenedElsewhere } from './shop/elsewhere.ts';
import { Shop, type ShopView } from './shop/shop.ts';
import { reportFile, type FileRequest, type ReportFile } from './reports/report-file.ts';
import { Reports } from './reports/make-reports.ts';
import { reportSubject, type ReportSubject, type SubjectAsked } from './reports/subject.ts';
import type { ScanReport } from './scan/scan-report.ts';
import {
  comparedSnapshots,
  SaidVerdicts,
  snapshotColumns,
  snapshotItem,
  type SnapshotColumns,
  type SnapshotComparison,
  type SnapshotListItem,
} from './history/snapshot-list.ts';
import { judgedAgain, type JudgedAgain } from './history/judged-again.ts';
import { timeline, type TimelineVisit } from './history/timeline.ts';
import { type About } from './program/about.ts';
import { ChromiumPrinter } from './printing/chromium-printer.ts';
import type { PdfPrinter } from './printing/pdf-printer.ts';
import { firstSamples, partsOf, type SampleSummary } from './phones/sample-summary.ts';
import { StoreOnDemand } from './program/store-on-demand.ts';
import { StoreWatch } from './program/store-watch.ts';
import { TestPhotos } from './proof/test-photos.ts';
import { wholePath } from './program/whole-path.ts';
import { ticketNumber } from './tickets/ticket-number.ts';
import { Tickets } from './tickets/tickets.ts';
import type { TicketItem } from './tickets/ticket-view.ts';
import { Keeping } from './scan/keeping.ts';
import { Archive } from './archive/archive.ts';
import { Backups } from './backups/backups.ts';
import { isCaseFile } from './cases/case-file.ts';
import { Cases, type OpenedCase } from './cases/cases.ts';
import type { StoreHealth } from './program/store-health.ts';
import { Visits, type OpenedScreen, type ScreenRequest } from './scan/visit.ts';
import { Walkthroughs } from './walkthrough/walkthroughs.ts';
import { Watching } from './proof/watching.ts';

export interface ApplicationOptions extends PluggedSourcesOptions {
  /** Defaults to {@link pluggedSources}. */
  sources?: readonly PhoneSource[];
  /** One line for the log. */
  log?: (line: string) => void;
  /** The keychain of the system; default: none, and secrets are kept in files that only their owner may open. */
  keychain?: Keychain;
  /** Time for what lasts minutes; default: the computer's. */
  clock?: Clock;
  /** Makes the PDFs; default: a browser that is installed. */
  pdfPrinter?: PdfPrinter;
  /** Checks all of the store when it is opened, beside the work; otherwise only with the backup of the day. */
  checksStore?: boolean;
  /** How long sample phones take; default: about as long as real ones. */
  samplePace?: SamplePace;
}

/** The application itself: what all three hosts run. Nothing is opened before it is needed. */
export class Application {
  readonly catalog: Catalog;
  private readonly openedCatalog: ReturnType<typeof openCatalog>;
  readonly corrections: Corrections;
  readonly testPhotos: TestPhotos;
  readonly safeCopies: SafeCopies;
  readonly reports: Reports;
  readonly walkthroughs: Walkthroughs;
  readonly farewells: Farewells;
  readonly alternatives: Alternatives;
  readonly watching: Watching;
  readonly attendance: Attendance;
  readonly pairing: Pairing;
  readonly tickets: Tickets;
  readonly handover: Handover;
  readonly shop: Shop;
  readonly settings: Settings;
  readonly bench: Bench;
  /** Many scans at once take turns. */
  readonly scanTurns: ScanTurns;
  readonly shopLogo: ShopLogo;
  readonly pdfPrinter: PdfPrinter;
  readonly recentLog = new RecentLog();
  readonly underWay = new UnderWay();
  readonly shell = new Shell();
  /** What phones are called. */
  readonly names: PhoneNames;
  private readonly visits: Visits;
  private readonly folder: string;
  /** One line for the log, which names no phone there. */
  readonly log: (line: string) => void;
  private readonly clock: Clock;
  private readonly sampleSources: readonly SampleSource[];
  private readonly plugged: Phones;
  private readonly kept: StoreOnDemand;
  private readonly storeWatch: StoreWatch;
  private readonly keeping: Keeping;
  private readonly ticketsOf: TicketsOf;
  private readonly recall: Recall;
  readonly backups: Backups;
  readonly cases: Cases;
  readonly archive: Archive;
  private saidVerdicts = new SaidVerdicts();

  constructor(options: ApplicationOptions) {
    this.folder = dataFolder(options.env);
    const { log: tell = () => undefined } = options;
    this.log = (line) => {
      tell(this.recentLog.add(line, this.clock.now()));
    };
    this.settings = new Settings(this.folder);
    this.scanTurns = new ScanTurns(() => this.settings.values.parallelScans);
    this.shopLogo = new ShopLogo(this.folder);
    this.pdfPrinter = options.pdfPrinter ?? new ChromiumPrinter({ env: options.env });
    this.openedCatalog = openCatalog(this.folder);
    const { catalog } = this.openedCatalog;
    this.catalog = catalog;
    const { folder, log } = this;
    const { clock = computerClock } = options;
    this.clock = clock;
    this.kept = new StoreOnDemand({
      folder,
      clock,
      log,
      check: options.checksStore ?? false,
      handsOver: () => this.handover.isOn,
      onNewDay: (signal) => this.archive.clearDaily(log, signal),
      isBusy: () => this.plugged.isAnyBusy,
    });
    this.storeWatch = new StoreWatch({
      look: () => this.kept.look(),
      onChanged: () => {
        this.dropForgotten();
        this.tickets.changedElsewhere();
      },
    });
    const store = () => this.store;
    this.keeping = new Keeping(store, () => this.tickets);
    const recall = createRecall({ folder, store, log });
    this.recall = recall;
    const ticketsOf: TicketsOf = (phoneId, named) => this.tickets.ofWork(phoneId, named);
    this.ticketsOf = ticketsOf;
    const mayKeep = (phoneId: string) => isAllowed(ticketsOf(phoneId), 'keep');
    this.visits = new Visits({ catalog, store, recall, clock, mayKeep });
    const { sources = pluggedSources(options) } = options;
    this.names = new PhoneNames(recall);
    const { samplePace } = options;
    this.sampleSources = [new AndroidSampleSource(samplePace), new IphoneSampleSource(samplePace)];
    const phones = new Phones([...sources, ...this.sampleSources], this.names, (phone) =>
      this.recentLog.knowPhone(phone),
    );
    this.plugged = phones;
    this.corrections = new Corrections({
      phones,
      catalog,
      visits: this.visits,
      store,
      recall,
      clock,
      underWay: this.underWay,
      ticketsOf,
      keepAfter: (phoneId, label) => this.keepAfter(phoneId, label),
    });
    this.testPhotos = new TestPhotos({
      phones,
      catalog,
      store,
      clock,
      ticketsOf,
      onReport: (report) => {
        this.watching.seeTestPhoto(report);
        // A photo that left ends the alarm at once, without another scan.
        if (this.visits.lastReading(report.phone) !== null) this.visits.judgeAgain(report.phone);
      },
    });
    this.walkthroughs = new Walkthroughs({
      phones,
      catalog,
      visits: this.visits,
      store,
      corrections: this.corrections,
      clock,
      ticketsOf,
      save: (scanned, label, ticket) => this.keeping.keepNow(scanned, { label, ticket: ticket?.toString() }),
      scan: (request, scanOptions) => this.scan(request, scanOptions),
    });
    this.watching = new Watching({ catalog, visits: this.visits, store, recall, clock, ticketsOf, log });
    const { visits, corrections, watching } = this;
    this.pairing = new Pairing({ phones, clock, log });
    this.attendance = new Attendance({ phones, visits, recall, corrections, watching, clock, log, ticketsOf });
    this.bench = new Bench({ phones, recall, store, clock });
    this.tickets = new Tickets({
      phones,
      catalog,
      settings: this.settings,
      store,
      recall,
      isThere: () => isStoreIn(folder),
      snapshotsOf: (ticket) => this.snapshotsOf({ ticket }),
    });
    this.alternatives = new Alternatives({ catalog, visits: this.visits, store, recall });
    this.farewells = new Farewells({
      phones,
      visits: this.visits,
      store,
      corrections: this.corrections,
      bench: this.bench,
      onForgotten: () => this.tickets.changedElsewhere(),
    });
    this.reports = new Reports({
      catalog,
      store,
      settings: this.settings,
      shopLogo: this.shopLogo,
      actions: (phoneId) => this.corrections.list(phoneId),
      testPhotos: (phoneId) => this.testPhotos.list(phoneId),
      clock,
    });
    this.handover = new Handover({
      folder,
      env: options.env,
      catalog,
      settings: this.settings,
      store,
      recall,
      tickets: this.tickets,
      reports: this.reports,
      bench: this.bench,
      pdfPrinter: this.pdfPrinter,
      clock,
      log,
    });
    this.shop = new Shop({ folder, settings: this.settings, store, recall, clock, log, keychain: options.keychain });
    this.safeCopies = new SafeCopies({ phones, visits, store, clock, log, underWay: this.underWay, ticketsOf });
    this.cases = new Cases({
      store,
      clock,
      numberOf: (ticket) => ticketNumber(ticket, this.settings.values.stationPrefix),
    });
    this.archive = new Archive({
      catalog,
      store,
      settings: this.settings,
      ticketNamed: (text) => this.tickets.named(text),
      items: (summaries) => this.listed(summaries),
      onForgotten: (ids) => {
        for (const id of ids) {
          this.forget(id);
        }
        this.tickets.changedElsewhere();
      },
      requireFree: (id) => phones.requireFree(id),
    });
    this.backups = new Backups({
      folder,
      kept: this.kept,
      phones,
      clock,
      onReplaced: () => {
        this.visits.forgetKept();
        this.bench.readAgain();
        this.saidVerdicts = new SaidVerdicts();
      },
    });
  }

  /** Opened on first use, so that a scan that saves nothing needs no data folder. Throws `StoreError`. */
  get store(): Store {
    return this.kept.open();
  }

  about(): About {
    return {
      version: packageJson.version,
      catalog: this.catalog.version,
      dataFolder: this.folder,
      shopProblems: this.openedCatalog.shopProblems,
    };
  }

  /** Somebody goes on without a safe copy, in these words of the language they were shown in. */
  declineCopy(phoneId: string, sentence: string): ScanReport {
    const isMeant = this.catalog.programs.say(goOnWithout) === sentence;
    return this.safeCopies.decline(phoneId, isMeant ? goOnWithout : sentence);
  }

  /** The languages that everything is said in, English among them. */
  languages(): string[] {
    return catalogLanguages();
  }

  /** What an answer holds of the sentences that are built in code, said in a language. */
  said<T>(answer: T, language: string): T {
    if (language === canonicalLanguage) return answer;
    return inLanguage(language, () => sayAnswer(answer, this.catalog.programs));
  }

  phones(): Promise<PhoneList> {
    return this.plugged.list({ identify: true });
  }

  /** What keeps phones from being seen on this kind of computer. */
  connectionHelp(): ConnectionHelp[] {
    return connectionHelp();
  }

  /** The one phone that is plugged in, for whoever names none. */
  onlyPhone(): Promise<Phone> {
    return this.plugged.only();
  }

  /**
   * The id of the phone that a person means by this: of one that is plugged in, where it is `live`, and of one that is kept otherwise.
   * Throws `which-phone`.
   */
  async phoneNamed(text: string, { live }: { live: boolean }): Promise<string> {
    const kept = this.names.named(text);
    // `serial~2` says which one; a bare serial may be that of a phone that nobody has seen yet.
    const isSaid = kept !== null && serialIn(text) !== text;
    if (!live || isSaid) return kept ?? text;
    return (await this.plugged.idBehind(text)) ?? kept ?? text;
  }

  /** For a window: every change, and phones that wait for it are asked to trust this computer. */
  async *watchPhones(signal: AbortSignal | undefined): AsyncGenerator<PhoneList, void> {
    yield* eventStream<PhoneList>(async (emit) => {
      const pairing = this.pairing.attend();
      const stop = this.plugged.watch((list) => {
        emit(list);
        pairing.see(list.phones);
      });
      await aborted(signal);
      stop();
      pairing.stop();
    });
  }

  /** What is seen of known phones when they are plugged in. */
  async *checkIns(signal: AbortSignal | undefined): AsyncGenerator<CheckIn, void> {
    yield* eventStream<CheckIn>(async (emit) => {
      const stop = this.attendance.attend(emit);
      await aborted(signal);
      stop();
    });
  }

  /** All settings, now and at every change. */
  async *followSettings(signal: AbortSignal | undefined): AsyncGenerator<SettingsState, void> {
    yield* eventStream<SettingsState>(async (emit) => {
      const stop = this.settings.follow(emit);
      await aborted(signal);
      stop();
    });
  }

  /** What the desktop has beside the window; null on every other host. */
  async *followShell(signal: AbortSignal | undefined): AsyncGenerator<ShellState | null, void> {
    yield* eventStream<ShellState | null>(async (emit) => {
      const stop = this.shell.follow(emit);
      await aborted(signal);
      stop();
    });
  }

  /** What the desktop wants this window to show. */
  async *shellRequests(signal: AbortSignal | undefined): AsyncGenerator<ShellRequest, void> {
    yield* eventStream<ShellRequest>(async (emit) => {
      const stop = this.shell.attend(emit);
      await aborted(signal);
      stop();
    });
  }

  /** Who lies where at the counter. */
  async *watchBench(signal: AbortSignal | undefined): AsyncGenerator<BenchView, void> {
    yield* eventStream<BenchView>(async (emit) => {
      const stop = this.bench.attend(emit);
      await aborted(signal);
      stop();
    });
  }

  /** How it stands with the shop's ticket system, now and at every change. */
  async *followHandover(signal: AbortSignal | undefined): AsyncGenerator<HandoverView, void> {
    yield* eventStream<HandoverView>(async (emit) => {
      const stop = this.handover.follow(emit);
      await aborted(signal);
      stop();
    });
  }

  /** How it stands with the chain's server, now and at every change. */
  async *followShop(signal: AbortSignal | undefined): AsyncGenerator<ShopView, void> {
    yield* eventStream<ShopView>(async (emit) => {
      const stop = this.shop.follow(emit);
      await aborted(signal);
      stop();
    });
  }

  /** The open tickets, now and at every change. */
  async *followTickets(signal: AbortSignal | undefined): AsyncGenerator<TicketItem[], void> {
    yield* eventStream<TicketItem[]>(async (emit) => {
      const stop = this.tickets.follow(emit);
      const leave = this.storeWatch.attend();
      await aborted(signal);
      leave();
      stop();
    });
  }

  /** What is being done with phones, now and at every change. */
  async *followCorrections(signal: AbortSignal | undefined): AsyncGenerator<CorrectionNews, void> {
    const all = eventStream<UnsaidNews>(async (emit) => {
      const stop = this.corrections.follow(emit);
      await aborted(signal);
      stop();
    });
    for await (const news of all) yield this.corrections.inWords(news);
  }

  /** Every cause that is known, for whoever looks through them. */
  catalogCauses(): CatalogCause[] {
    return catalogCauses(this.catalog);
  }

  /** Shows the data folder in the system's own window. Throws `folder-not-shown`. */
  openDataFolder(): Promise<void> {
    return openFolder(this.folder);
  }

  samples(): SampleSummary[] {
    return this.sampleSources.flatMap(({ platform, samples }) =>
      samples.map(({ id, title }) => ({ id, ...partsOf(title), platform, first: firstSamples.has(id) })),
    );
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
    this.keeping.requireKeepable(request);
    requireAllowed(this.ticketsOf(request.phoneId, request.ticket), 'read');
    const known = this.judgedFor(request.phoneId, 'cable', request.apps);
    this.requireBackupApps(request.readNotifications);
    const { countPhotos, readNotifications } = request;
    const result = await this.plugged.use(request.phoneId, ({ phone, source }) => {
      // Whoever had the phone until now may have been told a no meanwhile.
      requireAllowed(this.ticketsOf(request.phoneId, request.ticket), 'read');
      return scan(source, phone, this.catalog, { ...options, known, countPhotos, readNotifications });
    });
    this.requireSame(request.phoneId, result.phone);
    this.log(
      `scan of an ${result.phone.platform === 'ios' ? 'iPhone' : 'Android phone'}: ${result.capture.durationMs} ms`,
    );
    const isKeepable = isAllowed(this.ticketsOf(request.phoneId, request.ticket), 'keep');
    if (request.apps !== undefined && isKeepable) this.keepChoice(result.phone, request.apps);
    const { snapshot, notKept } = this.keeping.keep(result, request);
    // Nobody gets to see what a cancelled scan has read.
    if (result.capture.brokenOff?.reason !== 'cancelled') {
      this.visits.remember(result, snapshot, notKept === null ? null : { problem: notKept, request });
      this.corrections.forgetBatch(request.phoneId);
    }
    if (result.capture.brokenOff === null) this.watching.see(request.phoneId, result.reading, 'scan');
    return this.visits.reportOf(result, snapshot);
  }

  /** Throws `bad-argument` for what is no backup app. */
  private requireBackupApps(apps: readonly string[] | undefined): void {
    const unknown = apps?.find((app) => backupAppOf(this.catalog, app) === undefined);
    if (unknown === undefined) return;
    throw new ApplicationError(
      'bad-argument',
      `The catalog knows no backup app "${unknown}". Name the id of one:`,
      this.catalog.apps.map(({ name, android, ios }) => `${name}: ${[...new Set([...android, ...ios])].join(', ')}`),
    );
  }

  /** What a reading of a phone is judged with, for these apps where they are named. Throws `bad-argument` for what is no backup app. */
  private judgedFor(
    phoneId: string,
    from: 'cable' | 'file',
    apps?: readonly string[],
  ): (reading: Reading) => JudgeOptions {
    this.requireBackupApps(apps);
    const known = this.visits.knownOf(phoneId, from);
    return apps === undefined ? known : (reading) => ({ ...known(reading), chosen: apps });
  }

  private keepChoice(phone: Phone, apps: readonly string[]): void {
    try {
      this.store.chooseApps({ phone, apps: [...apps], who: whoIsAtWork() });
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.log(`the chosen apps are not kept: ${error.message}`);
    }
  }

  /** Keeps how a phone is after a correction or its undoing, where something of it is kept, or it is on a ticket: what comes after is measured by both. */
  private keepAfter(phoneId: string, label: 'after' | null): void {
    const isKept = this.recall((store) => store.listSnapshots({ phone: phoneId, limit: 1 }).length > 0, false);
    if (!isKept && this.ticketsOf(phoneId).length === 0) return;
    const { scan: last } = this.visits.lastOf(phoneId);
    const request = { save: true, label: label ?? undefined };
    const { snapshot, notKept } = this.keeping.keep(last, request);
    // Nobody has asked for it: that its customer does not want it kept is no news, but a store that cannot keep it is.
    const isRefused = notKept?.code === notAllowedCodes.keep;
    this.visits.remember(last, snapshot, notKept === null || isRefused ? null : { problem: notKept, request });
  }

  private forget(phoneId: string): void {
    this.visits.forget(phoneId);
    this.bench.forget(phoneId);
    this.corrections.forget(phoneId);
  }

  /** Another program has forgotten phones: nothing of them is known here either. */
  private dropForgotten(): void {
    for (const phoneId of this.visits.phones()) if (this.visits.isForgotten(phoneId)) this.forget(phoneId);
  }

  /** Keeps the last scan of a phone that could not be kept when it was made. Throws `not-scanned`, or a `StoreError`. */
  keepScan(phoneId: string): ScanReport {
    const { scan: last, snapshot } = this.visits.lastOf(phoneId);
    const request = this.visits.notKept(phoneId)?.request;
    if (snapshot === null && request !== undefined) {
      this.visits.remember(last, this.keeping.keepNow(last, request));
    }
    return this.visits.reportOfLast(phoneId);
  }

  /** How it stands with the store, now and at every change; opens it where it is there already. */
  async *followStoreHealth(signal: AbortSignal | undefined): AsyncGenerator<StoreHealth, void> {
    yield* eventStream<StoreHealth>(async (emit) => {
      this.recall((store) => store.lastKept(), null);
      const stop = this.kept.health.follow(emit);
      const leave = this.storeWatch.attend();
      await aborted(signal);
      leave();
      stop();
    });
  }

  /** How it stands with the store, as far as it was opened. */
  get storeHealth(): StoreHealth {
    return this.kept.health.now;
  }

  /** The apps that should keep the photos of a phone from now on; empty: what shows use. The report of its last scan as it is then. */
  chooseApps(phoneId: string, apps: readonly string[]): ScanReport {
    const { scan: judged, snapshot } = this.visits.choose(phoneId, apps);
    return this.visits.reportOf(judged, snapshot);
  }

  /** The report of the last scan as it is judged now; null where there was none since the program was started. */
  report(phoneId: string): ScanReport | null {
    if (this.visits.lastReading(phoneId) === null) return null;
    return this.visits.reportOfLast(phoneId);
  }

  /** The reports of the last scans of all phones since the program was started, as they are judged now. */
  lastReports(): ScanReport[] {
    return this.visits.phones().map((phoneId) => this.visits.reportOfLast(phoneId));
  }

  /** The quick win for an app: what is tried before all else, as of the last scan. Throws `not-scanned`. */
  quickWin(phoneId: string, app: string): OfferedCorrection {
    return quickWin(this.catalog, this.visits.lastOf(phoneId).scan.reading, app);
  }

  /** The owner's answer to the question of a finding of the last scan: the report as it is with that. Throws `not-scanned`. */
  answer(phoneId: string, answer: Omit<Answer, 'at'>): ScanReport {
    const { scan: answered, snapshot } = this.visits.answer(phoneId, { ...answer, at: this.clock.now().toISOString() });
    return this.visits.reportOf(answered, snapshot);
  }

  /**
   * Opens the screen of the phone where guided steps of its last scan begin. Throws `not-scanned`, `no-screen`, `change-not-allowed`.
   */
  async openScreen(phoneId: string, request: ScreenRequest): Promise<OpenedScreen> {
    const requireChange = () => requireAllowed(this.ticketsOf(phoneId), 'change');
    requireChange();
    return this.plugged.use(phoneId, ({ source }) => {
      requireChange();
      return this.visits.openScreen(phoneId, source, request);
    });
  }

  /** Reads and judges a file in place of a phone; saves a snapshot where asked for. Throws `NativeError`. */
  async scanFile(request: FileScanRequest, options: { signal?: AbortSignal | undefined } = {}): Promise<ScanReport> {
    this.keeping.requireKeepable(request);
    const known = (id: string) => this.judgedFor(id, 'file', request.apps);
    const result = await scanFile(request.path, this.catalog, { ...options, known });
    const { snapshot, notKept } = this.keeping.keep(result, request);
    return { ...scanReport(result, this.catalog, snapshot), notKept };
  }

  /**
   * Reads and judges a file, keeps that, and has it stand as the last scan of its phone; where that phone is plugged in, or was read since,
   * what was scanned of it stays. Throws `NativeError`, or a `StoreError` where nothing could show it again.
   */
  async openFile(path: string, signal?: AbortSignal): Promise<OpenedFile> {
    const known = (id: string) => this.judgedFor(id, 'file');
    const result = await scanFile(wholePath(path, 'file'), this.catalog, { signal, known });
    const { phone } = result;
    const request = { save: true, label: fileLabel };
    const { snapshot, notKept } = this.keeping.keep(result, request);
    const { phones } = await this.plugged.list({ only: phone.id });
    const isPlugged = phones.some(({ id }) => id === phone.id);
    const isLast = !isPlugged && !this.visits.wasReadAfter(phone.id, result.reading.takenAt);
    if (!isLast && notKept !== null) throw new ApplicationError(notKept.code, notKept.message, notKept.steps);
    if (isLast) this.visits.remember(result, snapshot, notKept === null ? null : { problem: notKept, request });
    return { phoneId: phone.id, snapshot, isLast };
  }

  /** The same for a window, where it may also be a case. */
  async openFileOrCase(path: string, signal?: AbortSignal): Promise<OpenedFile | OpenedCase> {
    const file = wholePath(path, 'file');
    return isCaseFile(file) ? this.cases.open(file) : this.openFile(file, signal);
  }

  async *openFileWithProgress(
    path: string,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<OpenedFile | OpenedCase, void> {
    yield await this.openFileOrCase(path, signal);
  }

  /** Records a phone in a file, for later or for someone else; also what was read of one that was unplugged meanwhile. */
  async record(
    request: RecordRequest,
    options: { signal?: AbortSignal | undefined; onEvent?: (event: ScanEvent) => void } = {},
  ): Promise<{ brokenOff: ScanReport['brokenOff'] }> {
    const requireBoth = () => {
      requireAllowed(this.ticketsOf(request.phoneId), 'read');
      requireAllowed(this.ticketsOf(request.phoneId), 'keep');
    };
    requireBoth();
    const { capture } = await this.plugged.use(request.phoneId, ({ phone, source }) => {
      requireBoth();
      return scan(source, phone, this.catalog, options);
    });
    await writeCapture(request.file, capture, request);
    return { brokenOff: capture.brokenOff };
  }

  async *scanWithProgress(request: ScanRequest, signal: AbortSignal | undefined): AsyncGenerator<ScanEvent, void> {
    yield* eventStream<ScanEvent>(async (emit) => {
      // Whoever asks for one scan waits for no other.
      const giveBack =
        request.inTurn === true ? await this.scanTurns.take(signal, () => emit({ type: 'waiting' })) : () => undefined;
      if (giveBack === null) return;
      try {
        const report = await this.scan(this.labelledByTicket(request), { signal, onEvent: emit });
        emit({ type: 'report', report });
      } finally {
        giveBack();
      }
    });
  }

  /** A window that sees a phone for the first time takes that for how it came in; under its open ticket it may be corrected already. */
  private labelledByTicket(request: ScanRequest): ScanRequest {
    if (request.label !== 'before') return request;
    const isCorrected = this.recall((store) => {
      const [ticket] = store.listTickets({ phone: request.phoneId, open: true, limit: 1 });
      const own = ticket === undefined ? [] : store.listSnapshots({ phone: request.phoneId, ticket: ticket.id });
      return own.some(({ label }) => label === 'after');
    }, false);
    return isCorrected ? { ...request, label: 'after' } : request;
  }

  /** The owner of a sample phone takes a photo. Throws `unknown-phone`, `no-sample`. */
  async takeSamplePhoto(phoneId: string): Promise<void> {
    (await this.sampleSource(phoneId)).actAsOwner(phoneId, { proves: ['photos.newest'], app: null });
  }

  /** Of one phone or of all, the latest first. */
  snapshots(phoneId?: string): SnapshotListItem[] {
    return this.snapshotsOf(phoneId === undefined ? {} : { phone: phoneId });
  }

  /** What reports can be made of something. Throws `unknown-snapshot`, `unknown-ticket`. */
  reportSubject(asked: SubjectAsked): ReportSubject {
    return reportSubject(asked, {
      store: this.store,
      prefix: this.settings.values.stationPrefix,
      testPhotos: (phoneId) => this.testPhotos.list(phoneId),
    });
  }

  /** A report as a file. Throws what making and printing it does, and `bad-passphrase`. */
  reportFile(request: FileRequest): Promise<ReportFile> {
    return reportFile(this.reports, this.pdfPrinter, request);
  }

  private snapshotsOf(filter: SnapshotFilter): SnapshotListItem[] {
    const { store } = this;
    return this.listed(store.listSnapshots(filter));
  }

  private listed(summaries: readonly SnapshotSummary[]): SnapshotListItem[] {
    const { store, catalog } = this;
    if (catalog.language === canonicalLanguage) return summaries.map(snapshotItem);
    return summaries.map((summary) =>
      snapshotItem({ ...summary, verdict: this.saidVerdicts.of(summary, catalog, () => store.loadJudged(summary.id)) }),
    );
  }

  /** A snapshot's report, as it was judged on its day, in the language of today. */
  snapshotReport(id: string): ScanReport {
    const snapshot = this.snapshot(id);
    const { phone, capture, reading, diagnosis } = snapshot;
    return scanReport({ phone, capture, reading, diagnosis, incomplete: incompleteOf(reading) }, this.catalog, id);
  }

  /** A scan that another station of the chain has kept, as it was judged there, in the language of today. */
  async elsewhereReport(
    uid: string,
    of: string | null,
    signal: AbortSignal,
  ): Promise<Pick<OpenedElsewhere, 'shop' | 'station' | 'label' | 'note'> & { report: ScanReport }> {
    const { shop, station, label, note, ...scan } = await this.shop.elsewhere.snapshot(uid, of, signal);
    return { shop, station, label, note, report: scanReport(scan, this.catalog, null) };
  }

  /** The visits of one phone or of all, the latest first. */
  timeline(phoneId?: string): TimelineVisit[] {
    return timeline({
      snapshots: this.snapshots(phoneId),
      measures: this.store.listMeasures(phoneId),
      actions: this.corrections.list(phoneId),
      testPhotos: this.testPhotos.list(phoneId),
    });
  }

  /** A kept reading as today's catalog judges it, beside how it was judged on its day. */
  judgeSnapshotAgain(id: string): JudgedAgain {
    return judgedAgain(this.store, this.snapshot(id), this.catalog);
  }

  /** Snapshots as columns, in this order. */
  snapshotColumns(ids: readonly string[]): SnapshotColumns {
    return snapshotColumns(
      ids.map((id) => this.snapshotToCompare(id)),
      this.catalog,
    );
  }

  compareSnapshots(before: string, after: string): SnapshotComparison {
    return comparedSnapshots(this.snapshotToCompare(before), this.snapshotToCompare(after), this.catalog);
  }

  /** Puts a fault of the program into the log, with its stack: nobody else gets to see one. */
  keepFault(error: unknown): void {
    const lines = faultOf(error);
    // Looked through only here: that takes longer than the rest, and nothing else of the log quotes a phone.
    if (lines.length > 0) for (const capture of this.visits.captures()) this.recentLog.knowCapture(capture);
    for (const line of lines) this.log(line);
  }

  async close(): Promise<void> {
    this.storeWatch.close();
    this.bench.close();
    this.testPhotos.close();
    await this.handover.stop();
    await this.shop.stop();
    await this.plugged.close();
    await this.kept.close();
  }

  /** Throws `another-phone` where the reading shows another phone than the one that was asked for, with the same serial. */
  private requireSame(phoneId: string, read: Phone): void {
    if (this.names.idOf(read) === phoneId) return;
    throw new ApplicationError('another-phone', `Another phone with the serial of ${phoneId} is plugged in.`, [
      'List the phones that are plugged in, and use an id from the list.',
    ]);
  }

  private async sampleSource(phoneId: string): Promise<SampleSource> {
    const { source } = await this.plugged.find(phoneId);
    const samples = this.sampleSources.find((one) => one === source);
    if (samples !== undefined) return samples;
    throw new ApplicationError('no-sample', 'This is a real phone: its owner carries out the steps.');
  }

  private snapshot(id: string): Snapshot {
    return requireSnapshot(id, this.store.loadSnapshot(Number(id)));
  }

  private snapshotToCompare(id: string): SnapshotWithoutCapture {
    return requireSnapshot(id, this.store.loadWithoutCapture(Number(id)));
  }
}

/** Throws `unknown-snapshot` where there is none. */
function requireSnapshot<Loaded>(id: string, loaded: Loaded | null): Loaded {
  if (loaded !== null) return loaded;
  throw new ApplicationError('unknown-snapshot', `There is no snapshot ${id}.`, [
    'List the snapshots to see their numbers.',
  ]);
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
