import type { App } from 'electron';
import { ApplicationError } from '../app/program/problem.ts';

/**
 * An AppImage's starter switches Chromium's sandbox off where a system forbids what it is made of. What phones say is hostile: an installed
 * program shows none of it then.
 */
export function requireSandbox({ isPackaged, commandLine }: Pick<App, 'isPackaged' | 'commandLine'>): void {
  if (!isPackaged || !commandLine.hasSwitch('no-sandbox')) return;
  throw new ApplicationError('no-sandbox', 'This system does not let the program shield itself from what phones say.', [
    'Install the .deb or .rpm package in place of the AppImage.',
    'Or allow user namespaces: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0',
  ]);
}
