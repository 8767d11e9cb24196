/** What decides whether uploads run: every number of the upload state, in one place, each with its reason. */

const hourMs = 3_600_000;

/** A younger photo may be on its way: apps wait for some quiet, and the phone counts bytes half an hour late. */
export const onItsWayMs = 2 * hourMs;
/** Nobody calls uploads stalled before: a photo of the evening is sent in the night, on the charger and on Wi-Fi. */
export const patienceMs = 12 * hourMs;
/** Apps compress photos and skip those that they have, and no app talks to its server for so much within a day without a photo. */
export const sendingBytes = 1_000_000;
/** Of what comes in, so much goes out again: TCP acknowledges every one or two segments of 1,400 bytes with about 66, and pictures are asked for. */
export const answerShare = 1 / 16;
/** What an app says to its server within one slot: so little is no photo, and days of it never add up to one. */
export const talkBytes = 128 * 1024;
/** The counters tell what was sent in slots of two hours: up to one of them may be missing at the end. */
export const slotMs = 2 * hourMs;
/** A test photo that left proves that uploads run for so long; what came after it is judged by its bytes. */
export const testPhotoCountsMs = 7 * 24 * hourMs;
/** What lies further in the phone's future was written by a clock that was set since, and tells nothing. */
export const clockSlackMs = 5 * 60_000;
/** With photos waiting, a session of the photo engine counts for a day only: it has sessions that send nothing. */
export const sessionCountsMs = 24 * hourMs;
