import { ApplicationError } from '../program/problem.ts';

export interface PrintOptions {
  /** Stands in the file as the moment it was made (UTC, ISO 8601), so that the same document gives the same file. */
  madeAt: string;
  signal?: AbortSignal | undefined;
}

/**
 * Makes a PDF of a document that stands by itself and says how large its pages are (`@page` of CSS): nothing is loaded for it, and no
 * script of it runs. Each host brings the one it has: the desktop its own Chromium, the others one that is installed.
 */
export interface PdfPrinter {
  /** Throws `pdf-needs-chromium`, `pdf-not-made`. */
  print(html: string, options: PrintOptions): Promise<Uint8Array>;
}

/** A page is laid out in a second; a browser on a busy computer may need a while to start. */
export const printDeadlineMs = 30_000;

/** The Content-Security-Policy that a document is laid out under: nothing from elsewhere, no script, no form. */
export const paperPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

const otherWay = 'Save as HTML and print it from your browser.';

export const noChromium = (): ApplicationError =>
  new ApplicationError('pdf-needs-chromium', 'PDF needs Chromium or Chrome.', [otherWay]);

/** `why`: in a few words, for whoever looks into it. */
export const notMade = (why: string): ApplicationError =>
  new ApplicationError('pdf-not-made', `The PDF could not be made: ${why}`, [otherWay]);
