import type { Phone } from './phone.ts';
import { isKnown, type Leaf, type Reading } from './reading.ts';

/** A known value, or null. */
export const valueOf = <T>(leaf: Leaf<T> | undefined): T | null => (isKnown(leaf) ? leaf.value : null);

/** A phone as its own reading describes it; what the reading does not know keeps its former value. */
export function describePhone<P extends Phone>(phone: P, { identity }: Reading): P {
  return {
    ...phone,
    manufacturer: valueOf(identity.manufacturer) ?? phone.manufacturer,
    model: valueOf(identity.model) ?? phone.model,
    name: valueOf(identity.name) ?? phone.name,
    osVersion: valueOf(identity.osVersion) ?? phone.osVersion,
    build: valueOf(identity.build) ?? phone.build,
    securityPatch: valueOf(identity.securityPatch) ?? phone.securityPatch,
  };
}
