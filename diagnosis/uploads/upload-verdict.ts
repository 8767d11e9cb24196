import { z } from 'zod';
import type { Platform } from '../../native/phone.ts';
import type { SentInSlot } from '../../native/vocabulary.ts';
import { grownBetween, nothing, type SentByNetwork } from './beyond-answers.ts';
import { inCloud, photosSentBetween } from './library-counts.ts';
import type { UploadObservation } from './upload-observation.ts';
import { uploadWaitSchema, type UploadWait } from './upload-waits.ts';

/**
 * `uploaded`: as much as the photo holds has left the app (Android), or iCloud has it (iPhone) · `sending`: something leaves,
 * not all of it yet · `nothing-sent`: the phone says that nothing has left · `unknown`: neither can be told, and why.
 */
export const uploadOutcomeSchema = z.enum(['uploaded', 'sending', 'nothing-sent', 'unknown']);

export const uploadVerdictSchema = z.object({
  outcome: uploadOutcomeSchema,
  /** For a person. */
  sentence: z.string(),
  waitsFor: z.array(uploadWaitSchema),
  /** What the app has sent since the photo, by network, less what answers what came in; null where no phone tells. */
  sentBytes: z.object({ wifi: z.int(), mobile: z.int(), vpn: z.int(), other: z.int() }).nullable(),
  /** Photos that went to iCloud since the photo; null where no phone tells. */
  photosSent: z.int().nullable(),
});
export type UploadVerdict = z.infer<typeof uploadVerdictSchema>;

export const uploadNetworkSchema = z.enum(['wifi', 'mobile']);
export type UploadNetwork = z.infer<typeof uploadNetworkSchema>;

/** A photo that was taken to see whether an app sends it. */
export interface UploadCase {
  platform: Platform;
  /** The app's name, for sentences. */
  app: string;
  /** The network that it is to be sent over; null: any. */
  on: UploadNetwork | null;
  /** `bytes` is null where the phone does not tell its size. */
  photo: { seenAt: string; bytes: number | null };
  /** In the order of time, with the last look before the photo was seen. */
  observations: readonly UploadObservation[];
}

const minuteMs = 60_000;
/** An app that asks its server for news sends some kilobytes at a time: such a step is talk, and no photo. */
const talkBytes = 16 * 1024;
/** What an app may send besides, again and again, without it being a photo. */
const trickleBytesPerMs = (32 * 1024) / minuteMs;
/** Smaller photos cannot be told from an app's other traffic. */
const tellableBytes = 128 * 1024;
/** So much of the photo's size must have gone in bursts, so that hours of talk never add up to a photo. */
const burstShare = 0.9;
/** A part that is worth calling a part. */
const partShare = 0.1;
const stillSendingMs = minuteMs;
/** How old the last look that told something may be for "nothing was sent" to be true of now. */
const freshMs = { android: 15_000, ios: minuteMs } satisfies Record<Platform, number>;
/** The photo engine of an iPhone works in sessions. */
const stillFallingMs = 5 * minuteMs;

const msBetween = (from: string, to: string): number => Date.parse(to) - Date.parse(from);

