import { autoUpdateSaver, saverSettingChanged } from './battery-saver.ts';
import { isPowered } from './is-powered.ts';
import type { SampleState } from './state.ts';

const DEFAULT_LOW_WARNING = 15;
const CLOSE_WARNING_BUMP = 5;

/**
 * Follows the level across the two thresholds of BatteryService.updateBatteryWarningLevelLocked: "low" begins at the
 * battery saver's trigger level while unplugged, and ends only five points above it.
 */
function refreshBatteryLow(state: SampleState): void {
  const configured = Number(state.settings.global['low_power_trigger_level'] ?? '0');
  const warning = configured > 0 ? configured : DEFAULT_LOW_WARNING;
  if (state.battery.level >= warning + CLOSE_WARNING_BUMP) state.battery.low = false;
  else if (state.battery.level <= warning && !isPowered(state)) state.battery.low = true;
}

/** What the power services do when one of their settings is written. */
export function applyBatterySetting(state: SampleState, key: string, value: string): void {
  if (key === 'low_power_trigger_level') refreshBatteryLow(state);
  saverSettingChanged(state, key, value);
}

/** What the phone believes of its battery while a test command has stopped the updates, and no longer after it. */
export function freezeBattery(state: SampleState): void {
  const { battery } = state;
  if (battery.updatesStopped) return;
  battery.updatesStopped = true;
  const { plugged, status, level, temperatureTenthsC } = battery;
  battery.measured = { plugged, status, level, temperatureTenthsC };
}

/** The battery is believed to be what it is again. */
export function thawBattery(state: SampleState): void {
  const { battery } = state;
  battery.updatesStopped = false;
  const measured = battery.measured ?? { plugged: 'usb', status: 2 };
  battery.measured = null;
  setPlugged(state, measured.plugged);
  Object.assign(battery, measured);
  refreshBatteryLow(state);
}

/** Pulls the charger out of the phone or plugs it in, with what the battery saver does about it. */
export function setPlugged(state: SampleState, plugged: SampleState['battery']['plugged']): void {
  state.battery.plugged = plugged;
  state.battery.status = plugged === 'none' ? 3 : 2;
  refreshBatteryLow(state);
  autoUpdateSaver(state);
}
