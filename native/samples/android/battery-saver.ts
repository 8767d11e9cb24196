import { isPowered } from './is-powered.ts';
import type { SampleState } from './state.ts';

/** BatterySaverStateMachine.mState, Android 10 and later. */
const OFF = 1;
const MANUAL_ON = 2;
const AUTOMATIC_ON = 3;
const OFF_AUTOMATIC_SNOOZED = 4;
const PENDING_STICKY_ON = 5;

/** BatterySaverController's reasons, with the words of `reasonToString`. */
const PERCENTAGE_ON = [0, 'Percentage Auto ON'] as const;
const PERCENTAGE_OFF = [1, 'Percentage Auto OFF'] as const;
const BY_HAND_ON = [2, 'Manual ON'] as const;
const BY_HAND_OFF = [3, 'Manual OFF'] as const;
const RESTORED = [4, 'Sticky restore'] as const;
const PLUGGED_IN = [7, 'Plugged in'] as const;
const SETTING_CHANGED = [8, 'Setting changed'] as const;

/** From this level on power switches the adaptive saver off (ADAPTIVE_AUTO_DISABLE_BATTERY_LEVEL). */
const ADAPTIVE_OFF_FROM = 80;

/** Settings that BatterySaverStateMachine observes; `low_power` itself is switched by them. */
const OBSERVED = new Set(['low_power_sticky', 'low_power_trigger_level', 'automatic_power_save_mode']);

const setting = (state: SampleState, key: string, absent: number): number =>
  Number(state.settings.global[key] ?? absent);
const isSticky = (state: SampleState): boolean => setting(state, 'low_power_sticky', 0) === 1;

/** Power ends the saver, except on Samsung's phones (One UI's own BatterySaverStateMachine asks nothing about power). */
const isEndedByPower = (state: SampleState): boolean => isPowered(state) && state.build.skin !== 'samsung';

const isAutomatic = (state: SampleState): boolean =>
  setting(state, 'automatic_power_save_mode', 0) === 0 && setting(state, 'low_power_trigger_level', 0) > 0;

/** AOSP enableBatterySaverLocked: nothing where it is so already, and never on while there is power. */
function enable(state: SampleState, on: boolean, byHand: boolean, [reason, text]: readonly [number, string]): void {
  const { batterySaver: saver } = state;
  if (saver.active === on || (on && isEndedByPower(state))) return;
  saver.active = on;
  saver.lastChangedReason = reason;
  saver.lastChangedText = text;
  state.settings.global['low_power'] = on ? '1' : '0';
  if (byHand) state.settings.global['low_power_sticky'] = on ? '1' : '0';
  if (on) {
    saver.timesEnabled += 1;
    saver.lastOnAgoMs = 0;
  } else {
    saver.lastOffAgoMs = 0;
  }
}

/** Switches the battery saver by hand, as `cmd power set-mode` does. */
export function setBatterySaver(state: SampleState, on: boolean): void {
  if (state.build.sdk <= 28) {
    enable(state, on, true, on ? BY_HAND_ON : BY_HAND_OFF);
    return;
  }
  const { batterySaver: saver } = state;
  const isOn = saver.machineState === MANUAL_ON || saver.machineState === AUTOMATIC_ON;
  // "Tried to manually change BS state from PENDING_STICKY_ON", or to what it is.
  if (saver.machineState === PENDING_STICKY_ON || on === isOn || (on && isEndedByPower(state))) return;
  const snoozed = saver.machineState === AUTOMATIC_ON;
  enable(state, on, true, on ? BY_HAND_ON : BY_HAND_OFF);
  saver.machineState = on ? MANUAL_ON : snoozed ? OFF_AUTOMATIC_SNOOZED : OFF;
}

/** Lets the saver follow power, level and settings (AOSP doAutoBatterySaverLocked). */
export function autoUpdateSaver(state: SampleState): void {
  if (state.build.sdk <= 28) followOnPie(state);
  else {
    step(state);
    if (isPowered(state) && state.battery.level >= ADAPTIVE_OFF_FROM) state.batterySaver.adaptive = false;
  }
}

/** Android 9 keeps no state: the flag alone brings the saver back as soon as there is no power. */
function followOnPie(state: SampleState): void {
  if (isEndedByPower(state)) enable(state, false, false, PLUGGED_IN);
  else if (isSticky(state)) enable(state, true, true, RESTORED);
  else if (isAutomatic(state)) {
    enable(state, state.battery.low, false, state.battery.low ? PERCENTAGE_ON : PERCENTAGE_OFF);
  }
}

/** AOSP 10 to 14 updateStateLocked, where nobody switches by hand. */
function step(state: SampleState): void {
  const { batterySaver: saver, battery } = state;
  const byLevel = isAutomatic(state) && battery.low;
  switch (saver.machineState) {
    case OFF:
      if (isEndedByPower(state) || !byLevel) return;
      enable(state, true, false, PERCENTAGE_ON);
      saver.machineState = AUTOMATIC_ON;
      return;
    case MANUAL_ON:
      if (!isEndedByPower(state)) return;
      enable(state, false, false, PLUGGED_IN);
      saver.machineState = isSticky(state) ? PENDING_STICKY_ON : OFF;
      return;
    case AUTOMATIC_ON:
      if (!isEndedByPower(state) && byLevel) return;
      enable(
        state,
        false,
        false,
        isEndedByPower(state) ? PLUGGED_IN : isAutomatic(state) ? PERCENTAGE_OFF : SETTING_CHANGED,
      );
      saver.machineState = OFF;
      return;
    case OFF_AUTOMATIC_SNOOZED:
      if (isEndedByPower(state) || !byLevel) saver.machineState = OFF;
      return;
    case PENDING_STICKY_ON:
      if (!isSticky(state) || isChargedEnough(state)) {
        saver.machineState = OFF;
        state.settings.global['low_power_sticky'] = '0';
      } else if (!isEndedByPower(state)) {
        enable(state, true, true, RESTORED);
        saver.machineState = MANUAL_ON;
      }
      return;
    default:
  }
}

/** From this level on a saver that waits for power to go is forgotten. */
const isChargedEnough = (state: SampleState): boolean =>
  setting(state, 'low_power_sticky_auto_disable_enabled', 1) === 1 &&
  state.battery.level >=
    Math.max(setting(state, 'low_power_sticky_auto_disable_level', 90), setting(state, 'low_power_trigger_level', 0));

/** What the state machine does when one of its settings is written. */
export function saverSettingChanged(state: SampleState, key: string, value: string): void {
  if (key === 'low_power') enable(state, value === '1', true, [8, `Global.low_power changed to ${value}`]);
  else if (OBSERVED.has(key)) autoUpdateSaver(state);
}

/** After a restart the flag alone tells that the saver waits for power to go (AOSP onBootCompleted, Android 10 and later). */
export function restartSaver(state: SampleState): void {
  const { batterySaver: saver } = state;
  saver.lastChangedReason = 0;
  saver.lastChangedText = null;
  if (state.build.sdk <= 28) return;
  saver.active = false;
  saver.machineState = isSticky(state) ? PENDING_STICKY_ON : OFF;
  autoUpdateSaver(state);
}
