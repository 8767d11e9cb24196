import { stringify } from 'yaml';
import type { Installer } from './release-files.ts';

/** A published release, as package managers tell of it. */
export interface Release {
  version: string;
  /** ISO 8601, the day alone. */
  date: string;
  owner: string;
  repo: string;
  publisher: string;
  installers: readonly Installer[];
}

const name = 'Phone Health Inspector';
const summary = "Finds out why a phone's photos stop backing up";
const description =
  'Reads an Android phone or an iPhone over USB, says why photos stop backing up in the background, walks through the corrections, and proves that photos leave the phone. A scan changes nothing on the phone, and nothing leaves the computer.';

/**
 * Flathub's rules for what is hosted on GitHub: `io.github.OWNER.REPOSITORY`, of which the repository's page can be told again. The owner is
 * part of a domain: in lower case, without `-` and no digit first (https://docs.flathub.org/docs/for-app-authors/requirements).
 */
export function flatpakId({ owner, repo }: Pick<Release, 'owner' | 'repo'>): string {
  const vendor = owner.toLowerCase().replaceAll('-', '_');
  return ['io', 'github', vendor, repo].map((part) => part.replace(/^(?=\d)/, '_')).join('.');
}

/** The newest that is kept up and that Electron's base is made for; 24.08 ended in August 2026. */
const flatpakRuntime = '25.08';
const page = ({ owner, repo }: Release): string => `https://github.com/${owner}/${repo}`;
const address = (release: Release, file: string): string =>
  `${page(release)}/releases/download/v${release.version}/${file}`;

function installer({ installers }: Release, end: string): Installer {
  const found = installers.find((one) => one.name.endsWith(end));
  if (found === undefined) throw new Error(`The release has no ${end}.`);
  return found;
}

/** Files by their names: three a version (https://aka.ms/winget-manifest.version.1.6.0.schema.json and its two neighbours). */
export function winget(release: Release): Record<string, string> {
  const { version, publisher, owner } = release;
  const exe = installer(release, 'win-x64.exe');
  const PackageIdentifier = `${owner.replaceAll(/[^A-Za-z0-9]/g, '')}.PhoneHealthInspector`;
  const file = (type: string, content: object): string =>
    `# yaml-language-server: $schema=https://aka.ms/winget-manifest.${type}.1.6.0.schema.json\n${stringify({
      PackageIdentifier,
      PackageVersion: version,
      ...content,
      ManifestType: type,
      ManifestVersion: '1.6.0',
    })}`;
  return {
    [`${PackageIdentifier}.yaml`]: file('version', { DefaultLocale: 'en-US' }),
    [`${PackageIdentifier}.installer.yaml`]: file('installer', {
      InstallerType: 'nullsoft',
      Scope: 'user',
      InstallModes: ['interactive', 'silent'],
      UpgradeBehavior: 'install',
      Protocols: ['phone-health'],
      ReleaseDate: release.date,
      Installers: [
        { Architecture: 'x64', InstallerUrl: address(release, exe.name), InstallerSha256: exe.sha256.toUpperCase() },
      ],
    }),
    [`${PackageIdentifier}.locale.en-US.yaml`]: file('defaultLocale', {
      PackageLocale: 'en-US',
      Publisher: publisher,
      PublisherSupportUrl: `${page(release)}/issues`,
      PackageName: name,
      PackageUrl: page(release),
      License: 'Apache-2.0',
      LicenseUrl: `${page(release)}/blob/v${version}/LICENSE`,
      ShortDescription: summary,
      Description: description,
      Tags: ['android', 'backup', 'iphone', 'photos', 'usb'],
      ReleaseNotesUrl: `${page(release)}/releases/tag/v${version}`,
    }),
  };
}

