import { PlistUid, type PlistValue } from './plist.ts';
import { isPlistDict } from './plist-value.ts';

/**
 * The root object of a keyed archive (NSKeyedArchiver: `$objects`, and `$top.root` as an index into them), with the values
 * its own keys point to. null for anything else.
 */
export function archivedRoot(archive: PlistValue): PlistValue | null {
  if (!isPlistDict(archive)) return null;
  const { $objects: objects, $top: top } = archive;
  if (!Array.isArray(objects) || top === undefined || !isPlistDict(top)) return null;
  const follow = (value: PlistValue | undefined): PlistValue | null =>
    value instanceof PlistUid ? (objects[value.index] ?? null) : (value ?? null);
  const root = follow(top['root'] ?? Object.values(top)[0]);
  if (root === null || !isPlistDict(root)) return root;
  const entries = Object.entries(root).map(([key, value]) => [key, follow(value)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, PlistValue] => entry[1] !== null));
}
