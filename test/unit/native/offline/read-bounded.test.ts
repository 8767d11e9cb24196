import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { restoreStore } from '../../../../db/restore.ts';
import { readServerAddress } from '../../../../db/shop/server-address.ts';
import { HandoverSecret } from '../../../../electron/app/handover/handover-secret.ts';
import { loadSettings, settingsFile } from '../../../../electron/app/settings/settings-file.ts';
import { defaultSettings } from '../../../../electron/app/settings/settings-schema.ts';
import { ShopLogo } from '../../../../electron/app/settings/shop-logo.ts';
import { readBounded } from '../../../../native/offline/read-bounded.ts';
import { temporaryFolder } from '../../db/examples.ts';

test('a file is read whole, one that is larger than it can be is not', () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '12345678');
  expect(readBounded(file, 8).toString()).toBe('12345678');
  expect(() => readBounded(file, 7)).toThrow('The file cannot be read. (it is larger than 7 bytes)');
  expect(() => readBounded(`${file}-not`, 7)).toThrow(expect.objectContaining({ code: 'ENOENT' }));
});

const others = [
  ['a pipe that nobody writes to', (file: string) => execFileSync('mkfifo', [file])],
  ['a device that never ends', (file: string) => symlinkSync('/dev/zero', file)],
  ['a folder', (file: string) => mkdirSync(file)],
] as const;

describe.skipIf(process.platform === 'win32')('in place of a file of the data folder', () => {
  test.for(others)('%s is not waited for', ([, put]) => {
    const folder = temporaryFolder();
    put(settingsFile(folder));
    const { settings, trouble } = loadSettings(folder);
    expect(settings).toEqual(defaultSettings);
    expect(trouble).toContain('it is no plain file');

    put(join(folder, 'shop-logo.png'));
    expect(new ShopLogo(folder).address).toBeNull();

    put(join(folder, 'handover-secret'));
    expect(() => new HandoverSecret(folder).read()).toThrow('it is no plain file');

    const authority = join(folder, 'authority.pem');
    put(authority);
    expect(() => readServerAddress(`postgresql://a:b@example.org/shop?sslrootcert=${authority}`)).toThrow(
      `${authority} is no file of certificates`,
    );

    const backup = join(folder, 'backup.sqlite');
    put(backup);
    expect(() => restoreStore(folder, backup, '2026-11-28T20:00:00.000Z')).toThrow(
      'is no backup. Nothing was changed.',
    );
  });
});
