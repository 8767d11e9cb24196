import { unavailable } from '../../../unavailable.ts';
import type { PlistFields } from '../plist-fields.ts';
import { plistProbe } from '../probe-of.ts';

function nameOf(metadata: PlistFields, identifier: string): string {
  const name = metadata.inner(identifier).text('PayloadDisplayName');
  return typeof name === 'string' ? name : identifier;
}

/**
 * MCInstall's GetProfileList: names of the installed profiles, not what they forbid. A profile that its owner cannot remove
 * was put there by an organisation; without any profile nobody manages the phone.
 */
export const profiles = plistProbe({
  id: 'profiles',
  asked: 'scan',
  gives: { system: ['profiles', 'managed'] },
  command: () => ['configuration', 'get', 'GetProfileList'],
  read(fields) {
    if (fields.text('Status') !== 'Acknowledged') {
      const refused = unavailable('denied', 'The iPhone did not show its profiles.');
      return { system: { profiles: refused, managed: refused } };
    }
    const identifiers = fields.texts('OrderedIdentifiers');
    const metadata = fields.inner('ProfileMetadata');
    const locked = identifiers.some((id) => metadata.inner(id).bool('PayloadRemovalDisallowed') === true);
    const unclear = unavailable('missing', 'There are profiles, and the iPhone does not say who put them there.');
    return {
      system: {
        profiles: identifiers.map((identifier) => nameOf(metadata, identifier)),
        managed: locked || (identifiers.length === 0 ? false : unclear),
      },
    };
  },
});
