/** `2025-12-09 17:04:14`, as dumpstate prints the phone's own wall clock. */
const wallClock = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/;

/** Milliseconds by which a time zone is ahead of UTC at a moment; 0 for a zone that this computer does not know. */
function zoneOffsetMs(zone: string, atMs: number): number {
  let parts: Intl.DateTimeFormatPart[];
  try {
    parts = new Intl.DateTimeFormat('en-US-u-hc-h23', {
      timeZone: zone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    }).formatToParts(atMs);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return 0;
  }
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((one) => one.type === type)?.value ?? '0');
  const there = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return there - Math.floor(atMs / 1000) * 1000;
}

/** The moment of a phone's wall clock, in milliseconds since 1970; null: not a wall clock. An unknown zone counts as UTC. */
export function momentOf(clock: string, zone: string): number | null {
  const match = wallClock.exec(clock.trim());
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second);
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23) return null;
  // The offset is that of the moment itself, which the first guess may miss by a change of summer time.
  const guess = asUtc - zoneOffsetMs(zone, asUtc);
  return asUtc - zoneOffsetMs(zone, guess);
}
