import type { SampleAnswer } from './answer.ts';
import type { SampleState } from './state.ts';

/**
 * The refusal of a maker's build that withholds a permission from `shell` (Xiaomi without "USB debugging (Security
 * settings)", ColorOS with permission monitoring). It is printed on standard output and the command ends with 0, so
 * only the text tells. Null when the shell holds the permission.
 */
export function refusalFor(state: SampleState, permission: string, command: string): SampleAnswer | null {
  if (!state.shellLacks.includes(permission)) return null;
  return {
    stdout: `\nException occurred while executing '${command}':\njava.lang.SecurityException: ${refusalText(permission)}\n`,
    stderr: '',
    exitCode: 0,
  };
}

export const WRITE_SECURE_SETTINGS = 'android.permission.WRITE_SECURE_SETTINGS';
export const GRANT_RUNTIME_PERMISSIONS = 'android.permission.GRANT_RUNTIME_PERMISSIONS';
export const REVOKE_RUNTIME_PERMISSIONS = 'android.permission.REVOKE_RUNTIME_PERMISSIONS';
export const MANAGE_APP_OPS_MODES = 'android.permission.MANAGE_APP_OPS_MODES';

function refusalText(permission: string): string {
  switch (permission) {
    case WRITE_SECURE_SETTINGS:
      return `Permission denial: writing to settings requires:${permission}`;
    case GRANT_RUNTIME_PERMISSIONS:
      return `grantRuntimePermission: Neither user 2000 nor current process has ${permission}.`;
    case REVOKE_RUNTIME_PERMISSIONS:
      return `revokeRuntimePermission: Neither user 2000 nor current process has ${permission}.`;
    default:
      return `uid 2000 does not have ${permission}.`;
  }
}
