import { existsSync, readFileSync } from 'node:fs';
import type { NativeImage, Size } from 'electron';

type Offered = Pick<
  NativeImage,
  | 'isEmpty'
  | 'getSize'
  | 'setTemplateImage'
  | 'isTemplateImage'
  | 'toPNG'
  | 'toDataURL'
  | 'addRepresentation'
  | 'getScaleFactors'
>;

/** A picture: its bytes, and for a PNG its size, which stands behind its first chunk's name (PNG, section 11.2.1). */
export class StandInImage implements Offered {
  bytes: Buffer;
  readonly #scales = new Map<number, Size>();
  #template = false;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  isEmpty(): boolean {
    return this.bytes.length === 0;
  }

  getSize(): Size {
    const isPng = this.bytes.subarray(1, 4).toString('latin1') === 'PNG';
    return isPng
      ? { width: this.bytes.readUInt32BE(16), height: this.bytes.readUInt32BE(20) }
      : { width: 0, height: 0 };
  }

  addRepresentation({ scaleFactor = 1, dataURL = '' }: Parameters<NativeImage['addRepresentation']>[0]): void {
    const one = nativeImage.createFromDataURL(dataURL);
    if (this.isEmpty()) this.bytes = one.bytes;
    this.#scales.set(scaleFactor, one.getSize());
  }

  getScaleFactors(): number[] {
    return [...this.#scales.keys()];
  }

  /** In pixels, of the picture for this kind of screen. */
  pixels(scaleFactor: number): Size | undefined {
    return this.#scales.get(scaleFactor);
  }

  resize(): StandInImage {
    return this;
  }

  setTemplateImage(option: boolean): void {
    this.#template = option;
  }

  isTemplateImage(): boolean {
    return this.#template;
  }

  toPNG(): Buffer {
    return this.bytes;
  }

  toDataURL(): string {
    return `data:image/png;base64,${this.bytes.toString('base64')}`;
  }
}

export const nativeImage = {
  createEmpty: () => new StandInImage(Buffer.alloc(0)),
  createFromBuffer: (bytes: Buffer) => new StandInImage(bytes),
  /** As Electron: an empty image where there is no such file. */
  createFromPath: (path: string) => new StandInImage(existsSync(path) ? readFileSync(path) : Buffer.alloc(0)),
  createFromDataURL: (url: string) => new StandInImage(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')),
};
