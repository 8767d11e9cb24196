import type { ReadingValues } from '../../../reading.ts';
import { Unavailable } from '../../../unavailable.ts';
import { plistProbe } from '../probe-of.ts';

type Status = NonNullable<NonNullable<ReadingValues['battery']>['status']>;

function statusOf(
  full: boolean | Unavailable,
  charging: boolean | Unavailable,
  powered: boolean | Unavailable,
): Status {
  if (full === true) return 'full';
  if (charging instanceof Unavailable) return charging;
  // A full battery may be told as charging, too.
  if (full instanceof Unavailable) return full;
  if (charging) return 'charging';
  if (powered instanceof Unavailable) return powered;
  return powered ? 'not-charging' : 'discharging';
}

/** lockdownd's com.apple.mobile.battery. The cable of this computer sets ExternalConnected by itself. */
export const battery = plistProbe({
  id: 'battery',
  asked: 'scan',
  gives: { battery: ['level', 'status', 'powered'] },
  command: () => ['lockdown', 'get', 'com.apple.mobile.battery'],
  read(fields) {
    const powered = fields.bool('ExternalConnected');
    return {
      battery: {
        level: fields.count('BatteryCurrentCapacity', 100),
        status: statusOf(fields.bool('FullyCharged'), fields.bool('BatteryIsCharging'), powered),
        powered,
      },
    };
  },
});
