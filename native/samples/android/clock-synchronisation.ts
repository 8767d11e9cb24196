import type { SampleState } from './state.ts';

/** With automatic time the phone puts its clock right by itself as soon as it has a network. */
export function synchroniseClock(state: SampleState): void {
  if (!isAutomatic(state) || (state.network.wifi === null && !state.network.mobileAvailable)) return;
  state.clock.skewMs = 0;
  state.clock.lastNetworkTimeAgoMs = 0;
}

/** Whether the phone takes its time from the network. */
export function isAutomatic(state: SampleState): boolean {
  return state.settings.global['auto_time'] === '1';
}
