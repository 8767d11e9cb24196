import { SILENT, type SampleAnswer } from './answer.ts';
import { restartSaver } from './battery-saver.ts';
import { refusalFor } from './shell-permissions.ts';
import type { SampleState } from './state.ts';

/** `svc power reboot`: the command itself answers; the phone goes off right after it. */
export function reboot(state: SampleState): SampleAnswer {
  const refusal = refusalFor(state, 'reboot', 'reboot');
  if (refusal) return refusal;
  state.restarts += 1;
  state.starting = true;
  state.clock.uptimeMs = 0;
  state.events = [];
  state.uncounted = [];
  Object.assign(state.doze, { forced: false, deepState: 'ACTIVE', lightState: 'ACTIVE', history: [] });
  restartSaver(state);
  return SILENT;
}
