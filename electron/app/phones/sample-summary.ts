/** A sample phone that can be tried. */
export interface SampleSummary {
  id: string;
  title: string;
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
