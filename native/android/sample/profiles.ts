import { SamplePhone } from './sample-phone.ts';
import type { SampleBuild, SampleState } from './state.ts';
import { healthyState } from './profiles/healthy.ts';
import { PIXEL_14, saversOn } from './profiles/pixel.ts';

/** A sample phone that can be tried, or taken apart in a test. */
export interface SampleProfile {
  readonly id: string;
  /** For people, e.g. "Pixel 8, Android 14: battery saver and Data Saver". */
  readonly title: string;
  /** A new phone with this profile's trouble. */
  create(): SamplePhone;
}

interface ProfileSource {
  readonly id: string;
  readonly title: string;
  readonly build: SampleBuild;
  /** What the maker does differently on a healthy phone. */
  readonly skin?: (state: SampleState) => void;
  readonly trouble: (state: SampleState) => void;
}

const SOURCES: readonly ProfileSource[] = [
  { id: 'pixel-14', title: 'Pixel 8, Android 14: battery saver and Data Saver', build: PIXEL_14, trouble: saversOn },
];

/** Every sample phone, each with its trouble. */
export const sampleProfiles: readonly SampleProfile[] = SOURCES.map(({ id, title }) => ({
  id,
  title,
  create: () => createSample(id),
}));

/**
 * A sample phone by its profile's id: with the profile's trouble, or the same phone healthy. The serial is
 * `sample-<id>` unless given. Throws a RangeError for an unknown id.
 */
export function createSample(profileId: string, options: { healthy?: boolean; serial?: string } = {}): SamplePhone {
  const source = SOURCES.find(({ id }) => id === profileId);
  if (!source) throw new RangeError(`There is no sample phone "${profileId}"`);
  const state = healthyState(options.serial ?? `sample-${profileId}`, structuredClone(source.build));
  source.skin?.(state);
  if (options.healthy !== true) source.trouble(state);
  return new SamplePhone(state);
}
