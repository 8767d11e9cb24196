import {
  fileSize,
  normalPath,
  readFileAt,
  type FileTree,
  type SampleFile,
} from '../../../../native/samples/ios/file-tree.ts';
import type { ByteChannel } from '../byte-channel.ts';
import type { SimulatedIphone } from '../simulated-iphone.ts';
import {
  operation,
  readAfcRequest,
  writeAfcAnswer,
  type AfcAnswer,
  type AfcRequest,
  type AfcStatus,
} from './afc-protocol.ts';

/** Serves files; `onRemove` hears of each path that a client has removed. */
export async function serveAfc(
  channel: ByteChannel,
  phone: SimulatedIphone,
  tree: FileTree,
  onRemove?: (path: string) => void,
): Promise<void> {
  const connection = new AfcConnection(phone, tree, onRemove);
  for (;;) {
    const request = await readAfcRequest(channel);
    await phone.think();
    const answer = connection.answer(request);
    if (connection.isUnplugDue(answer)) phone.pullCable();
    if (request.operation === operation.fileRead && answer.kind === 'data') await phone.transfer(answer.data.length);
    await writeAfcAnswer(channel, request.number, answer);
  }
}

interface OpenFile {
  readonly file: SampleFile;
  position: number;
}

const maxReadBytes = 4 * 1024 * 1024;
const seekFrom = { start: 0n, current: 1n, end: 2n } as const;

class AfcConnection {
  readonly #phone: SimulatedIphone;
  readonly #tree: FileTree;
  readonly #onRemove: ((path: string) => void) | undefined;
  readonly #open = new Map<number, OpenFile>();
  #nextHandle = 1;

  constructor(phone: SimulatedIphone, tree: FileTree, onRemove: ((path: string) => void) | undefined) {
    this.#phone = phone;
    this.#tree = tree;
    this.#onRemove = onRemove;
  }

  answer(request: AfcRequest): AfcAnswer {
    const args = request.arguments;
    switch (request.operation) {
      case operation.deviceInfo:
        return this.#deviceInfo();
      case operation.readDirectory:
        return this.#atPath(args, 0, (path) => this.#readDirectory(path));
      case operation.fileInfo:
        return this.#atPath(args, 0, (path) => this.#fileInfo(path));
      case operation.fileOpen:
        return this.#atPath(args, 8, (path) => this.#openFile(path, args.readBigUInt64LE(0)));
      case operation.fileRead:
        return this.#withFile(args, 16, (open) => this.#read(open, Number(args.readBigUInt64LE(8))));
      case operation.fileSeek:
        return this.#withFile(args, 24, (open) => seek(open, args.readBigUInt64LE(8), args.readBigInt64LE(16)));
      case operation.fileTell:
        return this.#withFile(args, 8, (open) => ({ kind: 'position', position: open.position }));
      case operation.fileLock:
        return this.#withFile(args, 8, () => status('SUCCESS'));
      case operation.fileClose:
        return this.#close(args);
      case operation.removePath:
        return this.#atPath(args, 0, (path) => this.#remove(path));
      default:
        return this.#refuseChange(request);
    }
  }

  /** True once the fault's number of file bytes is passed; the answer at hand then never arrives. */
  isUnplugDue(answer: AfcAnswer): boolean {
    const limit = this.#phone.faults.unplugAfterFileBytes;
    return limit !== undefined && answer.kind === 'data' && this.#phone.sentFileBytes > limit;
  }

