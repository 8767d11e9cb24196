import type { App, BrowserWindow } from 'electron';
import type { CrashWindow } from './crash-window.ts';

/** Nothing has gone wrong: the window was closed, or its process ended with it. */
const isUsual = (reason: string): boolean => reason === 'clean-exit';

/** Tells of a page that has ended, or does not answer. */
export function watchWindow(window: Pick<BrowserWindow, 'on' | 'webContents'>, crash: CrashWindow): void {
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (!isUsual(reason)) crash.show({ kind: 'window', what: `${reason} (${exitCode})` });
  });
  window.on('unresponsive', () => crash.show({ kind: 'silent', what: 'unresponsive' }));
  window.on('responsive', () => crash.forgetSilence());
}

/**
 * What ends beside the pages: Chromium starts its own parts again, and the application those that hold iPhones, so that it is kept in the
 * log and nobody is told.
 */
export function watchChildren(app: Pick<App, 'on'>, log: (line: string) => void): void {
  app.on('child-process-gone', (_event, { type, reason, exitCode, name }) => {
    if (!isUsual(reason))
      log(`a process has ended: ${type}${name === undefined ? '' : ` (${name})`}, ${reason} (${exitCode})`);
  });
}

/** Tells of faults that nobody has handled. What was promised and is not kept is no end of the program, and stands in the log. */
export function watchProgram(
  program: Pick<NodeJS.Process, 'on'>,
  crash: Pick<CrashWindow, 'show'>,
  keepFault: (error: unknown) => void,
): void {
  program.on('uncaughtException', (error) => {
    keepFault(error);
    crash.show({ kind: 'program', what: error.stack ?? error.message });
  });
  program.on('unhandledRejection', (reason) => keepFault(reason));
}
