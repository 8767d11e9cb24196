import { describe, expect, test } from 'vitest';
import { configuration } from '../../../../build/package/configuration.ts';
import { publisherOf, whyNotPublished } from '../../../../build/package/publisher.ts';
import { targets, type Target } from '../../../../build/package/targets.ts';

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
