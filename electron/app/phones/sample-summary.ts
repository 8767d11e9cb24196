/** A sample phone that can be tried. */
export interface SampleSummary {
  id: string;
  /** Its model, and the version of its system: `Pixel 8, Android 14`. */
  phone: string;
  /** What is the matter with it, as a sentence: `Battery saver, Data Saver`. */
  matter: string;
  platform: 'android' | 'ios';
  /** One of the few that are offered first. */
  first: boolean;
}

/** A phone that this computer corrects, one whose questions find it, two whose owner does the work, and two iPhones. */
export const firstSamples: ReadonlySet<string> = new Set([
  'pixel-14',
  'pixel-9',
  'samsung-14',
  'xiaomi-14',
  'healthy',
  'low-power',
]);

/** Of `Pixel 8, Android 14: battery saver, Data Saver` the phone, and what is the matter with it. */
export function partsOf(title: string): { phone: string; matter: string } {
  const [phone = '', ...rest] = title.split(': ');
  const matter = rest.join(': ');
  // What begins small because it is a name, as iCloud, stays so.
  return { phone, matter: /^[a-z][A-Z]/.test(matter) ? matter : matter.charAt(0).toUpperCase() + matter.slice(1) };
}
