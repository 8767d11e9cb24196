import type { Capture } from '../../capture.ts';
import type { OpenFilesOptions, PhoneFiles } from '../../phone-files.ts';
import type { ListedPhone } from '../../phone.ts';
import { chosenProbes } from '../../probe.ts';
import type { Reading } from '../../reading.ts';
import {
  NativeError,
  type CaptureOptions,
  type CommandResult,
  type PairOptions,
  type PhoneList,
  type PhoneSource,
  type SourceTrouble,
} from '../../source.ts';
import { accessMeanings, resetTrust, type Access } from './access.ts';
import { Iphone } from './iphone.ts';
import { IphoneCameraFiles } from './iphone-camera-files.ts';
import { IphoneQueue } from './iphone-queue.ts';
import { iphoneDeadlines, type IphoneDeadlines } from './deadlines.ts';
import type { LibraryWorker, WorkerOptions } from './library-worker.ts';
import { LibraryWorkerPool } from './library-worker-pool.ts';
import { firstStatus } from '../read/probes/first-status.ts';
import { iosProbes, readIos } from '../read/read.ts';
import { openAhead, scanIphone } from './scan-iphone.ts';
import { usbmuxdTrouble } from './troubles.ts';
import { usbmuxdHere } from './usbmuxd-here.ts';
import { udid } from './udid.ts';
import { listIphones, usbmuxdAddress, UsbmuxdError, type PluggedIphone, type UsbmuxdAddress } from './usbmuxd.ts';
import { UsbmuxdWatch } from './usbmuxd-watch.ts';

export interface IphoneSourceOptions {
  /** `USBMUXD_SOCKET_ADDRESS` says which usbmuxd; default: this process's environment. */
  env?: NodeJS.ProcessEnv;
  /** The file of the process that holds libimobiledevice, where it is not `library/process.ts` (a packaged program). */
  entry?: string;
  /** What kind of process holds libimobiledevice; default: a child process. */
  startWorker?: WorkerOptions['startWorker'];
  /** For a test that runs into one. */
  deadlines?: Partial<IphoneDeadlines>;
  /** How many processes there may be at once. */
  mostWorkers?: number;
}

/** How long a call may take. */
interface CallOptions {
  signal?: AbortSignal;
  deadlineMs?: number;
}

/** iPhones on a cable. */
export interface IphoneSource extends PhoneSource {
  pair(phoneId: string, options?: PairOptions): Promise<ListedPhone>;
  /** Calls back each time the phone posts one of these Darwin notifications, until the returned function is called. */
  observe(
    phoneId: string,
    names: readonly string[],
    onNotification: (name: string) => void,
  ): Promise<() => Promise<void>>;
  /** Numbers of the processes that serve phones now. */
  processes(): readonly number[];
}

/** Notifications that tell of a guided step being done (the owner switches something). They carry no value. */
export const stepNotifications = [
  'com.apple.system.lowpowermode',
  'com.apple.mobileslideshow.ICPLStateChanged',
  // Posted where photos are given up (photo library services of iOS 26.1, decompiled); not seen on a phone yet.
  'com.apple.mobileslideshow.cpl.quarantined',
  'com.apple.mobile.lockdown.disk_usage_changed',
  'com.apple.system.thermalpressurelevel',
  'com.apple.MobileBackup.backgroundCellularAccessChanged',
] as const;

export const createIphoneSource = (options: IphoneSourceOptions = {}): IphoneSource => new CableSource(options);

/** How soon a phone that is not ready is looked at again while somebody watches. */
const lookAgainMs: Readonly<Partial<Record<ListedPhone['state'], number>>> = {
  locked: 3000,
  untrusted: 3000,
  'no-permission': 5000,
  offline: 15_000,
};
const readable: ReadonlySet<Access> = new Set(['ready', 'locked']);

const troubleOf = ({ code, message, remedy }: NativeError): SourceTrouble => ({
  code,
  platform: 'ios',
  message,
  remedy,
});

/** A locked phone may still answer, where it was unlocked since its restart; or it says nothing but who it is. */
function saysOnlyWho({ answers, brokenOff }: Capture): boolean {
  // `afc stat` notes the refusal of each path in its answer.
  const fromInside = answers.filter(({ command }) => !/^(?:lockdown get|afc stat)/.test(command));
  return brokenOff === null && fromInside.length > 0 && fromInside.every(({ ended }) => ended !== 'whole');
}

