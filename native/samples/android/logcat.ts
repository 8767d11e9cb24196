import { answerLines, SILENT, type SampleAnswer } from './answer.ts';
import { shortUid, type InstalledApp } from './apps.ts';
import type { SampleState } from './state.ts';
import { wallTimeMs } from './time-text.ts';

/** `logcat -b events -d -v threadtime,uid`: the event ring buffer; the other buffers of a sample are empty. */
export function logcat(state: SampleState, args: readonly string[]): SampleAnswer {
  const buffers = args.flatMap((word, index) => (args[index - 1] === '-b' ? word.split(',') : []));
  if (!buffers.some((name) => name === 'events' || name === 'all')) return SILENT;
  const withUid = args.some((word) => word.includes('uid'));
  const events = [...state.events].sort((a, b) => b.agoMs - a.agoMs);
  return answerLines([
    '--------- beginning of events',
    ...events.map((event) => {
      const moment = wallTimeMs(state, event.agoMs).slice(5);
      const uid = withUid ? ` ${shortUid(event.uid).padStart(5)}` : '';
      return `${moment}${uid}  1932  1960 I ${event.tag} : ${event.text}`;
    }),
  ]);
}

/** Adds an event of now; `text` follows the user id, e.g. `,4711,com.x,900,permissions revoked]`. */
export function recordEvent(state: SampleState, { own }: InstalledApp, tag: string, text: string): void {
  state.events.push({ agoMs: 0, uid: 1000, tag, text: `[${own.userId}${text}` });
}
