import type { SampleState } from './state.ts';

const DEFAULT_LOW_WARNING = 15;
const CLOSE_WARNING_BUMP = 5;

export function isPowered(state: SampleState): boolean {
  return state.battery.plugged !== 'none';
}

/**
 * Follows the level across the two thresholds of BatteryService.updateBatteryWarningLevelLocked: "low" begins at the
 * battery saver's trigger level while unplugged, and ends only five points above it.
 */
export function refreshBatteryLow(state: SampleState): void {
  const configured = Number(state.settings.global['low_power_trigger_level'] ?? '0');
  const warning = configured > 0 ? configured : DEFAULT_LOW_WARNING;
  if (state.battery.level >= warning + CLOSE_WARNING_BUMP) state.battery.low = false;
  else if (state.battery.level <= warning && !isPowered(state)) state.battery.low = true;
}

/** What the power services do when one of their settings is written. */
export function applyBatterySetting(state: SampleState, key: string, value: string): void {
  if (key === 'low_power_trigger_level') refreshBatteryLow(state);
  if (key === 'low_power') setBatterySaver(state, value === '1');
}

/**
 * Switches the battery saver by hand. On a charging phone it cannot be switched on (BatterySaverStateMachine,
 * STATE_OFF with mIsPowered); switching it off also forgets the sticky flag.
 */
export function setBatterySaver(state: SampleState, on: boolean): void {
  const saver = state.batterySaver;
  if (on && isPowered(state)) {
    state.settings.global['low_power'] = '0';
    return;
  }
  state.settings.global['low_power'] = on ? '1' : '0';
  state.settings.global['low_power_sticky'] = on ? '1' : '0';
  saver.active = on;
  saver.machineState = on ? 2 : 1;
  saver.lastChangedReason = on ? 2 : 3;
  saver.lastChangedText = on ? 'Enabled by user or settings' : 'Disabled by user or settings';
  if (on) {
    saver.timesEnabled += 1;
    saver.lastOnAgoMs = 0;
  } else {
    saver.lastOffAgoMs = 0;
  }
}

/** Pulls the charger out of the phone or plugs it in, with what the battery saver does about it. */
export function setPlugged(state: SampleState, plugged: SampleState['battery']['plugged']): void {
  const wasPowered = isPowered(state);
  state.battery.plugged = plugged;
  state.battery.status = plugged === 'none' ? 3 : 2;
  const saver = state.batterySaver;
  if (!wasPowered && isPowered(state) && saver.active) {
    saver.active = false;
    saver.machineState = state.settings.global['low_power_sticky'] === '1' ? 5 : 1;
    saver.lastChangedReason = 7;
    saver.lastChangedText = 'Plugged in';
    saver.lastOffAgoMs = 0;
    state.settings.global['low_power'] = '0';
  } else if (wasPowered && !isPowered(state) && saver.machineState === 5) {
    saver.active = true;
    saver.machineState = 2;
    saver.lastChangedReason = 4;
    saver.lastChangedText = 'Sticky restore';
    saver.lastOnAgoMs = 0;
    state.settings.global['low_power'] = '1';
  }
  refreshBatteryLow(state);
}
