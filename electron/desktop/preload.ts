import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { DesktopBridge, MessageToWindow } from '../desktop-messages.ts';
import { channel } from './channel.ts';

/** All that the window gets: two functions on one channel, and the path of what a person gave it. No event object and no ipcRenderer reaches it. */
const bridge: DesktopBridge = {
  send: (message) => ipcRenderer.send(channel, message),
  onMessage(listener) {
    const receive = (_event: unknown, message: MessageToWindow): void => listener(message);
    ipcRenderer.on(channel, receive);
    return () => {
      ipcRenderer.off(channel, receive);
    };
  },
  pathOf: (file) => webUtils.getPathForFile(file),
};
contextBridge.exposeInMainWorld('phoneHealth', bridge);
