import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { whyNoTray } from '../../../../electron/desktop/tray-place.ts';

/** A desktop whose bus is asked with this program; null: it has none to ask with. */
function desktop(gdbus: string | null, name = 'ubuntu:GNOME') {
  const folder = mkdtempSync(join(tmpdir(), 'phone-health-bus-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  if (gdbus !== null) {
    writeFileSync(join(folder, 'gdbus'), `#!/bin/sh\necho "$*" > '${folder}/asked'\n${gdbus}\n`);
    chmodSync(join(folder, 'gdbus'), 0o755);
  }
  return {
    asked: () => readFileSync(join(folder, 'asked'), 'utf8').trim(),
    why: (isHidden = false, platform: NodeJS.Platform = 'linux') =>
      whyNoTray({ platform, env: { PATH: folder, XDG_CURRENT_DESKTOP: name }, isHidden }),
  };
}

describe.skipIf(process.platform === 'win32')('a tray', () => {
  test('is there on GNOME with the extension, and told as missing without', async () => {
    expect(await desktop('exit 0').why()).toBeNull();
    const without = desktop('exit 1');
    expect(await without.why()).toMatch(/^GNOME shows no icons of programs\. Install its extension AppIndicator/);
    expect(without.asked()).toBe('wait --session --timeout 1 org.kde.StatusNotifierWatcher');
  });

  test('has longer to appear where the program starts with the computer', async () => {
    const starting = desktop('exit 0');
    expect(await starting.why(true)).toBeNull();
    expect(starting.asked()).toContain('--timeout 15 ');
  });

  test('is told as missing where the bus does not answer within its time', async () => {
    expect(await desktop('exec /bin/sleep 30').why()).toMatch(/^GNOME shows no icons/);
  });

  test('is nowhere else asked for, and not called missing where nobody can be asked', async () => {
    expect(await desktop(null).why()).toBeNull();
    expect(await desktop('exit 1', 'KDE').why()).toBeNull();
    expect(await desktop('exit 1', 'X-Cinnamon').why()).toBeNull();
    expect(await desktop('exit 1').why(true, 'darwin')).toBeNull();
  });
});
