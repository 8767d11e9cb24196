import { answerLines, SILENT, unknownCommand, type SampleAnswer } from './answer.ts';
import { isDozeExempt } from './apps.ts';
import { setBatterySaver } from './battery-saver.ts';
import { isPowered } from './is-powered.ts';
import { refusalFor } from './shell-permissions.ts';
import type { SampleState } from './state.ts';
import { duration, wallTimeMs } from './time-text.ts';

/** `dumpsys power`, the parts that tell about the battery saver (AOSP PowerManagerService, BatterySaverStateMachine). */
export function dumpPower(state: SampleState): SampleAnswer {
  return answerLines([
    'POWER MANAGER (dumpsys power)',
    '',
    'Power Manager State:',
    '  mDirty=0x0',
    `  mWakefulness=${state.screenOn ? 'Awake' : 'Asleep'}`,
    `  mIsPowered=${isPowered(state)}`,
    `  mPlugType=${{ none: 0, ac: 1, usb: 2, wireless: 4 }[state.battery.plugged]}`,
    `  mBatteryLevel=${state.battery.level}`,
    '  mBootCompleted=true',
    `  mDeviceIdleMode=${state.doze.deepState === 'IDLE'}`,
    `  mDeviceIdleWhitelist=[${exemptAppIds(state).join(', ')}]`,
    '',
    'Settings and Configuration:',
    ...(state.build.sdk <= 27 ? oreoSettings(state) : []),
    '  mScreenOffTimeoutSetting=30000',
    '',
    ...(state.build.sdk >= 28 ? [...savingStats(state), ...stateMachine(state)] : []),
    'Profile power states: size=0',
  ]);
}

/** `cmd power set-mode|set-adaptive-power-saver-enabled` (AOSP PowerManagerShellCommand, Android 9 and 10). */
export function cmdPower(state: SampleState, args: readonly string[]): SampleAnswer {
  const [verb, value] = args;
  const refusal = verb?.startsWith('set-') === true ? refusalFor(state, 'power', verb) : null;
  if (refusal) return refusal;
  if (verb === 'set-mode' && state.build.sdk >= 28) {
    if (value !== '0' && value !== '1') return { stdout: 'Error: no mode specified\n', stderr: '', exitCode: 255 };
    setBatterySaver(state, value === '1');
    return SILENT;
  }
  if (verb === 'set-adaptive-power-saver-enabled' && state.build.sdk >= 29) {
    state.batterySaver.adaptive = value === 'true';
    return SILENT;
  }
  return unknownCommand(verb);
}

function exemptAppIds(state: SampleState): number[] {
  return state.apps
    .filter((app) => isDozeExempt(state, app.package))
    .map((app) => app.appId)
    .sort((a, b) => a - b);
}

function oreoSettings(state: SampleState): string[] {
  return [
    `  mLowPowerModeSetting=${state.settings.global['low_power_sticky'] === '1'}`,
    `  mAutoLowPowerModeConfigured=${(state.settings.global['low_power_trigger_level'] ?? '0') !== '0'}`,
    '  mAutoLowPowerModeSnoozing=false',
    `  mLowPowerModeEnabled=${state.batterySaver.active}`,
  ];
}

function savingStats(state: SampleState): string[] {
  const saver = state.batterySaver;
  const moment = (label: string, agoMs: number | null): string[] =>
    agoMs === null ? [] : [`    Last ${label} time: ${wallTimeMs(state, agoMs)} ${duration(-agoMs)}`];
  return [
    'Battery saving stats:',
    `  Battery Saver is currently: ${saver.active ? 'ON' : 'OFF'}`,
    ...moment('ON', saver.lastOnAgoMs),
    ...moment('OFF', saver.lastOffAgoMs),
    `    Times ${state.build.sdk >= 30 ? 'full ' : ''}enabled: ${saver.timesEnabled}`,
    '',
    'Battery saver policy (*NOTE* they only apply when battery saver is ON):',
    ...(state.build.sdk >= 29 ? effectivePolicy(saver.active) : []),
    '',
  ];
}

function effectivePolicy(active: boolean): string[] {
  return [
    "  Policy 'effective'",
    `    advertise_is_enabled=${active}`,
    `    enable_firewall=${active}`,
    `    enable_datasaver=${active}`,
    `    location_mode=${active ? 3 : 0}`,
    `    force_all_apps_standby=${active}`,
    `    force_background_check=${active}`,
    `    enable_quick_doze=${active}`,
  ];
}

function stateMachine(state: SampleState): string[] {
  const saver = state.batterySaver;
  const { sdk } = state.build;
  const setting = (key: string, absent: string): string => state.settings.global[key] ?? absent;
  return [
    'Battery saver state machine:',
    `  Enabled=${saver.active || saver.adaptive}`,
    ...(sdk >= 29
      ? [
          `    full=${saver.active}`,
          `    adaptive=${saver.adaptive}${saver.adaptive ? ' (advertise=false)' : ''}`,
          `  mState=${saver.machineState}`,
        ]
      : []),
    `  mLastChangedIntReason=${saver.lastChangedReason}`,
    `  mLastChangedStrReason=${saver.lastChangedText ?? 'null'}`,
    '  mBootCompleted=true',
    '  mSettingsLoaded=true',
    '  mBatteryStatusSet=true',
    ...(sdk === 28 ? ['  mBatterySaverSnoozing=false'] : []),
    `  mIsPowered=${isPowered(state)}`,
    `  mBatteryLevel=${state.battery.level}`,
    `  mIsBatteryLevelLow=${state.battery.low}`,
    ...(sdk >= 29 ? [`  mSettingAutomaticBatterySaver=${setting('automatic_power_save_mode', '0')}`] : []),
    `  mSettingBatterySaverEnabled=${saver.active}`,
    `  mSettingBatterySaverEnabledSticky=${setting('low_power_sticky', '0') === '1'}`,
    ...(sdk >= 29
      ? [
          `  mSettingBatterySaverStickyAutoDisableEnabled=${setting('low_power_sticky_auto_disable_enabled', '1') === '1'}`,
          `  mSettingBatterySaverStickyAutoDisableThreshold=${setting('low_power_sticky_auto_disable_level', '90')}`,
        ]
      : []),
    `  mSettingBatterySaverTriggerThreshold=${setting('low_power_trigger_level', '0')}`,
    '',
  ];
}
