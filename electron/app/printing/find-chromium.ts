import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Names one: the path of a browser of Chromium's family. */
const chromiumVariable = 'PHONE_HEALTH_CHROMIUM';

/** By their names on the PATH; the first is Chromium without windows, half the work. */
const programs = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
];

const onMac = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'Brave Browser.app/Contents/MacOS/Brave Browser',
];

const onWindows = [
  String.raw`Google\Chrome\Application\chrome.exe`,
  String.raw`Microsoft\Edge\Application\msedge.exe`,
  String.raw`Chromium\Application\chrome.exe`,
  String.raw`BraveSoftware\Brave-Browser\Application\brave.exe`,
];

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    // It is not there, or is nobody's to run: both mean that another is looked for.
    if (error instanceof Error) return false;
    throw error;
  }
}

/** Where a browser of Chromium's family may lie on this kind of system, the best first. Pure. */
export function chromiumPlaces(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string[] {
  const named = env[chromiumVariable];
  // Whoever names one wants that one.
  if (named !== undefined && named !== '') return [named];
  if (platform === 'win32') {
    const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']];
    return roots.flatMap((root) => (root === undefined ? [] : onWindows.map((place) => `${root}\\${place}`)));
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = programs.flatMap((program) => folders.map((folder) => join(folder, program)));
  if (platform !== 'darwin') return onPath;
  const roots = ['/Applications', join(env['HOME'] ?? '/', 'Applications')];
  return [...roots.flatMap((root) => onMac.map((place) => join(root, place))), ...onPath];
}

/** The browser that prints here; null: there is none. */
export const findChromium = (env: NodeJS.ProcessEnv): string | null => chromiumPlaces(env).find(isProgram) ?? null;
