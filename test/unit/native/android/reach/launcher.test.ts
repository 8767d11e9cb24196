import { describe, expect, test } from 'vitest';
import { launcherOf } from '../../../../../native/android/reach/launcher.ts';

/** As a realme with Android 15 prints it, shortened. */
const table = `Activity Resolver Table:
  Schemes:
      https:
        18fdaf6 com.x/.LinkActivity filter f3b5ef7
          Action: "android.intent.action.VIEW"
          Category: "android.intent.category.DEFAULT"

  Non-Data Actions:
      android.intent.action.MAIN:
        18fdaf6 com.x/com.pay.CheckoutActivity filter f3b5ef7
          Action: "android.intent.action.MAIN"
        1245ea0 com.x/.MainActivity$Home filter 1113a59
          Action: "android.intent.action.MAIN"
          Category: "android.intent.category.LAUNCHER"

Receiver Resolver Table:
  Non-Data Actions:
      android.intent.action.BOOT_COMPLETED:
        e1fd42 com.x/.BootReceiver filter e6f2153
`;

describe('the screen that an app opens with', () => {
  test('is the one in the list of apps, not another that has no symbol there', () => {
    expect(launcherOf(table, 'com.x')).toBe('com.x/.MainActivity$Home');
  });

  test('is never that of another app', () => {
    expect(launcherOf(table, 'com.xy')).toBe(null);
    expect(launcherOf(table, 'com')).toBe(null);
  });

  test('is not known without the table, or where nothing in it has a symbol', () => {
    expect(launcherOf('Packages:\n  Package [com.x] (1):\n', 'com.x')).toBe(null);
    expect(launcherOf(table.replace('category.LAUNCHER', 'category.HOME'), 'com.x')).toBe(null);
    expect(launcherOf(table.replace('Activity Resolver', 'Provider Resolver'), 'com.x')).toBe(null);
  });
});