export const sizeText = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`;

/** `8 minutes`, `45 seconds`. */
const timeText = (ms: number): string =>
  ms < minuteMs ? count(Math.max(0, Math.round(ms / 1000)), 'second') : count(Math.floor(ms / minuteMs), 'minute');

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;

const networkWords: Record<UploadNetwork, string> = { wifi: 'Wi-Fi', mobile: 'mobile data' };
const transportOf: Record<UploadNetwork, string> = { wifi: 'WIFI', mobile: 'CELLULAR' };

const addSent = (a: SentByNetwork, b: SentByNetwork): SentByNetwork => ({
  wifi: a.wifi + b.wifi,
  mobile: a.mobile + b.mobile,
  vpn: a.vpn + b.vpn,
  other: a.other + b.other,
});

interface Step {
  ms: number;
  at: string;
  /** What the app sent of itself. */
  grown: SentByNetwork;
  /** The same with what answers a download. */
  all: SentByNetwork;
}

interface KnownSent {
  at: string;
  sent: readonly SentInSlot[];
}

const withSent = (observations: readonly UploadObservation[]): KnownSent[] =>
  observations.flatMap(({ at, sent }) => (sent === null ? [] : [{ at, sent }]));

const stepsOf = (known: readonly KnownSent[]): Step[] =>
  known.slice(1).flatMap((after, index): Step[] => {
    const before = known[index];
    if (before === undefined) return [];
    const { own, all } = grownBetween(before.sent, after.sent);
    return [{ ms: msBetween(before.at, after.at), at: after.at, grown: own, all }];
  });

const below = ({ wifi, mobile, other }: SentByNetwork): number => wifi + mobile + other;

/**
 * Which counters count. Traffic through a VPN may stand both under the VPN and under the network below it, so the two are never
 * added: the larger one counts.
 */
function countedBytes(on: UploadNetwork | null, total: SentByNetwork): (grown: SentByNetwork) => number {
  if (on !== null) return (grown) => grown[on];
  return total.vpn > below(total) ? (grown) => grown.vpn : below;
}

interface Bursts {
  /** Bytes of the stretch in which most was sent, less what an app sends besides. */
  bytes: number;
  /** When something more than talk was last seen. */
  lastAt: string | null;
}

/** The best stretch of consecutive steps (Kadane): a photo in chunks counts as one, hours of polling never add up. */
function burstsIn(steps: readonly Step[], bytesOf: (grown: SentByNetwork) => number): Bursts {
  const bursts: Bursts = { bytes: 0, lastAt: null };
  let stretch = 0;
  for (const { ms, at, grown } of steps) {
    const trickle = Math.max(0, ms) * trickleBytesPerMs;
    const sent = bytesOf(grown);
    const burst = sent > talkBytes + trickle;
    stretch = Math.max(0, stretch + (burst ? sent : 0) - trickle);
    bursts.bytes = Math.max(bursts.bytes, stretch);
    if (burst) bursts.lastAt = at;
  }
  return bursts;
}

const lastKnown = <T>(
  observations: readonly UploadObservation[],
  value: (observation: UploadObservation) => T | null,
): T | null => observations.reduce<T | null>((latest, observation) => value(observation) ?? latest, null);

const since = ({ observations, photo }: UploadCase): UploadObservation[] =>
  observations.filter(({ at }) => at >= photo.seenAt);

/** Why nothing was sent, as the end of a sentence. */
function becauseOf(upload: UploadCase, waits: readonly UploadWait[] | null): string {
  if (waits === null) return `. What it waits for, the phone did not tell.`;
  if (waits.length > 0)
    return `, because ${upload.platform === 'ios' ? 'it' : 'the job'} waits for ${listed(waits.map(({ words }) => words))}.`;
  if (upload.platform === 'ios') return '. The iPhone gives no reason; a restart has helped others.';
  const jobs = lastKnown(since(upload), (observation) => observation.jobs);
  return jobs === 0
    ? `. ${upload.app} has no work scheduled: open it once, and see whether backup is on in it.`
    : `, although nothing holds its jobs back. See in ${upload.app} whether backup is on, for this account and this folder.`;
}

type Judged = Omit<UploadVerdict, 'waitsFor' | 'sentBytes' | 'photosSent'>;

function nothingSent(upload: UploadCase, waits: readonly UploadWait[] | null, now: string): Judged {
  const over = upload.on === null ? '' : ` over ${networkWords[upload.on]}`;
  const time = timeText(msBetween(upload.photo.seenAt, now));
  return { outcome: 'nothing-sent', sentence: `Nothing was sent${over} in ${time}${becauseOf(upload, waits)}` };
}

const unknown = (sentence: string): Judged => ({ outcome: 'unknown', sentence });

/** Why a network that was asked for was not tried at all; null where it was, or nobody knows. */
function notTried(upload: UploadCase): string | null {
  const { on } = upload;
  if (on === null) return null;
  const seen = since(upload).flatMap(({ transports }) => (transports === null ? [] : [transports]));
  if (seen.length === 0 || seen.some((transports) => transports.includes(transportOf[on]))) return null;
  const instead = on === 'wifi' ? 'Connect it to Wi-Fi' : 'Switch Wi-Fi off on the phone';
  return `The phone was not on ${networkWords[on]}, so that was not tried. ${instead} and take another photo.`;
}

function judgeBytes(
  upload: UploadCase,
  now: string,
  waits: readonly UploadWait[] | null,
  steps: readonly Step[],
  complete: boolean,
): Judged {
  const { app, on, photo } = upload;
  const total = steps.reduce((sum, { grown }) => addSent(sum, grown), nothing);
  const bytesOf = countedBytes(on, total);
  const sent = bytesOf(total);
  const bursts = burstsIn(steps, bytesOf);
  const over = on === null ? '' : ` over ${networkWords[on]}`;
  const { bytes } = photo;
  const tellable = bytes !== null && bytes >= tellableBytes;
  if (tellable && sent >= bytes && bursts.bytes >= bytes * burstShare) {
    return {
      outcome: 'uploaded',
      sentence: `${app} sent ${sizeText(sent)}${over} since the photo, which has ${sizeText(bytes)}: backups run.`,
    };
  }
  const part = Math.max(tellableBytes, (bytes ?? 0) * partShare);
  const ofWhole = bytes === null ? '' : ` of ${sizeText(bytes)}`;
  if (bursts.bytes >= part) {
    if (bursts.lastAt !== null && msBetween(bursts.lastAt, now) <= stillSendingMs) {
      return { outcome: 'sending', sentence: `${app} is sending: ${sizeText(sent)}${ofWhole} by now${over}.` };
    }
    return unknown(
      bytes === null
        ? `${app} sent ${sizeText(sent)}${over}, but the phone does not tell how large the photo is. Look for it in the app.`
        : `${app} sent ${sizeText(sent)}${ofWhole}${over} and then stopped: either it sends photos smaller than they are, or it broke off. Look for the photo in the app.`,
    );
  }
  if (on !== null && burstsIn(steps, ({ vpn }) => vpn).bytes >= part) {
    return unknown(`A VPN carries what ${app} sends, so the network below it cannot be told.`);
  }
  const withAnswers = steps.map((step) => ({ ...step, grown: step.all }));
  if (burstsIn(withAnswers, bytesOf).bytes >= part) {
    return unknown(`${app} receives so much that a photo cannot be told from it. Watch another one when that is over.`);
  }
  const untried = notTried(upload);
  if (untried !== null) return unknown(untried);
  if (!complete) return unknown(`What ${app} sent right after the photo is not known, so nothing can be said.`);
  if (!tellable && bytes !== null && sent >= bytes) {
    return unknown(
      `The photo has only ${sizeText(bytes)}: too little to be told from what ${app} sends anyway. Take another one.`,
    );
  }
  return nothingSent(upload, waits, now);
}

const isFresh = ({ platform, observations }: UploadCase, lastTold: string, now: string): boolean =>
  msBetween(lastTold, now) <= freshMs[platform] || observations.at(-1)?.at === lastTold;

/** What is told about the last look, where it tells nothing. */
const silence = (upload: UploadCase): string =>
  lastKnown(upload.observations, ({ why }) => why) ?? 'The phone was not looked at.';

function judgeAndroid(
  upload: UploadCase,
  now: string,
  waits: readonly UploadWait[] | null,
): Omit<UploadVerdict, 'waitsFor'> {
  const known = withSent(upload.observations);
  const first = known[0];
  const last = known.at(-1);
  if (first === undefined || last === undefined || first === last || last.at < upload.photo.seenAt) {
    return {
      ...unknown(`Whether anything was sent cannot be told. ${silence(upload)}`),
      sentBytes: null,
      photosSent: null,
    };
  }
  const steps = stepsOf(known);
  const fresh = isFresh(upload, last.at, now);
  const judged = judgeBytes(upload, now, waits, steps, first.at < upload.photo.seenAt);
  const sentBytes = steps.reduce((sum, { grown }) => addSent(sum, grown), nothing);
  if (judged.outcome === 'nothing-sent' && !fresh) {
    const time = timeText(msBetween(last.at, now));
    return {
      ...unknown(`Nothing was sent at first, but the phone told nothing for the last ${time}. ${silence(upload)}`),
      sentBytes,
      photosSent: null,
    };
  }
  return { ...judged, sentBytes, photosSent: null };
}

const tell = (judged: Judged, photosSent: number | null): Omit<UploadVerdict, 'waitsFor'> => ({
  ...judged,
  sentBytes: null,
  photosSent,
});

function judgeLibrary(
  upload: UploadCase,
  now: string,
  waits: readonly UploadWait[] | null,
): Omit<UploadVerdict, 'waitsFor'> {
  if (waits?.some(({ id }) => id === 'icloud.photosEnabled')) return tell(nothingSent(upload, waits, now), 0);
  const known = upload.observations.flatMap(({ at, library }) => (library === null ? [] : [{ at, library }]));
  const [first] = known;
  const last = known.at(-1);
  if (first === undefined || last === undefined || first.at >= upload.photo.seenAt || last.at < upload.photo.seenAt) {
    return tell(unknown(`How many photos wait for iCloud cannot be told. ${silence(upload)}`), null);
  }
  const taken = known.some(({ library }) => library.total > first.library.total);
  if (taken && last.library.waiting === 0 && inCloud(last.library) > inCloud(first.library)) {
    return tell(
      { outcome: 'uploaded', sentence: 'The photo is in the library and nothing waits for iCloud: backups run.' },
      inCloud(last.library) - inCloud(first.library),
    );
  }
  let sent = 0;
  let lastFall: string | null = null;
  for (const [index, { at, library }] of known.entries()) {
    const before = known[index - 1];
    const step = before === undefined ? 0 : photosSentBetween(before.library, library);
    sent += step;
    if (step > 0) lastFall = at;
  }
  const waiting = `${last.library.waiting} wait`;
  if (lastFall !== null && msBetween(lastFall, now) <= stillFallingMs) {
    return tell(
      {
        outcome: 'sending',
        sentence: `iCloud Photos is sending: ${count(sent, 'photo')} went to iCloud since the photo, ${waiting}.`,
      },
      sent,
    );
  }
  if (lastFall !== null) {
    return tell(
      unknown(
        `${count(sent, 'photo')} went to iCloud, and then none for ${timeText(msBetween(lastFall, now))}; ${waiting}.`,
      ),
      sent,
    );
  }
  if (!taken && last.library.waiting === 0) {
    return tell(unknown('The photo is not in the library of the iPhone yet.'), 0);
  }
  if (!isFresh(upload, last.at, now)) {
    const time = timeText(msBetween(last.at, now));
    return tell(
      unknown(`Nothing was sent at first, but the iPhone told nothing for the last ${time}. ${silence(upload)}`),
      0,
    );
  }
  return tell(nothingSent(upload, waits, now), 0);
}

/**
 * Judges what was seen until `now` (UTC, ISO 8601). Pure. `uploaded` and `sending` rest on counters that grew, `nothing-sent` on
 * counters that were read and did not; what was not read is `unknown`.
 */
export function judgeUpload(upload: UploadCase, now: string): UploadVerdict {
  const waits = lastKnown(since(upload), (observation) => observation.waits);
  const judged = upload.platform === 'ios' ? judgeLibrary(upload, now, waits) : judgeAndroid(upload, now, waits);
  return { ...judged, waitsFor: judged.outcome === 'nothing-sent' ? [...(waits ?? [])] : [] };
}
