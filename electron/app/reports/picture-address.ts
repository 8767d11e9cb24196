/** An SVG picture as an address that holds it: nothing is fetched. */
export const pictureAddress = (svg: string): string =>
  `data:image/svg+xml;base64,${Buffer.from(svg, 'utf8').toString('base64')}`;
