/** A sample phone that can be tried. */
export interface SampleSummary {
  id: string;
  title: string;
  platform: 'android' | 'ios';
}
