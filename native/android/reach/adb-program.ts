import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';
import { bundledTools } from '../../bundled-tools.ts';

/** What decides where adb is looked for. */
export interface AdbSearch {
  env: NodeJS.ProcessEnv;
  platform?: NodeJS.Platform;
  home?: string;
  exists?: (path: string) => boolean;
}

/** Homebrew's folders: a program that is started from the Finder or the Dock has them on no PATH. */
const homebrew = ['/opt/homebrew/bin', '/usr/local/bin', '/home/linuxbrew/.linuxbrew/bin'];

/** Where Android Studio puts the SDK where nobody tells it otherwise (https://developer.android.com/tools/variables). */
function sdkFolders({ env, platform = process.platform, home = homedir() }: AdbSearch): string[] {
  const paths = platform === 'win32' ? win32 : posix;
  const usual =
    platform === 'win32'
      ? paths.join(env['LOCALAPPDATA'] ?? paths.join(home, 'AppData', 'Local'), 'Android', 'Sdk')
      : paths.join(home, ...(platform === 'darwin' ? ['Library', 'Android', 'sdk'] : ['Android', 'Sdk']));
  return [env['ANDROID_HOME'], env['ANDROID_SDK_ROOT'], usual]
    .filter((folder): folder is string => folder !== undefined && folder !== '')
    .map((folder) => paths.join(folder, 'platform-tools'));
}

/**
 * The adb to start the server with: the package's own, else the first one on the PATH, of Homebrew or of the Android SDK. Looked for each
 * time, since it may be installed while the program runs. `adb` where there is none: the system says then that it is missing.
 */
export function findAdb(search: AdbSearch): string {
  const { env, platform = process.platform, exists = existsSync } = search;
  const paths = platform === 'win32' ? win32 : posix;
  const name = platform === 'win32' ? 'adb.exe' : 'adb';
  const tools = bundledTools(env);
  const path = (env['PATH'] ?? env['Path'] ?? '').split(paths.delimiter);
  const folders = [
    ...(tools === null ? [] : [tools]),
    ...path,
    ...(platform === 'win32' ? [] : homebrew),
    ...sdkFolders(search),
  ];
  // What is relative would be looked for in whatever folder the program was started in.
  const places = folders.filter((folder) => paths.isAbsolute(folder)).map((folder) => paths.join(folder, name));
  return places.find((place) => exists(place)) ?? name;
}
