/**
 * What `electron` is where Electron is not: a program that is built for it finds this in its place (`register.ts`, and `vitest.config.ts`).
 * It holds what the desktop host uses and no more, typed against Electron's own types; what it cannot prove is in docs/desktop.md.
 */
export { app } from './app.ts';
export { StandInWindow as BrowserWindow } from './browser-window.ts';
export { dialog } from './dialog.ts';
export { ipcMain } from './ipc.ts';
export { StandInMenu as Menu, StandInMenuItem as MenuItem } from './menu.ts';
export { nativeImage } from './native-image.ts';
export { protocol, session } from './session.ts';
export {
  clipboard,
  crashReporter,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  safeStorage,
  screen,
  shell,
  StandInNotification as Notification,
} from './system.ts';
export { StandInTray as Tray } from './tray.ts';
export { utilityProcess } from './utility-process.ts';
