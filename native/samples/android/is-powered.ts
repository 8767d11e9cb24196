import type { SampleState } from './state.ts';

export function isPowered(state: SampleState): boolean {
  return state.battery.plugged !== 'none';
}
