import type { SampleState } from './state.ts';

export const LOW_BYTES = 524_288_000;
export const FULL_BYTES = 1_048_576;

export function usableBytes(state: SampleState): number {
  return state.storage.dataFreeKib * 1024;
}

/** The low-storage flag of DeviceStorageMonitorService. */
export function isStorageLow(state: SampleState): boolean {
  return usableBytes(state) < LOW_BYTES;
}