/** https://docs.brew.sh/Cask-Cookbook */
export function homebrew(release: Release): string {
  const { version } = release;
  const [arm, intel] = ['mac-arm64.dmg', 'mac-x64.dmg'].map((end) => installer(release, end));
  return `cask "phone-health-inspector" do
  arch arm: "arm64", intel: "x64"

  version "${version}"
  sha256 arm:   "${arm?.sha256}",
         intel: "${intel?.sha256}"

  url "${page(release)}/releases/download/v#{version}/phone-health-inspector-#{version}-mac-#{arch}.dmg"
  name "${name}"
  desc "${summary}"
  homepage "${page(release)}"

  auto_updates true
  depends_on macos: ">= :ventura"

  app "${name}.app"
  binary "#{appdir}/${name}.app/Contents/Resources/bin/phone-health"

  zap trash: [
    "~/Library/Application Support/phone-health-inspector",
    "~/Library/Logs/phone-health-inspector",
    "~/Library/Preferences/app.phone-health-inspector.plist",
  ]
end
`;
}

/** Flathub's two: what is built from what (flatpak-builder(1), "Manifest"), and what its shop shows (AppStream). */
export function flathub(release: Release): Record<string, string> {
  const deb = installer(release, '.deb');
  const id = flatpakId(release);
  const developer = id.split('.').slice(0, 3).join('.');
  const manifest = {
    id,
    runtime: 'org.freedesktop.Platform',
    'runtime-version': flatpakRuntime,
    sdk: 'org.freedesktop.Sdk',
    base: 'org.electronjs.Electron2.BaseApp',
    'base-version': flatpakRuntime,
    command: 'phone-health-inspector',
    'separate-locales': false,
    'finish-args': [
      '--share=ipc',
      // The window is shown, phones are read over USB, and adb's server and usbmuxd are the computer's.
      '--socket=wayland',
      '--socket=fallback-x11',
      '--device=all',
      '--share=network',
      '--filesystem=/run/usbmuxd',
      '--filesystem=xdg-documents',
      '--filesystem=xdg-pictures',
    ],
    modules: [
      {
        name: 'phone-health-inspector',
        buildsystem: 'simple',
        'build-commands': [
          'ar x phone-health-inspector.deb',
          'tar --extract --file data.tar.xz',
          "mv 'opt/Phone Health Inspector' /app/phone-health-inspector",
          'install -D phone-health-inspector.sh /app/bin/phone-health-inspector',
          `install -D usr/share/applications/phone-health-inspector.desktop /app/share/applications/${id}.desktop`,
          `desktop-file-edit --set-key=Exec --set-value='phone-health-inspector %U' --set-icon=${id} /app/share/applications/${id}.desktop`,
          `install -D usr/share/icons/hicolor/512x512/apps/phone-health-inspector.png /app/share/icons/hicolor/512x512/apps/${id}.png`,
          `install -D ${id}.metainfo.xml -t /app/share/metainfo`,
        ],
        sources: [
          {
            type: 'file',
            'dest-filename': 'phone-health-inspector.deb',
            url: address(release, deb.name),
            sha256: deb.sha256,
            'only-arches': ['x86_64'],
          },
          {
            type: 'script',
            'dest-filename': 'phone-health-inspector.sh',
            commands: ['exec zypak-wrapper /app/phone-health-inspector/phone-health-inspector "$@"'],
          },
          { type: 'file', path: `${id}.metainfo.xml` },
        ],
      },
    ],
  };
  const metainfo = `<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>${id}</id>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>Apache-2.0</project_license>
  <name>${name}</name>
  <summary>${summary}</summary>
  <description>
    <p>${description}</p>
  </description>
  <developer id="${developer}">
    <name>${release.publisher}</name>
  </developer>
  <launchable type="desktop-id">${id}.desktop</launchable>
  <url type="homepage">${page(release)}</url>
  <url type="bugtracker">${page(release)}/issues</url>
  <url type="vcs-browser">${page(release)}</url>
  <screenshots>
    <screenshot type="default">
      <caption>The verdict, one button, and what holds photos back</caption>
      <image>https://raw.githubusercontent.com/${release.owner}/${release.repo}/v${release.version}/docs/window.png</image>
    </screenshot>
  </screenshots>
  <categories>
    <category>Utility</category>
  </categories>
  <content_rating type="oars-1.1"/>
  <releases>
    <release version="${release.version}" date="${release.date}"/>
  </releases>
</component>
`;
  return { [`${id}.yml`]: stringify(manifest), [`${id}.metainfo.xml`]: metainfo };
}
