import { fileURLToPath } from 'node:url';
import { session, type IpcMainEvent, type Session, type WebContents, type WebPreferences } from 'electron';
import { printDeadlineMs } from '../app/printing/pdf-printer.ts';

/** The window is served under this name by the program itself, so that it has an origin of its own and a policy that counts; links from outside have another. */
export const windowScheme = 'app';
export const windowHost = 'window';
export const windowUrl = `${windowScheme}://${windowHost}/`;

/** What a page may ask Chromium for. Whatever is not in this table is denied; at present that is everything but copying. */
const allowedPermissions: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** The window runs in a sandbox, apart from the preload script, and without Node. */
export const webPreferences = (preload: URL): WebPreferences => ({
  preload: fileURLToPath(preload),
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  webSecurity: true,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
});

const isWindow = (url: string): boolean => url.startsWith(windowUrl);
/** What a page of the window has made itself, as a file that is saved. */
const isOfWindow = (url: string): boolean => url.startsWith(`blob:${windowUrl}`);

const closed = new WeakSet<Session>();
/** When a person has pressed something in a page, for each file that it may still save; more than these nobody has under way. */
const pressed = new WeakMap<WebContents, number[]>();
const mostAtOnce = 4;
const presses: ReadonlySet<string> = new Set(['mouseDown', 'rawKeyDown', 'keyDown', 'gestureTap']);

/** Takes one press, the oldest that a paper may still have been made for. */
function takePress(contents: WebContents): boolean {
  const since = performance.now() - printDeadlineMs;
  const [oldest, ...rest] = (pressed.get(contents) ?? []).filter((at) => at > since);
  pressed.set(contents, rest);
  return oldest !== undefined;
}

/**
 * Denies every permission and every address that is not the window's own; the window talks to no network at all. It offers files of its own
 * making alone, one each time that a person presses something: not by `hasUserGesture`, which is over before a long paper is made.
 */
export function closeSession(target: Session = session.defaultSession): void {
  if (closed.has(target)) return;
  closed.add(target);
  target.setPermissionRequestHandler((_contents, permission, answer) => answer(allowedPermissions.has(permission)));
  target.setPermissionCheckHandler((_contents, permission) => allowedPermissions.has(permission));
  target.setDevicePermissionHandler(() => false);
  target.webRequest.onBeforeRequest((details, answer) => {
    const { url } = details;
    const own = isWindow(url) || isOfWindow(url) || url.startsWith('data:') || url.startsWith('devtools:');
    answer({ cancel: !own });
  });
  target.on('will-download', (event, item, contents) => {
    if (!isOfWindow(item.getURL()) || !takePress(contents)) event.preventDefault();
  });
}

/** Where the window may go by itself: nowhere but to its own page, which it loads again when the store was replaced. */
const isOwnPage = (url: string): boolean => url.split('#', 1)[0] === windowUrl;

/** The window stays where it is: no navigation, no second window, no embedded pages. */
export function closeContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('input-event', (_event, { type }) => {
    if (presses.has(type))
      pressed.set(contents, [...(pressed.get(contents) ?? []), performance.now()].slice(-mostAtOnce));
  });
}

/** Whether a message comes from the main frame of the window, and from nothing that was put into it. */
export const isFromWindow = ({ senderFrame }: IpcMainEvent): boolean =>
  senderFrame !== null && senderFrame.parent === null && isWindow(senderFrame.url);
