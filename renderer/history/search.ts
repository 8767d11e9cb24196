/** Which snapshots stand beside each other, in this order: `3,7`. Absent: the first and the newest. */
export interface Columns {
  of?: string;
}

/** More do not fit beside each other. */
export const mostColumns = 6;

const id = (value: unknown): string | null =>
  typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value)) ? String(value) : null;

/** Reads the address; a former one names `before` and `after`. */
export function columnsOf({ of, before, after }: Record<string, unknown>): Columns {
  const ids = (typeof of === 'number' ? [String(of)] : typeof of === 'string' ? of.split(',') : [])
    .map(id)
    .filter((one) => one !== null);
  if (ids.length > 0) return { of: ids.slice(0, mostColumns).join(',') };
  const [first, second] = [id(before), id(after)];
  return first === null || second === null ? {} : { of: `${first},${second}` };
}

export const idsIn = ({ of }: Columns): string[] => (of === undefined ? [] : of.split(','));
