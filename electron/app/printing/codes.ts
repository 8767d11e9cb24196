import { toSVG } from 'bwip-js/generic';

/** Black on white and nothing else: a scanner reads it off the paper. As an SVG element that holds no text. */
const ink = { barcolor: '000000', backgroundcolor: 'FFFFFF', scale: 1 };

/**
 * Code 128 (ISO/IEC 15417), with the quiet zone of ten modules at either side. A module is one unit of the picture's own width.
 * `text`: ASCII. Throws on any other.
 */
export const barcodeSvg = (text: string): string =>
  // Bars may be as tall as there is room: only their widths say something.
  toSVG({ ...ink, bcid: 'code128', text, height: 8, paddingwidth: 10 }).replace(
    '<svg ',
    '<svg preserveAspectRatio="none" ',
  );

/** QR code (ISO/IEC 18004), with its quiet zone of four modules. */
export const qrSvg = (text: string): string => toSVG({ ...ink, bcid: 'qrcode', text, padding: 4 });
