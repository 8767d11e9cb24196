import type { SampleState } from './state.ts';

/** The kind of network that carries traffic now. */
export function defaultTransport(state: SampleState): 'WIFI' | 'CELLULAR' | null {
  if (state.network.wifiEnabled && state.network.wifi) return 'WIFI';
  if (isAirplane(state)) return null;
  return state.network.mobileEnabled && state.network.mobileAvailable ? 'CELLULAR' : null;
}

function isAirplane(state: SampleState): boolean {
  return state.settings.global['airplane_mode_on'] === '1';
}

/** Whether the default network counts as metered: mobile data, a metered hint, or the owner's override. */
export function isMetered(state: SampleState): boolean {
  const transport = defaultTransport(state);
  if (transport === null) return false;
  if (transport === 'CELLULAR') return true;
  const { wifi } = state.network;
  if (!wifi) return false;
  return wifi.meteredOverride === 'none' ? wifi.meteredHint : wifi.meteredOverride === 'true';
}
