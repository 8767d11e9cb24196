import { askSample } from '../android/ask-sample.ts';
import { createSample, sampleProfiles } from '../../../../native/samples/android/profiles.ts';
import { scanPhone } from '../../../../native/android/reach/scan.ts';
import type { Capture } from '../../../../native/capture.ts';
import { PHOTOS } from './folder.ts';

export const sampleIds = sampleProfiles.map(({ id }) => id);

/** A scan of a sample phone that answers at once. */
export async function sampleCapture(profile = 'pixel-14'): Promise<Capture> {
  const phone = createSample(profile);
  return scanPhone(phone.serial, askSample(phone), { apps: [PHOTOS] });
}
