import type { Phone } from '../../../native/phone.ts';
import { photoWatches, type PhotoWatch } from '../../../native/photo-watch.ts';
import { readCapture } from '../../../native/read-capture.ts';
import { isKnown, type Leaf, type Reading } from '../../../native/reading.ts';
import { NativeError, type PhoneSource } from '../../../native/source.ts';
import type { Store } from '../../../db/store.ts';
import { observeUpload, silentLook, type UploadObservation } from '../../../diagnosis/uploads/upload-observation.ts';
import {
  judgeUpload,
  sizeText,
  type UploadNetwork,
  type UploadVerdict,
} from '../../../diagnosis/uploads/upload-verdict.ts';
import type { WaitWords } from '../../../diagnosis/uploads/upload-waits.ts';
import type { Clock } from '../program/clock.ts';
import { ApplicationError } from '../program/problem.ts';
import { minutesBetween, testPhotoReport, type TestPhotoEvent, type TestPhotoReport } from './test-photo-report.ts';

export interface TestPhotoRequest {
  phoneId: string;
  /** Package or bundle id. */
  app: string;
  /** How long to wait for the photo, and then for its upload. */
  minutes: number;
  openCamera: boolean;
  /** The network that it is to be sent over; null: any. */
  on: UploadNetwork | null;
}

/** What a test photo needs. */
export interface TestPhotoPlace {
  source: PhoneSource;
  phone: Phone;
  appName: string;
  /** What uploads wait for, in words. */
  waitWords: WaitWords;
  store: Store;
  /** Whether the customer allows, as it stands at the end, that it is kept. */
  isKeepable: () => boolean;
  clock: Clock;
  signal: AbortSignal;
  onEvent: (event: TestPhotoEvent) => void;
}

/** The only app whose uploads an iPhone tells about. */
const icloudPhotos = 'com.apple.mobileslideshow';

/** Whether a phone of this kind tells what this app has sent. */
export const isWatchable = (platform: Phone['platform'], app: string): boolean =>
  platform === 'android' || app === icloudPhotos;

/** Throws {@link ApplicationError} `bad-argument` for what this kind of phone never tells. */
function requireWatchable(phone: Phone, { app, on }: TestPhotoRequest): void {
  if (!isWatchable(phone.platform, app)) {
    throw new ApplicationError(
      'bad-argument',
      'An iPhone tells over USB what iCloud Photos has sent, and of no other app.',
      [`Name ${icloudPhotos}, or look for the photo in the app itself.`],
    );
  }
  if (phone.platform === 'ios' && on !== null) {
    throw new ApplicationError('bad-argument', 'An iPhone does not tell over which network photos were sent.', [
      on === 'mobile'
        ? 'Switch Wi-Fi off on the iPhone, and run the test without naming a network.'
        : 'Connect the iPhone to Wi-Fi, and run the test without naming a network.',
    ]);
  }
}

interface Album {
  count: number;
  newest: string;
  bytes: number | null;
}

const valueOf = <T>(leaf: Leaf<T> | undefined): T | null => (isKnown(leaf) ? leaf.value : null);

/** The photos of the camera folder; null where they could not be read. An empty folder has no newest one. */
function albumOf({ photos }: Reading): Album | null {
  const count = valueOf(photos.count);
  return count === null ? null : { count, newest: valueOf(photos.newest) ?? '', bytes: valueOf(photos.newestBytes) };
}

/** What one look at the phone gave: a reading, or why there is none. */
type Look = { reading: Reading } | { gone: string } | { cancelled: true };

const unplugged = 'The phone is not plugged in any more.';
const takePhoto = 'Take a photo with the phone’s camera now.';

/** One test photo, from the first look to the report. */
class TestPhotoRun {
  readonly #place: TestPhotoPlace;
  readonly #request: TestPhotoRequest;
  readonly #watch: PhotoWatch;
  readonly #startedAt: string;
  /** The fewest photos since the beginning: one that is deleted hides no new one. */
  #album: Album | null = null;
  #photo: { seenAt: string; bytes: number | null } | null = null;
  #photoSettled = false;
  /** The last look before the photo. */
  #before: UploadObservation | null = null;
  readonly #after: UploadObservation[] = [];
  #gone: string | null = null;
  /** How a photo was asked for; it is said until there is one. */
  #invitation = takePhoto;

