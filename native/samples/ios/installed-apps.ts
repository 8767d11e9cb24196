import type { PlistDict } from '../../ios/read/plist.ts';
import type { SampleApp, SampleIphone } from './iphone.ts';

/** What installation_proxy tells of each app, by bundle id; `type` as its ApplicationType option. */
export function installedApps(iphone: SampleIphone, type: 'User' | 'System' | 'Any'): Map<string, PlistDict> {
  const chosen = iphone.apps.filter((app) => type === 'Any' || app.type === type);
  return new Map(chosen.map((app, index) => [app.bundleId, attributesOf(app, 500 + index)]));
}

function attributesOf(app: SampleApp, sequenceNumber: number): PlistDict {
  return {
    ApplicationType: app.type,
    CFBundleDisplayName: app.name,
    CFBundleExecutable: app.name.replaceAll(' ', ''),
    CFBundleIdentifier: app.bundleId,
    CFBundleName: app.name,
    CFBundleShortVersionString: app.version,
    CFBundleVersion: app.build,
    MinimumOSVersion: app.minimumOsVersion,
    SequenceNumber: sequenceNumber,
    UIDeviceFamily: [1],
    ...(app.backgroundModes.length === 0 ? {} : { UIBackgroundModes: [...app.backgroundModes] }),
    ...(app.photoLibraryUsage === undefined ? {} : { NSPhotoLibraryUsageDescription: app.photoLibraryUsage }),
  };
}
