/** `D:20261128153000+00'00'` (PDF 32000-1, 7.9.4), as Skia writes it; both are as long. */
const date = /\/(CreationDate|ModDate) \(D:\d{14}\+00'00'\)/g;

/**
 * A PDF of Chromium with another moment in it, so that the same page gives the same file. Every byte stays at its place: the file's own
 * table of places counts them.
 */
export function datedPdf(bytes: Uint8Array, madeAt: string): Uint8Array {
  const stamp = new Date(madeAt).toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const text = Buffer.from(bytes).toString('latin1');
  return Buffer.from(
    text.replaceAll(date, (_whole, name: string) => `/${name} (D:${stamp}+00'00')`),
    'latin1',
  );
}
