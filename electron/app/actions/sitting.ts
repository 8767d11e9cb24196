/** A scan that comes later than this after the one before it belongs to another visit. */
export const sittingGapMs = 60 * 60_000;
