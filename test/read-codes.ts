import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

// It would be asked for over the network.
const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer } });

/** The codes of a picture (a PNG, or pixels) as ZXing reads them, which drew none of them. */
export async function readCodes(
  picture: Parameters<typeof readBarcodes>[0],
): Promise<{ format: string; text: string }[]> {
  const read = await readBarcodes(picture, { tryHarder: true });
  return read.map(({ format, text }) => ({ format, text }));
}
