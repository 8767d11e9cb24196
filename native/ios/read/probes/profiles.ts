import { unavailable, Unavailable } from '../../../unavailable.ts';
import { isUnparsed, type PlistFields } from '../plist-fields.ts';
import { isPlistDict, type PlistValue } from '../plist-value.ts';
import { plistProbe } from '../probe-of.ts';

/** A profile without a name is shown by its identifier. */
function nameOf(metadata: PlistFields, identifier: string): string | Unavailable {
  if (!metadata.has(identifier)) return identifier;
  const profile = metadata.dictionary(identifier);
  if (profile instanceof Unavailable) return profile;
  return profile.has('PayloadDisplayName') ? profile.text('PayloadDisplayName') : identifier;
}

function namesOf(metadata: PlistFields, identifiers: readonly string[]): string[] | Unavailable {
  const names = identifiers.map((identifier) => nameOf(metadata, identifier));
  return names.find(isUnparsed) ?? names.filter((name) => typeof name === 'string');
}

/** Profiles nest their payloads two deep; nothing deeper is looked at. */
const deepest = 6;

const unreadType = unavailable('unparsed', 'A kind of payload is of an unknown type.');

/** Every payload type within what is told of a profile, wherever it is nested. The type of the profile itself says nothing. */
function payloadTypes(value: PlistValue | undefined, depth = 0): (string | Unavailable)[] {
  if (value === undefined || depth > deepest) return [];
  if (Array.isArray(value)) return value.flatMap((item) => payloadTypes(item, depth + 1));
  if (!isPlistDict(value)) return [];
  const { PayloadType: type, PayloadTypes: types = [] } = value;
  const told = [...(type === undefined ? [] : [type]), ...(Array.isArray(types) ? types : [types])];
  const named = told.map((one) => (typeof one === 'string' ? one : unreadType));
  const inner = Object.values(value).flatMap((item) => payloadTypes(item, depth + 1));
  return [...named.filter((one) => one !== 'Configuration'), ...inner];
}

/** What is told of one profile in one of the two lists; a list or a profile of another type may hide any payload. */
function payloadsIn(fields: PlistFields, list: string, identifier: string): (string | Unavailable)[] {
  if (!fields.has(list)) return [];
  const profiles = fields.dictionary(list);
  if (profiles instanceof Unavailable) return [profiles];
  if (!profiles.has(identifier)) return [];
  const profile = profiles.dictionary(identifier);
  return profile instanceof Unavailable ? [profile] : payloadTypes(profile.dict);
}

function payloadsOf(fields: PlistFields, identifiers: readonly string[]): string[] | Unavailable {
  const known = identifiers.flatMap((id) =>
    ['ProfileMetadata', 'ProfileManifest'].flatMap((list) => payloadsIn(fields, list, id)),
  );
  if (known.length === 0) return unavailable('missing', 'The iPhone does not say what its profiles set.');
  return known.find(isUnparsed) ?? [...new Set(known.filter((type) => typeof type === 'string'))].toSorted();
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
    // Written without any profile too, as an empty list: without it nothing is known of the profiles.
    const identifiers = fields.texts('OrderedIdentifiers');
    if (identifiers instanceof Unavailable) {
      return { system: { profiles: identifiers, profilePayloads: identifiers, managed: identifiers } };
    }
    const told = fields.dictionary('ProfileMetadata');
    const metadata = fields.inner('ProfileMetadata');
    const locked = identifiers.some((id) => metadata.inner(id).bool('PayloadRemovalDisallowed') === true);
    const unclear = unavailable('missing', 'There are profiles, and the iPhone does not say who put them there.');
    return {
      system: {
        profiles: isUnparsed(told) ? told : namesOf(metadata, identifiers),
        profilePayloads: identifiers.length === 0 ? [] : payloadsOf(fields, identifiers),
        managed: locked || (identifiers.length === 0 ? false : unclear),
      },
    };
  },
});
