import type { SampleState } from '../../../native/android/sample/state.ts';

/**
 * Everything on a sample phone that a correction may change, and nothing that changes by itself: what two states are compared by
 * where it counts whether a phone really is as it was.
 */
export function changeable({ apps, settings, dataSaver, doze, batterySaver, network }: SampleState): unknown {
  return structuredClone({
    settings,
    dataSaver,
    exempt: doze.userExempt.toSorted(),
    dozeForced: doze.forced,
    saver: batterySaver.machineState,
    wifi: network.wifiEnabled,
    apps: apps.flatMap((app) =>
      app.users.map(({ userId, permissions, appOps, uidAppOps, standby, networkPolicy, enabled, stopped }) => ({
        app: app.package,
        userId,
        granted: Object.keys(permissions).filter((name) => permissions[name]?.granted),
        appOps: Object.entries(appOps).map(([op, { mode }]) => [op, mode]),
        uidAppOps,
        bucket: standby.bucket,
        networkPolicy,
        enabled,
        stopped,
      })),
    ),
  });
}
