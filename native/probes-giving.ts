import { androidProbes } from './android/read/read.ts';
import { iosProbes } from './ios/read/read.ts';
import type { Platform } from './phone.ts';
import { probesThatGive, type Probe } from './probe.ts';

const probesOf: Record<Platform, readonly Probe[]> = { android: androidProbes, ios: iosProbes };
/** What the answers of other probes are read with: an iPhone's markers decide what its status means. */
const readWith: Record<Platform, readonly string[]> = { android: [], ios: ['icloud-markers'] };

/**
 * Ids of the probes to ask for these leaves (`battery.level`, `app.exempt`), with what their answers are read with; empty where
 * no live phone of this platform gives any of them.
 */
export function probesGiving(platform: Platform, paths: readonly string[]): string[] {
  const asked = probesOf[platform].filter(({ asked: when }) => when !== 'file');
  const wanted = probesThatGive(asked, paths);
  if (wanted.length === 0) return [];
  const identity = asked.filter(({ asked: when }) => when === 'identity' || when === 'apps');
  return [...new Set([...identity.map(({ id }) => id), ...readWith[platform], ...wanted.map(({ id }) => id)])];
}
