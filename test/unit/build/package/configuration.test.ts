import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { configuration } from '../../../../build/package/configuration.ts';
import { publisherOf, whyNotPublished } from '../../../../build/package/publisher.ts';
import { linkScheme } from '../../../../electron/desktop/links.ts';
import { targets, type Target } from '../../../../build/package/targets.ts';

const root = join(import.meta.dirname, '../../../..');
const shop = { GITHUB_REPOSITORY: 'somebody/phone-health', PUBLISHER_EMAIL: 'somebody@example.org' };

const packed = (target: Target, env: NodeJS.ProcessEnv = {}) =>
  configuration({
    target,
    staged: 'staged',
    publisher: publisherOf(env),
    withTools: false,
    electronFolder: null,
    made: 'made',
    env,
  });
const mac: Target = { platform: 'darwin', arch: 'arm64' };
const linux: Target = { platform: 'linux', arch: 'x64' };

describe('a package', () => {
  test('for a Mac is signed, hardened and notarised only where the keys are there', () => {
    expect(packed(mac).mac).toMatchObject({ identity: '-', hardenedRuntime: false, notarize: false });
    expect(packed(mac, { CSC_LINK: 'a certificate' }).mac).toMatchObject({ hardenedRuntime: true, notarize: false });
    const both = packed(mac, { CSC_LINK: 'a certificate', APPLE_API_KEY: 'a key' }).mac;
    expect(both).toMatchObject({ hardenedRuntime: true, notarize: true });
    expect(both).not.toHaveProperty('identity');
  });

  test('for Linux never switches the sandbox off, and brings access to phones', () => {
    const { linux: system, deb, rpm } = packed(linux);
    expect(system?.executableArgs).toEqual([]);
    for (const one of [deb, rpm]) {
      expect(one?.fpm).toContainEqual(expect.stringMatching(/=\/usr\/lib\/udev\/rules\.d\/70-/));
      expect(one?.depends).toContain('usbmuxd');
    }
  });

  test('opens captures and cases by the endings that the program gives them, and takes no zip away from another program', () => {
    const cases = readFileSync(join(root, 'electron/app/cases/cases.ts'), 'utf8');
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const own = [packed(linux).fileAssociations ?? []].flat().map(({ ext }) => ext);
    expect(own).toEqual(['phonecapture', 'phonecase']);
    expect(cases).toContain('.phonecase`');
    expect(readme).toContain('.phonecapture');
    expect(packed(mac).mac?.fileAssociations).toMatchObject({ ext: 'zip', rank: 'Alternate' });
    expect(packed({ platform: 'win32', arch: 'x64' }).win).not.toHaveProperty('fileAssociations');
    expect(packed(linux).protocols).toMatchObject({ schemes: [linkScheme] });
  });

  test('for Windows is removed with what the running program has put into the registry, by the id that it says', () => {
    const { appId, nsis } = packed({ platform: 'win32', arch: 'x64' });
    const removed = readFileSync(join(root, nsis?.include ?? ''), 'utf8');
    expect(removed).toContain(
      String.raw`DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "${'${APP_ID}'}"`,
    );
    expect(removed).toContain(`DeleteRegKey HKCU "Software\\Classes\\${linkScheme}"`);
    expect(removed).toMatch(/^!macro customUnInstall\n {2}\$\{ifNot\} \$\{isUpdated\}\n/m);
    const desktop = readFileSync(join(root, 'electron/desktop/desktop.ts'), 'utf8');
    expect(desktop).toContain(`app.setAppUserModelId('${appId}')`);
  });

  test("looks for updates nowhere, and is nobody's release, unless somebody publishes it", () => {
    for (const target of targets) expect(packed(target).publish).toBeNull();
    expect(whyNotPublished(publisherOf({}))).not.toBeNull();
    expect(whyNotPublished(publisherOf({ GITHUB_REPOSITORY: 'somebody/phone-health' }))).not.toBeNull();
    expect(whyNotPublished(publisherOf(shop))).toBeNull();
    expect(packed(linux, shop).publish).toMatchObject({
      owner: 'somebody',
      repo: 'phone-health',
      releaseType: 'draft',
    });
  });
});
