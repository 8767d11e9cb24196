/** About how many bytes a value of `structuredClone` takes, counted until it is more than `limit`: also of one that holds itself. */
export function sizeUpTo(limit: number, value: unknown): number {
  const left: unknown[] = [value];
  let size = 0;
  while (left.length > 0 && size <= limit) {
    const next = left.pop();
    size += 8;
    if (typeof next === 'string') size += next.length;
    else if (ArrayBuffer.isView(next) || next instanceof ArrayBuffer) size += next.byteLength;
    else if (next instanceof Map || next instanceof Set) for (const entry of next.entries()) left.push(...entry);
    else if (typeof next === 'object' && next !== null) {
      for (const [key, inner] of Object.entries(next)) {
        size += key.length;
        left.push(inner);
      }
    }
  }
  return size;
}
