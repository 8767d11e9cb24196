import { z } from 'zod';
import { unavailable } from '../../../unavailable.ts';
import { jsonProbe } from '../probe-of.ts';

/** AFC's device information (libimobiledevice 1.3.0 afc.h, all values as text): the free room of the volume that holds the photos. */
export const volume = jsonProbe({
  id: 'volume',
  asked: 'scan',
  gives: { storage: ['volumeFreeBytes'] },
  command: () => ['afc', 'device'],
  schema: z.record(z.string(), z.string()),
  read(info) {
    const bytes = Number(/^\d{1,15}$/.exec(info['FSFreeBytes'] ?? '')?.[0] ?? Number.NaN);
    const none = unavailable('missing', 'The iPhone does not say how much of its volume is free.');
    return { storage: { volumeFreeBytes: Number.isNaN(bytes) ? none : bytes } };
  },
});
