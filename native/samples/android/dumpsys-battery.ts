import { answerLines, SILENT, type SampleAnswer } from './answer.ts';
import { freezeBattery, setPlugged, thawBattery } from './battery-service.ts';
import { refusalFor } from './shell-permissions.ts';
import type { SampleState } from './state.ts';

/** `dumpsys battery [unplug|reset|set …]` (AOSP BatteryService.dumpInternal and its shell commands). */
export function dumpBattery(state: SampleState, args: readonly string[]): SampleAnswer {
  const words = args.filter((word) => !word.startsWith('-'));
  switch (words[0]) {
    case undefined:
      return answerLines(batteryLines(state));
    case 'unplug': {
      const refusal = refusalFor(state, 'power', 'unplug');
      if (refusal) return refusal;
      freezeBattery(state);
      setPlugged(state, 'none');
      return SILENT;
    }
    case 'reset': {
      const refusal = refusalFor(state, 'power', 'reset');
      if (refusal) return refusal;
      thawBattery(state);
      return SILENT;
    }
    case 'set':
      return setValue(state, words[1], Number(words[2]));
    default:
      return answerLines([`Unknown command: ${words[0]}`]);
  }
}

function setValue(state: SampleState, key: string | undefined, value: number): SampleAnswer {
  if (Number.isNaN(value)) return { stdout: '', stderr: `Bad value: ${value}\n`, exitCode: 255 };
  freezeBattery(state);
  switch (key) {
    case 'ac':
    case 'usb':
    case 'wireless':
      setPlugged(state, value === 0 ? 'none' : key);
      return SILENT;
    case 'level':
      state.battery.level = value;
      return SILENT;
    case 'status':
      state.battery.status = value;
      return SILENT;
    case 'temp':
      state.battery.temperatureTenthsC = value;
      return SILENT;
    case undefined:
    default:
      return { stdout: `Unknown set option: ${key ?? 'null'}\n`, stderr: '', exitCode: 0 };
  }
}

function batteryLines(state: SampleState): string[] {
  const { battery } = state;
  const { sdk } = state.build;
  return [
    'Current Battery Service state:',
    ...(battery.updatesStopped ? ["  (UPDATES STOPPED -- use 'reset' to restart)"] : []),
    `  AC powered: ${battery.plugged === 'ac'}`,
    `  USB powered: ${battery.plugged === 'usb'}`,
    `  Wireless powered: ${battery.plugged === 'wireless'}`,
    ...(sdk >= 33 ? ['  Dock powered: false'] : []),
    `  Max charging current: ${battery.plugged === 'none' ? 0 : 500_000}`,
    // Android 16 sets these sentences one column to the left of the values they explain.
    ...(sdk >= 36
      ? [' Time when the latest updated value of the Max charging current was sent via battery changed broadcast: 0']
      : []),
    `  Max charging voltage: ${battery.plugged === 'none' ? 0 : 5_000_000}`,
    `  Charge counter: ${battery.chargeCounterUah}`,
    `  status: ${battery.status}`,
    `  health: ${battery.health}`,
    '  present: true',
    `  level: ${battery.level}`,
    '  scale: 100',
    `  voltage: ${battery.voltageMv}`,
    ...(sdk >= 36
      ? [
          ' Time when the latest updated value of the voltage was sent via battery changed broadcast: 0',
          ` The last voltage value sent via the battery changed broadcast: ${battery.voltageMv - 1}`,
        ]
      : []),
    `  temperature: ${battery.temperatureTenthsC}`,
    `  technology: ${battery.technology}`,
    ...(sdk >= 36 ? ['  Charging state: 0', '  Charging policy: 0', '  Capacity level: -1'] : []),
    ...samsungLines(state),
  ];
}

function samsungLines(state: SampleState): string[] {
  const { samsung, chargeCounterUah } = state.battery;
  if (samsung === null) return [];
  // Samsung brackets these values from One UI 8 on.
  const value = (text: number | string): string => (state.build.sdk >= 36 ? `[${text}]` : String(text));
  return [
    '  batteryMiscEvent: 65536',
    '  batteryCurrentEvent: 0',
    '  mSecPlugTypeSummary: 2',
    '  LED Charging: true',
    '  LED Low Battery: true',
    '  current now: 0',
    `  charge counter: ${chargeCounterUah}`,
    'SEC_FEATURE_BATTERY_FULL_CAPACITY: true',
    ` mProtectBatteryMode: ${samsung.protectMode}`,
    ` mProtectionThreshold: ${samsung.protectThreshold}`,
    '  FEATURE_SAVE_BATTERY_CYCLE: true',
    `  battery FirstUseDate: ${value(samsung.firstUseDate)}`,
    `  mSavedBatteryAsoc: ${value(samsung.asoc)}`,
    `  mSavedBatteryUsage: ${value(samsung.usage)}`,
  ];
}
