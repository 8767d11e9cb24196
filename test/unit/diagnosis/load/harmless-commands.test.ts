import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../../../diagnosis/load/catalog.ts';
import { isHarmless } from '../../../../diagnosis/load/harmless-commands.ts';

const catalog = loadCatalog();
const automatic = catalog.causes.flatMap(({ corrections }) => corrections.filter((one) => one.kind === 'automatic'));
const commands = automatic.flatMap((one) => [...one.commands, ...one.inverse]);

describe('no command of the catalog can delete what belongs to the owner', () => {
  test.each([...new Set(commands)])('%s is of a kind that cannot', (command) => {
    expect(isHarmless(command)).toBe(true);
  });

  test('an app is never cleared of more than its cache', () => {
    const clearing = commands.filter((command) => command.startsWith('pm clear'));
    expect(clearing).toEqual(['pm clear --cache-only --user {identity.userId} {app}']);
  });

  test.each([
    'pm clear --user 0 {app}',
    'pm clear {app}',
    'pm clear --cache-only-not --user {identity.userId} {app}',
    'pm uninstall --user 0 {app}',
    'pm uninstall -k --user 0 {app}',
    'cmd package clear {app}',
    'content delete --uri content://media/external/images/media',
    'content call --uri content://media --method scan_volume',
    'rm -rf /sdcard/DCIM',
    'sm format public:179,1',
    'am broadcast -a android.intent.action.MASTER_CLEAR',
    'am start --user {identity.userId} -n {app.launcher} ; rm -rf /sdcard',
    'svc power reboot recovery',
    'reboot recovery',
    'settings reset global trusted_defaults',
    'cmd recovery wipe',
    'diagnostics shutdown',
    'bmgr wipe x {app}',
    'sh -c true',
  ])('%s is refused', (command) => {
    expect(isHarmless(command)).toBe(false);
  });

  test('what opens a screen does nothing else', () => {
    for (const { tables } of catalog.menus.all) {
      for (const screen of tables.flatMap(({ screens }) => Object.values(screens))) {
        expect(screen).toMatch(/^am start /);
      }
    }
  });
});