/** Where the libraries are not on this computer. */
function toldByLook(error: unknown): void {
  if (!(error instanceof NativeError)) throw error;
}

function unreadable(access: Access, listed: ListedPhone | null): NativeError {
  const remedy = listed?.remedy ?? { title: 'The iPhone cannot be read', steps: [] };
  return new NativeError(`iphone-${access}`, `${remedy.title}.`, remedy);
}

class CableSource implements IphoneSource {
  readonly platform = 'ios';
  readonly #env: NodeJS.ProcessEnv;
  readonly #address: UsbmuxdAddress;
  readonly #workers: LibraryWorkerPool;
  readonly #deadlines: IphoneDeadlines;
  readonly #iphones = new Map<string, Iphone>();
  readonly #watchers = new Set<(list: PhoneList) => void>();
  readonly #observers = new Set<LibraryWorker>();
  readonly #copies = new Set<IphoneQueue>();
  readonly #endings = new Set<Promise<void>>();
  #watch: UsbmuxdWatch | null = null;
  #watchUsers = 0;
  #muxTrouble: SourceTrouble | null = null;
  #libraryTrouble: SourceTrouble | null = null;
  #libraryChecked = false;
  #lastEmitted = '';

  constructor({ env = process.env, deadlines, mostWorkers, ...worker }: IphoneSourceOptions) {
    this.#env = env;
    this.#address = usbmuxdAddress(env);
    this.#deadlines = { ...iphoneDeadlines, ...deadlines };
    this.#workers = new LibraryWorkerPool({ env, ...worker, deadlines: this.#deadlines }, mostWorkers);
  }

