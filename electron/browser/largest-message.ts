/** Of what a window sends at once, in bytes: its requests are a few hundred, a shop's logo is the largest. */
export const largestMessage = 256 * 1024;
