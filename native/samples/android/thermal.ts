import { answerLines, type SampleAnswer } from './answer.ts';
import type { SampleState } from './state.ts';

/** `dumpsys thermalservice`: nothing until Android 9, the status from 10 on (AOSP ThermalManagerService). */
export function dumpThermal(state: SampleState): SampleAnswer {
  if (state.build.sdk <= 28) return answerLines([]);
  const skin = (state.battery.temperatureTenthsC / 10 + 5).toFixed(1);
  return answerLines([
    'IsStatusOverride: false',
    'ThermalEventListeners:',
    '\tcallbacks: 3',
    '\tkilled: false',
    '\tbroadcasts count: -1',
    `Thermal Status: ${state.thermalStatus}`,
    'Cached temperatures:',
    `\tTemperature{mValue=${skin}, mType=3, mName=SKIN, mStatus=${state.thermalStatus}}`,
    'HAL Ready: true',
  ]);
}
