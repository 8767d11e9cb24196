import { identityOf, identityProbes, type PhoneIdentity } from '../../../native/phone-identity.ts';
import type { Phone } from '../../../native/phone.ts';
import { probesGiving } from '../../../native/probes-giving.ts';
import { readCapture } from '../../../native/read-capture.ts';
import type { Reading } from '../../../native/reading.ts';
import { NativeError, type PhoneSource } from '../../../native/source.ts';

const lookDeadlineMs = 10_000;

/** Who is plugged in at this moment, and some of what it says. */
export interface Look {
  identity: PhoneIdentity;
  reading: Reading;
}

/** Asks a phone who it is, and for the leaves with these paths; null where it does not let itself be asked to the end. */
export async function lookAt(
  { source, phone, signal }: { source: PhoneSource; phone: Phone; signal?: AbortSignal | undefined },
  paths: readonly string[] = [],
  app: string | null = null,
): Promise<Look | null> {
  const probes = [...new Set([...identityProbes[phone.platform], ...probesGiving(phone.platform, paths)])];
  const apps = app === null ? [] : [app];
  try {
    const options = { apps, probes, scanDeadlineMs: lookDeadlineMs, ...(signal && { signal }) };
    const capture = await source.capture(phone.id, options);
    if (capture.brokenOff !== null) return null;
    const reading = await readCapture(capture, (one) => source.read(one), { signal });
    return { identity: identityOf(reading), reading };
  } catch (error) {
    if (error instanceof NativeError) return null;
    throw error;
  }
}
