import { useInterval } from '@mantine/hooks';
import { useState } from 'react';

const everyMs = 15_000;

/** The moment, often enough to tell minutes; ms since 1970. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useInterval(() => setNow(Date.now()), everyMs, { autoInvoke: true });
  return now;
}
