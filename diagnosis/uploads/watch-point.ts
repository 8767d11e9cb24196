import { z } from 'zod';
import { valueOf } from '../../native/describe-phone.ts';
import type { Reading } from '../../native/reading.ts';
import { sentInSlotSchema } from '../../native/vocabulary.ts';
import { grownBetween, type SentByNetwork } from './beyond-answers.ts';
import { sizeText } from './upload-verdict.ts';
import { uploadWaits, uploadWaitSchema, type WaitWords } from './upload-waits.ts';

/** What a phone shows of its photos and of what an app has sent, at one moment. null: it does not tell. */
export const watchLookSchema = z.object({
  /** By this computer's clock; UTC, ISO 8601. */
  at: z.string(),
  photoCount: z.int().nullable(),
  /** Of all photos, bytes. */
  photoBytes: z.int().nullable(),
  newestPhoto: z.string().nullable(),
  /** The app's counters by slot and network (Android). */
  sent: z.array(sentInSlotSchema).nullable(),
  /** Photos that are not in iCloud yet (iPhone). */
  waiting: z.int().nullable(),
  waitsFor: z.array(uploadWaitSchema),
});
export type WatchLook = z.infer<typeof watchLookSchema>;

export const watchOutcomeSchema = z.enum(['good', 'bad', 'unknown']);
export type WatchOutcome = z.infer<typeof watchOutcomeSchema>;

/** What a look proves, against the look before. `good`: photos were there, and left. `unknown` is never good. */
export const watchJudgementSchema = z.object({
  outcome: watchOutcomeSchema,
  /** For a person. */
  sentence: z.string(),
  newPhotos: z.int().nullable(),
  newBytes: z.int().nullable(),
  /** At least so many bytes were sent since the look before (Android). */
  sentBytes: z.int().nullable(),
  /** So many photos went to iCloud since (iPhone). */
  sentPhotos: z.int().nullable(),
});
export type WatchJudgement = z.infer<typeof watchJudgementSchema>;

/** What a reading shows of an app's uploads. Pure. */
export function watchLook(reading: Reading, app: string, words: WaitWords): WatchLook {
  const { photos, icloud } = reading;
  const isIphone = reading.platform === 'ios';
  return {
    at: reading.takenAt,
    photoCount: isIphone ? valueOf(icloud.libraryCount) : valueOf(photos.count),
    photoBytes: valueOf(photos.bytes),
    newestPhoto: valueOf(photos.newest),
    sent: isIphone ? null : valueOf(reading.apps[app]?.sentLately),
    waiting: isIphone ? valueOf(icloud.backlog) : null,
    waitsFor: uploadWaits(reading, app, words) ?? [],
  };
}

/** An app may take so long before its silence says something. */
const patienceMs = 60 * 60_000;
/** What an app sends besides photos in a few hours. */
const talkBytes = 128 * 1024;
const wholeShare = 0.9;

/** Traffic through a VPN may stand under the network below it as well. */
const bytesIn = ({ vpn, wifi, mobile, other }: SentByNetwork): number => Math.max(vpn, wifi + mobile + other);

const unknown = (sentence: string, known: Partial<WatchJudgement> = {}): WatchJudgement => ({
  outcome: 'unknown',
  sentence,
  newPhotos: null,
  newBytes: null,
  sentBytes: null,
  sentPhotos: null,
  ...known,
});

const photosWord = (count: number): string => `${count} new ${count === 1 ? 'photo' : 'photos'}`;
const because = (look: WatchLook): string =>
  look.waitsFor.length === 0 ? '' : ` It waits for ${look.waitsFor.map(({ words }) => words).join(', ')}.`;

/** Judges a look against the one before. Pure. */
export function judgeWatch(before: WatchLook | null, look: WatchLook): WatchJudgement {
  if (before === null) return unknown('The first look: what comes later is measured against it.');
  if (look.photoCount === null || before.photoCount === null) return unknown('The phone does not tell its photos.');
  const newPhotos = look.photoCount - before.photoCount;
  return look.waiting === null && before.waiting === null
    ? judgeBytes(before, look, newPhotos)
    : judgeLibrary(before, look, newPhotos);
}

function judgeBytes(before: WatchLook, look: WatchLook, newPhotos: number): WatchJudgement {
  if (newPhotos <= 0) return unknown('No new photo since the last look: take one.', { newPhotos });
  if (before.sent === null || look.sent === null)
    return unknown('The phone does not tell what the app sent.', { newPhotos });
  // A lower bound, because a phone keeps its slots for some hours only.
  const grown = grownBetween(before.sent, look.sent);
  const sentBytes = bytesIn(grown.own);
  const newBytes = look.photoBytes === null || before.photoBytes === null ? null : look.photoBytes - before.photoBytes;
  const known = { newPhotos, newBytes, sentBytes, sentPhotos: null };
  if (newBytes === null || newBytes <= 0) return unknown('The size of the new photos is not known.', known);
  const facts = `${photosWord(newPhotos)}, ${sizeText(newBytes)}; ${sizeText(sentBytes)} sent.`;
  if (sentBytes >= Math.max(talkBytes, wholeShare * newBytes)) return { outcome: 'good', sentence: facts, ...known };
  const age = look.newestPhoto === null ? 0 : Date.parse(look.at) - Date.parse(look.newestPhoto);
  if (bytesIn(grown.all) < talkBytes && age > patienceMs)
    return { outcome: 'bad', sentence: `${facts}${because(look)}`, ...known };
  return unknown(`${facts} It may still be sending.`, known);
}

function judgeLibrary(before: WatchLook, look: WatchLook, newPhotos: number): WatchJudgement {
  if (before.waiting === null || look.waiting === null)
    return unknown('The iPhone does not tell what waits for iCloud.');
  const sentPhotos = before.waiting + Math.max(0, newPhotos) - look.waiting;
  const known = { newPhotos, newBytes: null, sentBytes: null, sentPhotos };
  const waits = look.waiting === 0 ? 'nothing waits' : `${look.waiting} wait`;
  const facts = `${photosWord(Math.max(0, newPhotos))}; ${Math.max(0, sentPhotos)} went to iCloud, ${waits}.`;
  if (before.waiting + Math.max(0, newPhotos) === 0)
    return unknown('No new photo since the last look: take one.', known);
  if (sentPhotos > 0 && (look.waiting === 0 || look.waiting < before.waiting)) {
    return { outcome: 'good', sentence: facts, ...known };
  }
  const isLong = Date.parse(look.at) - Date.parse(before.at) > patienceMs;
  if (sentPhotos <= 0 && isLong) return { outcome: 'bad', sentence: `${facts}${because(look)}`, ...known };
  return unknown(`${facts} It may still be sending.`, known);
}