  constructor(place: TestPhotoPlace, request: TestPhotoRequest) {
    this.#place = place;
    this.#request = request;
    this.#watch = photoWatches[place.phone.platform];
    this.#startedAt = this.#now();
  }

  async run(): Promise<TestPhotoReport> {
    const { clock, signal } = this.#place;
    this.#take(await this.#firstReading(), this.#startedAt);
    this.#invitation = await this.#invite();
    let sentence = this.#invitation;
    for (;;) {
      this.#tell(sentence);
      const leftMs = this.#deadline() - clock.now().getTime();
      if (leftMs <= 0 || this.#verdict()?.outcome === 'uploaded') return this.#end(null);
      await clock.sleep(Math.min(this.#watch.pollMs, leftMs), signal);
      const at = this.#now();
      const look = await this.#look();
      if ('cancelled' in look) return this.#end({ reason: 'cancelled', detail: 'The test was cancelled.' });
      this.#gone = 'gone' in look ? look.gone : null;
      const wasThere = this.#photo !== null;
      if ('reading' in look) this.#take(look.reading, at);
      else if (wasThere) this.#after.push(silentLook(at, look.gone));
      sentence = this.#sentence(wasThere);
    }
  }

  #now(): string {
    return this.#place.clock.now().toISOString();
  }

  #deadline(): number {
    return Date.parse(this.#photo?.seenAt ?? this.#startedAt) + this.#request.minutes * 60_000;
  }

  /** Rejects where the phone cannot be read at all, or does not have the app. */
  async #firstReading(): Promise<Reading> {
    const reading = await this.#read(this.#watch.before);
    if (typeof reading === 'string') throw new ApplicationError('scan-broke-off', `${reading} Nothing was tested.`);
    const installed = reading.apps[this.#request.app]?.installed;
    if (isKnown(installed) && !installed.value) {
      throw new ApplicationError('app-not-installed', `${this.#place.appName} is not installed on this phone.`);
    }
    return reading;
  }

  /** Asks for a photo, with the camera opened where that was asked for. */
  async #invite(): Promise<string> {
    const { openCamera } = this.#watch;
    if (!this.#request.openCamera) return takePhoto;
    if (openCamera === null) return `An iPhone’s camera cannot be opened from a computer. ${takePhoto}`;
    const { source, phone, signal } = this.#place;
    const { exitCode, output, errors } = await source.run(phone.id, openCamera, { signal });
    const refused = (exitCode !== null && exitCode !== 0) || /\bError\b|Exception/.test(`${output}${errors}`);
    return refused ? `The phone did not open its camera. ${takePhoto}` : 'The camera is open: take a photo now.';
  }

  async #look(): Promise<Look> {
    const { signal } = this.#place;
    try {
      if (signal.aborted) return { cancelled: true };
      const reading = await this.#read(this.#probes());
      if (signal.aborted) return { cancelled: true };
      return typeof reading === 'string' ? { gone: reading } : { reading };
    } catch (error) {
      if (signal.aborted) return { cancelled: true };
      if (error instanceof NativeError) return { gone: error.message };
      throw error;
    }
  }

  #probes(): readonly string[] {
    const { appearance, upload } = this.#watch;
    if (this.#photo === null) return appearance;
    return this.#photoSettled ? upload : [...new Set([...appearance, ...upload])];
  }

  /** Why there is no reading, in words, where the phone was unplugged meanwhile, or answers nothing. */
  async #read(probes: readonly string[]): Promise<Reading | string> {
    const { source, phone, signal } = this.#place;
    const { refresh, deadlineMs } = this.#watch;
    if (refresh !== null) {
      const { ended } = await source.run(phone.id, refresh, { signal });
      if (ended === 'unplugged') return unplugged;
    }
    const apps = [this.#request.app];
    const capture = await source.capture(phone.id, {
      apps,
      probes,
      signal,
      scanDeadlineMs: deadlineMs,
      probeDeadlineMs: deadlineMs,
    });
    if (capture.brokenOff?.reason === 'unplugged') return unplugged;
    const isSilent = capture.brokenOff !== null && capture.answers.every(({ ended }) => ended !== 'whole');
    if (isSilent) return 'The phone does not answer.';
    return readCapture(capture, (one) => source.read(one), { signal });
  }

  /** Takes in what one look gave. */
  #take(reading: Reading, at: string): void {
    const album = albumOf(reading);
    if (album !== null) this.#seeAlbum(album, at);
    const observation = observeUpload(reading, this.#request.app, at, this.#place.waitWords);
    const tells = observation.sent !== null || observation.library !== null;
    if (this.#photo === null) {
      if (tells || this.#before === null) this.#before = observation;
    } else if (tells || at > this.#photo.seenAt) this.#after.push(observation);
  }

  #seeAlbum(album: Album, at: string): void {
    const known = this.#album;
    if (this.#photo !== null) {
      // A camera goes on working on a photo after it is there; its size counts when it has come to rest.
      this.#photoSettled = album.bytes === this.#photo.bytes;
      this.#photo = { ...this.#photo, bytes: album.bytes };
    } else if (known !== null && album.count > known.count && album.newest >= known.newest) {
      this.#photo = { seenAt: at, bytes: album.bytes };
    } else if (known === null || album.count < known.count) this.#album = album;
  }

  #verdict(): UploadVerdict | null {
    if (this.#photo === null) return null;
    const observations = [...(this.#before === null ? [] : [this.#before]), ...this.#after];
    const { phone, appName } = this.#place;
    const { platform } = phone;
    const { seenAt, bytes } = this.#photo;
    const photo = { seenAt, bytes: this.#photoSettled ? bytes : null };
    return judgeUpload({ platform, app: appName, on: this.#request.on, photo, observations }, this.#now());
  }

  #sentence(wasThere: boolean): string {
    if (this.#gone !== null) return `${this.#gone} Plug it in again: the test goes on.`;
    if (this.#photo === null) return this.#invitation;
    if (wasThere) return this.#verdict()?.sentence ?? '';
    const { bytes } = this.#photo;
    return `A new photo is there${bytes === null ? '' : `: ${sizeText(bytes)}`}. Leave the phone alone now.`;
  }

  #tell(sentence: string): void {
    const at = this.#now();
    const stage = this.#gone === null ? (this.#photo === null ? 'take-photo' : 'watching') : 'unplugged';
    const minutes = this.#photo === null ? null : minutesBetween(this.#photo.seenAt, at);
    this.#place.onEvent({ type: 'seen', at, stage, sentence, photo: this.#photo, minutes });
  }

  #end(cancelled: TestPhotoReport['brokenOff']): TestPhotoReport {
    const { phone, store, isKeepable, appName } = this.#place;
    const { app, on, minutes } = this.#request;
    const unplugged = this.#gone === null ? null : ({ reason: 'unplugged', detail: this.#gone } as const);
    const brokenOff = cancelled ?? unplugged;
    const verdict = this.#verdict();
    const endedAt = this.#now();
    const startedAt = this.#startedAt;
    if (this.#photo === null || verdict === null) {
      const time = minutes === 1 ? '1 minute' : `${minutes} minutes`;
      const sentence = brokenOff?.detail ?? `No new photo appeared in the camera folder in ${time}.`;
      const nothing = { waitsFor: [], sentBytes: null, photosSent: null, observations: [] };
      const kept = { testPhoto: null, phone: phone.id, app, appName, on, photo: null, minutes: null };
      return { ...kept, startedAt, endedAt, verdict: 'unknown', sentence, brokenOff, ...nothing };
    }
    const kept = {
      app,
      on,
      startedAt,
      photoSeenAt: this.#photo.seenAt,
      endedAt,
      photoBytes: this.#photo.bytes,
      verdict,
      brokenOff,
      observations: [...(this.#before === null ? [] : [this.#before]), ...this.#after],
    };
    const seen = { phone: phone.id, ...kept };
    if (!isKeepable()) return { ...testPhotoReport({ id: 0, ...seen }, appName), testPhoto: null };
    return testPhotoReport({ id: store.saveTestPhoto({ phone, ...kept }), ...seen }, appName);
  }
}

/**
 * Waits for a new photo and watches whether an app sends it: ends when it is uploaded, when the time is over, or when it is
 * cancelled, and keeps what was seen. A cable that is pulled on the way is told; the test goes on when the phone is back.
 * Rejects where the phone cannot be read at the beginning, or never tells what is asked.
 */
export async function testPhoto(place: TestPhotoPlace, request: TestPhotoRequest): Promise<TestPhotoReport> {
  requireWatchable(place.phone, request);
  return new TestPhotoRun(place, request).run();
}
