/** A file of a sample iPhone. Photos are filler: one byte, again and again. */
export interface SampleFile {
  /** `head`: what it begins with, before the filler. */
  readonly content: Uint8Array | { readonly fillerBytes: number; readonly filler?: number; readonly head?: Uint8Array };
  readonly modified: Date;
}

/** Files and folders as an iPhone's file service (AFC) shows them, by absolute path. */
export class FileTree {
  readonly #files = new Map<string, SampleFile>();
  readonly #folders = new Map<string, Set<string>>([['/', new Set()]]);

  /** Adds or replaces a file, with the folders above it. */
  addFile(path: string, content: SampleFile['content'] | string, modified: Date): void {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    this.#files.set(path, { content: bytes, modified });
    this.#enter(path);
  }

  addFolder(path: string): void {
    if (this.#folders.has(path)) return;
    this.#folders.set(path, new Set());
    this.#enter(path);
  }

  /** Removes a file or an empty folder; `false` when there is no such thing. */
  remove(path: string): boolean {
    const removed = this.#files.delete(path) || (this.#folders.get(path)?.size === 0 && this.#folders.delete(path));
    if (removed) this.#folders.get(parentOf(path))?.delete(nameOf(path));
    return removed;
  }

  file(path: string): SampleFile | undefined {
    return this.#files.get(path);
  }

  /** The names in a folder; `undefined` when the path is no folder. */
  folder(path: string): readonly string[] | undefined {
    const names = this.#folders.get(path);
    return names === undefined ? undefined : [...names];
  }

  #enter(path: string): void {
    const parent = parentOf(path);
    this.addFolder(parent);
    this.#folders.get(parent)?.add(nameOf(path));
  }
}

/** How many bytes a file has. */
export function fileSize({ content }: SampleFile): number {
  return content instanceof Uint8Array ? content.length : (content.head?.length ?? 0) + content.fillerBytes;
}

/** Bytes of a file from `offset` on, at most `length`; empty past its end. */
export function readFileAt(file: SampleFile, offset: number, length: number): Uint8Array {
  if (file.content instanceof Uint8Array) return file.content.subarray(offset, offset + length);
  const { filler = 0, head = new Uint8Array() } = file.content;
  const bytes = new Uint8Array(Math.max(0, Math.min(length, fileSize(file) - offset))).fill(filler);
  if (offset < head.length) bytes.set(head.subarray(offset, offset + bytes.length));
  return bytes;
}

/** The path an iPhone understands by a client's spelling: absolute, without empty parts, `.` or `..`. */
export function normalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
