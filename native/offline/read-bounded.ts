import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { fileTrouble } from './file-trouble.ts';

/** Opening a pipe waits for whoever writes into it, without this; Windows has neither. */
const openWithoutWaiting = constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK);

/**
 * A file that is small by its nature, whole. Throws what the system says, and `file-unreadable` for what is larger than it can be, or is
 * a pipe or a device: those may never end.
 */
export function readBounded(path: string, mostBytes: number): Buffer {
  const opened = openSync(path, openWithoutWaiting);
  try {
    const found = fstatSync(opened);
    if (!found.isFile()) throw fileTrouble('file-unreadable', path, 'it is no plain file');
    if (found.size > mostBytes) throw fileTrouble('file-unreadable', path, `it is larger than ${mostBytes} bytes`);
    return readFileSync(opened);
  } finally {
    closeSync(opened);
  }
}
