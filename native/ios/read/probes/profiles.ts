import { unavailable, type Unavailable } from '../../../unavailable.ts';
import type { PlistFields } from '../plist-fields.ts';
import { isPlistDict, type PlistValue } from '../plist-value.ts';
import { plistProbe } from '../probe-of.ts';

function nameOf(metadata: PlistFields, identifier: string): string {
  const name = metadata.inner(identifier).text('PayloadDisplayName');
  return typeof name === 'string' ? name : identifier;
}

/** Profiles nest their payloads two deep; nothing deeper is looked at. */
const deepest = 6;

/** Every payload type within what is told of a profile, wherever it is nested. The type of the profile itself says nothing. */
function payloadTypes(value: PlistValue | undefined, depth = 0): string[] {
  if (value === undefined || depth > deepest) return [];
  if (Array.isArray(value)) return value.flatMap((item) => payloadTypes(item, depth + 1));
  if (!isPlistDict(value)) return [];
  const { PayloadType: type, PayloadTypes: types } = value;
  const named = [type, ...(Array.isArray(types) ? types : [])].filter((one) => typeof one === 'string');
  const inner = Object.values(value).flatMap((item) => payloadTypes(item, depth + 1));
  return [...named.filter((one) => one !== 'Configuration'), ...inner];
}

function payloadsOf(fields: PlistFields, identifiers: readonly string[]): string[] | Unavailable {
  const known = identifiers.map((id) =>
    ['ProfileMetadata', 'ProfileManifest'].flatMap((list) => payloadTypes(fields.inner(list).dict[id])),
  );
  if (known.every((types) => types.length === 0)) {
    return unavailable('missing', 'The iPhone does not say what its profiles set.');
  }
  return [...new Set(known.flat())].toSorted();
}

/**
 * MCInstall's GetProfileList: names of the installed profiles, not what they forbid. A profile that its owner cannot remove
 * was put there by an organisation; without any profile nobody manages the phone.
 */
export const profiles = plistProbe({
  id: 'profiles',
  asked: 'scan',
  gives: { system: ['profiles', 'profilePayloads', 'managed'] },
  command: () => ['configuration', 'get', 'GetProfileList'],
  read(fields) {
    if (fields.text('Status') !== 'Acknowledged') {
      const refused = unavailable('denied', 'The iPhone did not show its profiles.');
      return { system: { profiles: refused, profilePayloads: refused, managed: refused } };
    }
    const identifiers = fields.texts('OrderedIdentifiers');
    const metadata = fields.inner('ProfileMetadata');
    const locked = identifiers.some((id) => metadata.inner(id).bool('PayloadRemovalDisallowed') === true);
    const unclear = unavailable('missing', 'There are profiles, and the iPhone does not say who put them there.');
    return {
      system: {
        profiles: identifiers.map((identifier) => nameOf(metadata, identifier)),
        profilePayloads: identifiers.length === 0 ? [] : payloadsOf(fields, identifiers),
        managed: locked || (identifiers.length === 0 ? false : unclear),
      },
    };
  },
});