  #deviceInfo(): AfcAnswer {
    const { identity, storage } = this.#phone.model;
    return pairs({
      Model: identity.productType,
      FSTotalBytes: storage.dataBytes,
      FSFreeBytes: storage.freeBytes + storage.purgeableBytes,
      FSBlockSize: 4096,
    });
  }

  #readDirectory(path: string): AfcAnswer {
    const names = this.#tree.folder(path);
    if (names === undefined) return status(this.#tree.file(path) ? 'READ_ERROR' : 'OBJECT_NOT_FOUND');
    return { kind: 'data', data: nulTerminated(['.', '..', ...names]) };
  }

  #fileInfo(path: string): AfcAnswer {
    const file = this.#tree.file(path);
    const folder = this.#tree.folder(path);
    if (file === undefined && folder === undefined) return status('OBJECT_NOT_FOUND');
    const size = file === undefined ? 64 * ((folder?.length ?? 0) + 2) : fileSize(file);
    const nanoseconds = BigInt(file?.modified.getTime() ?? 0) * 1_000_000n;
    return pairs({
      st_size: size,
      st_blocks: Math.ceil(size / 512),
      st_nlink: file === undefined ? (folder?.length ?? 0) + 2 : 1,
      st_ifmt: file === undefined ? 'S_IFDIR' : 'S_IFREG',
      st_mtime: nanoseconds,
      st_birthtime: nanoseconds,
      ...this.#phone.faults.afcInfos.get(path),
    });
  }

  #openFile(path: string, mode: bigint): AfcAnswer {
    const readOnly = 1n;
    if (mode !== readOnly) this.#phone.changes.push(`open ${path} for writing`);
    if (this.#tree.folder(path) !== undefined) return status('OBJECT_IS_DIR');
    const file = this.#tree.file(path);
    if (file === undefined) return status(mode === readOnly ? 'OBJECT_NOT_FOUND' : 'PERM_DENIED');
    const handle = this.#nextHandle;
    this.#nextHandle += 1;
    this.#open.set(handle, { file, position: 0 });
    return { kind: 'handle', handle };
  }

  #read(open: OpenFile, length: number): AfcAnswer {
    const data = readFileAt(open.file, open.position, Math.min(length, maxReadBytes));
    open.position += data.length;
    this.#phone.sentFileBytes += data.length;
    return { kind: 'data', data };
  }

  #close(args: Buffer): AfcAnswer {
    const closed = args.length >= 8 && this.#open.delete(Number(args.readBigUInt64LE(0)));
    return status(closed ? 'SUCCESS' : 'INVALID_ARG');
  }

  #remove(path: string): AfcAnswer {
    this.#phone.changes.push(`remove ${path}`);
    if ((this.#tree.folder(path)?.length ?? 0) > 0) return status('DIR_NOT_EMPTY');
    if (this.#onRemove === undefined) return status('PERM_DENIED');
    if (!this.#tree.remove(path)) return status('OBJECT_NOT_FOUND');
    this.#onRemove(path);
    return status('SUCCESS');
  }

  /** The model is not written to from outside; that somebody tried is kept. */
  #refuseChange(request: AfcRequest): AfcAnswer {
    this.#phone.changes.push(`AFC operation ${request.operation}`);
    return status('OP_NOT_SUPPORTED');
  }

  /** Runs an operation on the path that its arguments end with, unless a fault lies on that path. */
  #atPath(args: Buffer, offset: number, run: (path: string) => AfcAnswer): AfcAnswer {
    if (args.length <= offset) return status('INVALID_ARG');
    const end = args.indexOf(0, offset);
    const path = normalPath(args.toString('utf8', offset, end < 0 ? args.length : end));
    const injected = this.#phone.faults.afcErrorFor(path);
    return injected === undefined ? run(path) : status(injected);
  }

  #withFile(args: Buffer, length: number, run: (open: OpenFile) => AfcAnswer): AfcAnswer {
    const open = args.length < length ? undefined : this.#open.get(Number(args.readBigUInt64LE(0)));
    return open === undefined ? status('INVALID_ARG') : run(open);
  }
}

function seek(open: OpenFile, whence: bigint, offset: bigint): AfcAnswer {
  const origins = new Map([
    [seekFrom.start, 0],
    [seekFrom.current, open.position],
    [seekFrom.end, fileSize(open.file)],
  ]);
  const origin = origins.get(whence as 0n | 1n | 2n);
  const position = (origin ?? 0) + Number(offset);
  if (origin === undefined || position < 0) return status('INVALID_ARG');
  open.position = position;
  return status('SUCCESS');
}

function status(name: AfcStatus): AfcAnswer {
  return { kind: 'status', status: name };
}

/** Keys and values, each ended by a zero byte. */
function pairs(values: Record<string, string | number | bigint>): AfcAnswer {
  return { kind: 'data', data: nulTerminated(Object.entries(values).flatMap(([key, value]) => [key, String(value)])) };
}

function nulTerminated(texts: readonly string[]): Uint8Array {
  return Buffer.from(texts.map((text) => `${text}\0`).join(''));
}
