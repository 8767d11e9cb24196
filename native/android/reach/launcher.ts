/**
 * The screen that an app opens with, from the table that stands before the packages of `dumpsys package PKG` (AOSP ComponentResolver,
 * IntentResolver.dumpMap; real dumps of Android 10, 15 and 16):
 *
 *     Activity Resolver Table:
 *       Non-Data Actions:
 *           android.intent.action.MAIN:
 *             400b024 com.x/.HomeActivity filter 9ce278d
 *               Action: "android.intent.action.MAIN"
 *               Category: "android.intent.category.LAUNCHER"
 *
 * null: the table is not there, or names no such screen.
 */
export function launcherOf(text: string, app: string): string | null {
  const end = text.indexOf('\nPackages:');
  const tables = end < 0 ? text : text.slice(0, end);
  let inTable = false;
  let screen: string | null = null;
  for (const line of tables.split('\n')) {
    if (/^\S/.test(line)) {
      if (inTable) return null;
      inTable = line.startsWith('Activity Resolver Table:');
    }
    if (!inTable) continue;
    const component = /^\s+[0-9a-f]{1,16} (\S{1,300}) filter [0-9a-f]{1,16}\s*$/.exec(line)?.[1];
    if (component !== undefined) screen = component.startsWith(`${app}/`) ? component : null;
    if (screen !== null && /^\s+Category: "android\.intent\.category\.LAUNCHER"\s*$/.test(line)) return screen;
  }
  return null;
}
