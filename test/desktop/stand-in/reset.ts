import { app } from './app.ts';
import { asked } from './asked.ts';
import { resetWindows } from './browser-window.ts';
import { choices } from './dialog.ts';
import { ipcMain } from './ipc.ts';
import { StandInMenu } from './menu.ts';
import { resetSessions } from './session.ts';
import { resetSystem } from './system.ts';
import { StandInTray } from './tray.ts';

/** Before each test that holds the stand-in in its own process. */
export function resetStandIn({ ready = true }: { ready?: boolean } = {}): void {
  app.reset();
  resetWindows();
  resetSessions();
  resetSystem();
  ipcMain.reset();
  StandInMenu.applicationMenu = null;
  StandInTray.shown.length = 0;
  choices.messages.length = 0;
  choices.opened.length = 0;
  choices.saved.length = 0;
  asked.length = 0;
  if (ready) app.becomeReady();
}