  async list({ only }: { only?: string } = {}): Promise<PhoneList> {
    try {
      this.#reconcile(await listIphones(this.#address));
      this.#muxTrouble = null;
    } catch (error) {
      if (!(error instanceof UsbmuxdError)) throw error;
      this.#reconcile([]);
      this.#muxTrouble = usbmuxdTrouble(error, usbmuxdHere(this.#env));
    }
    const looked = [...this.#iphones.values()].filter(({ udid }) => only === undefined || udid === only);
    await Promise.all(looked.map((iphone) => this.#look(iphone)));
    if (this.#isEmpty && (only === undefined || udid.test(only))) await this.#checkLibrary();
    return this.#present();
  }

  watch(onChange: (list: PhoneList) => void): () => void {
    this.#watchers.add(onChange);
    const release = this.#keepWatching();
    const list = this.#present();
    this.#lastEmitted = JSON.stringify(list);
    onChange(list);
    for (const iphone of this.#iphones.values()) this.#followWhileWatched(iphone);
    if (this.#isEmpty) void this.#checkLibrary();
    return () => {
      if (this.#watchers.delete(onChange)) release();
    };
  }

  async capture(phoneId: string, options: CaptureOptions): Promise<Capture> {
    const iphone = await this.#require(phoneId);
    const release = this.#keepWatching();
    try {
      const probes = chosenProbes(iosProbes, options.probes);
      // Before the look: the handshakes of both are waited for together. What the look cannot be told, this cannot either.
      await openAhead(iphone.queue, probes, options, this.#deadlines.lookMs).catch(toldByLook);
      await this.#look(iphone);
      const { access, listed, queue } = iphone;
      if (!readable.has(access)) {
        throw unreadable(access, listed);
      }
      const stillPlugged = (): Promise<boolean> => this.#isPlugged(iphone);
      const before = probes.includes(firstStatus) ? iphone.takeBefore() : [];
      const scan = { phoneId, queue, probes, before, stillPlugged, deadlines: this.#deadlines };
      const capture = await iphone.whileScanned(() => scanIphone(scan, options));
      if (access === 'locked' && saysOnlyWho(capture)) throw unreadable(access, listed);
      return capture;
    } finally {
      release();
    }
  }

  read(capture: Capture): Reading {
    return readIos(capture);
  }

  async run(
    phoneId: string,
    argv: readonly string[],
    { signal, deadlineMs = this.#deadlines.runMs }: CallOptions = {},
  ): Promise<CommandResult> {
    const { queue } = await this.#require(phoneId);
    const { ended, detail, code, output } = await queue.ask(argv, deadlineMs, signal);
    return { ended, detail, exitCode: code, output: new TextDecoder().decode(output), errors: '' };
  }

  async pair(
    phoneId: string,
    { signal, deadlineMs = this.#deadlines.pairingMs, onChange }: PairOptions = {},
  ): Promise<ListedPhone> {
    const iphone = await this.#require(phoneId);
    await iphone.pair(deadlineMs, signal, () => {
      this.#emit();
      if (iphone.listed !== null) onChange?.(iphone.listed);
    });
    this.#emit();
    const { listed } = iphone;
    if (listed === null) throw new Error('pairing ended before the phone was looked at');
    return listed;
  }

  async observe(
    phoneId: string,
    names: readonly string[],
    onNotification: (name: string) => void,
  ): Promise<() => Promise<void>> {
    await this.#require(phoneId);
    const worker = await this.#workers.start(phoneId, this.#deadlines.placeMs);
    if (worker === null) {
      const [title, detail] = ['Try again in a moment', 'This computer reads as many iPhones as it can at once.'];
      throw new NativeError('iphone-not-observed', detail, { title, steps: [] });
    }
    this.#observers.add(worker);
    worker.onNotification = onNotification;
    const stop = async (): Promise<void> => {
      this.#observers.delete(worker);
      await worker.kill({ ended: 'timeout', detail: 'The iPhone did not say that it would tell.' });
    };
    const timer = setTimeout(() => void stop(), this.#deadlines.runMs);
    try {
      const { ended, detail } = await worker.ask(['observe', ...names]);
      if (ended === 'whole') return stop;
      const remedy = accessMeanings.unclear.remedy ?? { title: detail, steps: [] };
      throw new NativeError('iphone-not-observed', detail, remedy);
    } catch (error) {
      await stop();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async removeTrust(phoneId: string): Promise<void> {
    const iphone = await this.#require(phoneId);
    const { ended, detail } = await iphone.unpair(this.#deadlines.runMs);
    if (ended !== 'whole') {
      throw new NativeError('trust-not-removed', detail, {
        title: 'Take the trust back on the iPhone',
        steps: [resetTrust],
      });
    }
    this.#emit();
  }

  observeSwitches(phoneId: string, onSwitched: () => void): Promise<() => Promise<void>> {
    return this.observe(phoneId, stepNotifications, onSwitched);
  }

  async openFiles(
    phoneId: string,
    { signal, silenceMs = this.#deadlines.silenceMs, confirm }: OpenFilesOptions,
  ): Promise<PhoneFiles> {
    await this.#require(phoneId);
    const { placeMs, listingMs } = this.#deadlines;
    const queue = new IphoneQueue(phoneId, this.#workers, { keeps: true, placeMs });
    this.#copies.add(queue);
    const onClose = (): void => void this.#copies.delete(queue);
    return new IphoneCameraFiles({ queue, signal, silenceMs, listingMs, confirm, onClose });
  }

  processes(): readonly number[] {
    const observers = [...this.#observers].filter(({ running }) => running);
    const queues = [...[...this.#iphones.values()].map(({ queue }) => queue), ...this.#copies];
    return [...observers, ...queues].map(({ pid }) => pid).filter((pid) => pid !== undefined);
  }

  async close(): Promise<void> {
    this.#watchers.clear();
    this.#watch?.stop();
    this.#watch = null;
    this.#reconcile([]);
    const observers = [...this.#observers];
    this.#observers.clear();
    const copies = [...this.#copies];
    this.#copies.clear();
    const closing = { ended: 'timeout', detail: 'The program is closing.' } as const;
    await Promise.all(copies.map((queue) => queue.close(closing)));
    await Promise.all(observers.map((worker) => worker.kill({ ended: 'timeout', detail: 'The program is closing.' })));
    await Promise.all(this.#endings);
  }

  // Which phones are there

  #add(plugged: PluggedIphone): Iphone {
    const { udid, deviceId } = plugged;
    const known = this.#iphones.get(udid);
    if (known?.deviceId === deviceId) return known;
    this.#drop(udid);
    const iphone = new Iphone(plugged, this.#workers, this.#deadlines);
    this.#iphones.set(udid, iphone);
    return iphone;
  }

  #drop(udid: string): void {
    const iphone = this.#iphones.get(udid);
    if (iphone === undefined) return;
    this.#iphones.delete(udid);
    const ending = iphone.close().finally(() => this.#endings.delete(ending));
    this.#endings.add(ending);
  }

  #reconcile(plugged: readonly PluggedIphone[]): void {
    const udids = new Set(plugged.map(({ udid }) => udid));
    for (const udid of this.#iphones.keys()) if (!udids.has(udid)) this.#drop(udid);
    for (const phone of plugged) this.#add(phone);
  }

  async #require(phoneId: string): Promise<Iphone> {
    try {
      this.#reconcile(await listIphones(this.#address));
    } catch (error) {
      if (!(error instanceof UsbmuxdError)) throw error;
      const { code, message, remedy } = usbmuxdTrouble(error, usbmuxdHere(this.#env));
      throw new NativeError(code, message, remedy);
    }
    const iphone = this.#iphones.get(phoneId);
    if (iphone !== undefined) return iphone;
    throw new NativeError('unknown-phone', `No iPhone with the UDID ${phoneId} is plugged in.`, {
      title: 'Plug the iPhone in',
      steps: ['Use a cable that also carries data, straight into the computer.', 'Try another port.'],
    });
  }

  async #isPlugged(iphone: Iphone): Promise<boolean> {
    if (this.#iphones.get(iphone.udid) !== iphone) return false;
    try {
      return (await listIphones(this.#address)).some(({ deviceId }) => deviceId === iphone.deviceId);
    } catch (error) {
      if (error instanceof UsbmuxdError) return false;
      throw error;
    }
  }

  // What they are like

  async #look(iphone: Iphone): Promise<void> {
    try {
      await iphone.look();
      this.#libraryTrouble = null;
    } catch (error) {
      if (!(error instanceof NativeError)) throw error;
      this.#libraryTrouble = troubleOf(error);
      iphone.cannotBeRead(error.remedy);
    }
    this.#emit();
  }

  /** Looks, and again later until the phone is ready; then keeps what its iCloud Photos engine says at this moment. */
  async #follow(iphone: Iphone): Promise<void> {
    await this.#look(iphone);
    const watched = this.#watchers.size > 0 && this.#iphones.get(iphone.udid) === iphone;
    if (!watched || iphone.listed === null) return;
    if (iphone.access === 'ready') await iphone.keepBefore();
    const again = lookAgainMs[iphone.listed.state];
    if (again !== undefined) setTimeout(() => void this.#follow(iphone), again).unref();
  }

  /** usbmuxd was asked and sees no phone. One trouble is enough: without usbmuxd nobody asks for the libraries. */
  get #isEmpty(): boolean {
    return this.#iphones.size === 0 && this.#muxTrouble === null;
  }

  /** Once, where no phone has told it: whether the libraries are there. */
  async #checkLibrary(): Promise<void> {
    if (this.#libraryChecked) return;
    this.#libraryChecked = true;
    const queue = new IphoneQueue('', this.#workers);
    try {
      await queue.ask(['library'], this.#deadlines.lookMs);
    } catch (error) {
      if (!(error instanceof NativeError)) throw error;
      this.#libraryTrouble = troubleOf(error);
    } finally {
      await queue.close({ ended: 'timeout', detail: '' });
    }
    this.#emit();
  }

  // Telling those who watch

  #present(): PhoneList {
    const phones = [...this.#iphones.values()].map(({ listed }) => listed).filter((listed) => listed !== null);
    const trouble = this.#muxTrouble ?? this.#libraryTrouble;
    return { phones, troubles: trouble === null ? [] : [trouble] };
  }

  #emit(): void {
    const list = this.#present();
    const text = JSON.stringify(list);
    if (text === this.#lastEmitted) return;
    this.#lastEmitted = text;
    for (const watcher of this.#watchers) watcher(list);
  }

  /** Follows usbmuxd while somebody needs it; a scan does, to hear at once of a pulled cable. */
  #keepWatching(): () => void {
    this.#watchUsers += 1;
    this.#watch ??= new UsbmuxdWatch(this.#address, {
      plugged: (phone) => this.#followWhileWatched(this.#add(phone)),
      unplugged: (udid) => {
        this.#drop(udid);
        this.#emit();
      },
      paired: (udid) => this.#followWhileWatched(this.#iphones.get(udid)),
      reachable: (error) => {
        this.#muxTrouble = error === null ? null : usbmuxdTrouble(error, usbmuxdHere(this.#env));
        this.#emit();
      },
    });
    return () => {
      this.#watchUsers -= 1;
      if (this.#watchUsers > 0) return;
      this.#watch?.stop();
      this.#watch = null;
    };
  }

  #followWhileWatched(iphone: Iphone | undefined): void {
    if (iphone !== undefined && this.#watchers.size > 0) void this.#follow(iphone);
  }
}
