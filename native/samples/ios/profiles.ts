import type { PlistDict } from '../../ios/read/plist.ts';
import type { SampleIphone } from './iphone.ts';

/** MCInstall's GetProfileList: names of the installed configuration profiles, not what they restrict. */
export function profileList({ management }: SampleIphone): PlistDict {
  return {
    OrderedIdentifiers: management.profiles.map((profile) => profile.identifier),
    ProfileManifest: Object.fromEntries(
      management.profiles.map((profile) => [profile.identifier, { Description: profile.displayName, IsActive: true }]),
    ),
    ProfileMetadata: Object.fromEntries(
      management.profiles.map((profile) => [
        profile.identifier,
        {
          PayloadDescription: profile.description,
          PayloadDisplayName: profile.displayName,
          PayloadOrganization: profile.organization,
          PayloadRemovalDisallowed: profile.removalDisallowed,
          PayloadUUID: profile.uuid,
          PayloadVersion: 1,
          PayloadType: 'Configuration',
          ...(profile.payloads === undefined
            ? {}
            : { PayloadContent: profile.payloads.map((type) => ({ PayloadType: type })) }),
        },
      ]),
    ),
    Status: 'Acknowledged',
  };
}

/** MCInstall's GetCloudConfiguration: whether an organization supervises the phone. */
export function cloudConfiguration({ management }: SampleIphone): PlistDict {
  return {
    CloudConfiguration: {
      IsMDMUnremovable: !management.removable,
      IsSupervised: management.supervised,
      ...(management.organization === undefined ? {} : { OrganizationName: management.organization }),
    },
    Status: 'Acknowledged',
  };
}
