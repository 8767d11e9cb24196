import { createPerPhone, type PerPhone } from './per-phone.ts';
import type { Client } from './client.ts';
import type { CheckIn } from './received.ts';

/** The newest look at each phone that was plugged in while this window is open. */
export type CheckIns = PerPhone<{ latest: CheckIn | null }>;

/** `onKept` is called after each look: it may have added a point to a watch plan. */
export function followCheckIns(client: Client, onKept: () => void): CheckIns {
  const seen = createPerPhone<{ latest: CheckIn | null }>({ latest: null });
  client.watching.checkIns.subscribe(undefined, {
    onData: (checkIn) => {
      seen.change(checkIn.phoneId, { latest: checkIn });
      onKept();
    },
  });
  return seen;
}
