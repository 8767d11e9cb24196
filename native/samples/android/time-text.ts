import type { SampleState } from './state.ts';

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The phone's own clock, epoch milliseconds. */
export function phoneNow(state: SampleState): number {
  return (state.clock.fixedAt ?? Date.now()) + state.clock.skewMs;
}

/** `+2h31m50s128ms`, `-440ms`, `0` (AOSP TimeUtils.formatDuration). */
export function duration(ms: number): string {
  if (ms === 0) return '0';
  let rest = Math.abs(Math.trunc(ms));
  const parts: [number, string][] = [
    [DAY_MS, 'd'],
    [HOUR_MS, 'h'],
    [MINUTE_MS, 'm'],
    [SECOND_MS, 's'],
  ];
  let text = ms < 0 ? '-' : '+';
  let started = false;
  for (const [unit, letter] of parts) {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    if (count > 0 || started) text += `${count}${letter}`;
    started = started || count > 0;
  }
  return `${text}${rest}ms`;
}

/** `5m19s`, `2h07m25s`, `1d00h00m00s` (AOSP SyncManager.formatDurationHMS). */
export function durationHms(ms: number): string {
  const seconds = Math.floor(ms / SECOND_MS);
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  if (days > 0) return `${days}d${two(hours)}h${two(minutes)}m${two(seconds % 60)}s`;
  if (hours > 0) return `${hours}h${two(minutes)}m${two(seconds % 60)}s`;
  if (minutes > 0) return `${minutes}m${two(seconds % 60)}s`;
  return `${seconds % 60}s`;
}

/** The phone's local wall-clock time of an age: `2026-05-04 18:21:54`. */
export function wallTime(state: SampleState, agoMs: number): string {
  return isoLocal(state, agoMs).slice(0, 19).replace('T', ' ');
}

/** As {@link wallTime}, with milliseconds: `2026-05-04 18:21:54.123`. */
export function wallTimeMs(state: SampleState, agoMs: number): string {
  return isoLocal(state, agoMs).slice(0, 23).replace('T', ' ');
}

/** `2026-05-04` in the phone's zone. */
export function wallDate(state: SampleState, agoMs: number): string {
  return isoLocal(state, agoMs).slice(0, 10);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function isoLocal(state: SampleState, agoMs: number): string {
  return new Date(phoneNow(state) - agoMs + state.clock.utcOffsetMinutes * MINUTE_MS).toISOString();
}
