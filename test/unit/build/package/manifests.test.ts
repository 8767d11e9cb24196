import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { flathub, flatpakId, homebrew, winget, type Release } from '../../../../build/package/manifests.ts';
import { joinUpdates } from '../../../../build/package/release-files.ts';

const installers = ['win-x64.exe', 'mac-arm64.dmg', 'mac-x64.dmg', 'linux-x64.deb'].map((end, index) => ({
  name: `phone-health-inspector-1.2.3-${end}`,
  sha256: String(index).repeat(64),
}));
const release: Release = {
  version: '1.2.3',
  date: '2026-12-01',
  owner: 'some-body',
  repo: 'phone-health',
  publisher: 'Somebody',
  installers,
};
const downloads = 'https://github.com/some-body/phone-health/releases/download/v1.2.3';

describe('what package managers are told', () => {
  test('winget: the installer, where it lies and what it hashes to', () => {
    const files = winget(release);
    expect(Object.keys(files)).toEqual([
      'somebody.PhoneHealthInspector.yaml',
      'somebody.PhoneHealthInspector.installer.yaml',
      'somebody.PhoneHealthInspector.locale.en-US.yaml',
    ]);
    expect(parse(files['somebody.PhoneHealthInspector.installer.yaml'] ?? '')).toMatchObject({
      PackageVersion: '1.2.3',
      Installers: [
        {
          Architecture: 'x64',
          InstallerUrl: `${downloads}/phone-health-inspector-1.2.3-win-x64.exe`,
          InstallerSha256: '0'.repeat(64),
        },
      ],
    });
  });

  test('Homebrew: one cask for both kinds of Mac, and the command with it', () => {
    const cask = homebrew(release);
    expect(cask).toContain(`sha256 arm:   "${'1'.repeat(64)}",\n         intel: "${'2'.repeat(64)}"`);
    expect(cask).toContain('Contents/Resources/bin/phone-health"');
  });

  test('Flathub: the deb, and what its shop shows', () => {
    const files = Object.entries(flathub(release));
    const manifest = files.find(([name]) => name.endsWith('.yml'))?.[1] ?? '';
    expect(manifest).toContain(`url: ${downloads}/phone-health-inspector-1.2.3-linux-x64.deb`);
    expect(manifest).not.toContain('--no-sandbox');
    expect(parse(manifest)).toMatchObject({
      id: 'io.github.some_body.phone-health',
      'runtime-version': '25.08',
      'base-version': '25.08',
    });
    expect(files.map(([name]) => name)).toEqual([
      'io.github.some_body.phone-health.yml',
      'io.github.some_body.phone-health.metainfo.xml',
    ]);
    expect(files[1]?.[1]).toContain('<id>io.github.some_body.phone-health</id>');
    expect(files[1]?.[1]).toContain('<developer id="io.github.some_body">');
    expect(files.find(([name]) => name.endsWith('.xml'))?.[1]).toContain(
      '<release version="1.2.3" date="2026-12-01"/>',
    );
  });

  test.each([
    ['Somebody', 'inspector', 'io.github.somebody.inspector'],
    ['9-lives', '7zip', 'io.github._9_lives._7zip'],
  ])('Flathub: the id of %s/%s is %s', (owner, repo, id) => {
    expect(flatpakId({ owner, repo })).toBe(id);
  });

  test('none is written of a release that lacks an installer', () => {
    expect(() => winget({ ...release, installers: installers.slice(1) })).toThrow('The release has no win-x64.exe.');
  });
});

const of = (arch: string, version = '1.2.3') =>
  `version: ${version}\nfiles:\n  - url: ${arch}.zip\n    size: 1\npath: ${arch}.zip\n`;

test("both Macs' files of updates become one, and never of two versions", () => {
  expect(parse(joinUpdates([of('arm64'), of('x64')]))).toEqual({
    version: '1.2.3',
    files: [
      { url: 'arm64.zip', size: 1 },
      { url: 'x64.zip', size: 1 },
    ],
    path: 'arm64.zip',
  });
  expect(() => joinUpdates([of('arm64'), of('x64', '1.2.4')])).toThrow('1.2.3, 1.2.4');
});
