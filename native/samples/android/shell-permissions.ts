import type { SampleAnswer } from './answer.ts';

/** The permissions that the commands of corrections need, each as AOSP checks it. */
export const shellPermissions = {
  appOps: 'android.permission.MANAGE_APP_OPS_MODES',
  airplaneMode: 'android.permission.NETWORK_SETTINGS',
  cache: 'android.permission.DELETE_CACHE_FILES',
  allCaches: 'android.permission.CLEAR_APP_CACHE',
  componentState: 'android.permission.CHANGE_COMPONENT_ENABLED_STATE',
  forceStop: 'android.permission.FORCE_STOP_PACKAGES',
  grant: 'android.permission.GRANT_RUNTIME_PERMISSIONS',
  mediaIndex: 'android.permission.WRITE_MEDIA_STORAGE',
  networkPolicy: 'android.permission.MANAGE_NETWORK_POLICY',
  openApps: 'android.permission.START_ANY_ACTIVITY',
  power: 'android.permission.DEVICE_POWER',
  reboot: 'android.permission.REBOOT',
  revoke: 'android.permission.REVOKE_RUNTIME_PERMISSIONS',
  settings: 'android.permission.WRITE_SECURE_SETTINGS',
  standby: 'android.permission.CHANGE_APP_IDLE_STATE',
  suspend: 'android.permission.SUSPEND_APPS',
} as const;

export type ShellPermission = keyof typeof shellPermissions;

/**
 * The refusal of a maker's build that withholds a permission from `shell` (Xiaomi without "USB debugging (Security
 * settings)", ColorOS with permission monitoring). It is printed on standard output and the command ends with 0, so
 * only the text tells. Null when the shell holds the permission.
 */
export function refusalFor(
  phone: { shellLacks: readonly ShellPermission[] },
  permission: ShellPermission,
  command: string,
): SampleAnswer | null {
  if (!phone.shellLacks.includes(permission)) return null;
  return {
    stdout: `\nException occurred while executing '${command}':\njava.lang.SecurityException: ${refusalText(permission)}\n`,
    stderr: '',
    exitCode: 0,
  };
}

/** What comes before ContextImpl.enforce's own words, and those words. */
function refusalText(permission: ShellPermission): string {
  const name = shellPermissions[permission];
  switch (permission) {
    case 'settings':
      return `Permission denial: writing to settings requires:${name}`;
    case 'grant':
      return `grantRuntimePermission: Neither user 2000 nor current process has ${name}.`;
    case 'revoke':
      return `revokeRuntimePermission: Neither user 2000 nor current process has ${name}.`;
    case 'appOps':
      return `uid 2000 does not have ${name}.`;
    case 'forceStop':
    case 'openApps':
      return `Permission Denial: from pid=4711, uid=2000 requires ${name}`;
    case 'networkPolicy':
      return `NetworkPolicy: Neither user 2000 nor current process has ${name}.`;
    case 'airplaneMode':
      return `ConnectivityService: Neither user 2000 nor current process has ${name}.`;
    case 'standby':
      return `No permission to change app standby state: Neither user 2000 nor current process has ${name}.`;
    case 'cache':
    case 'allCaches':
    case 'componentState':
    case 'mediaIndex':
    case 'power':
    case 'reboot':
    case 'suspend':
      return `Neither user 2000 nor current process has ${name}.`;
  }
}
