import { endWithParent } from '../../../native/end-with-parent.ts';

/** A reader that is held in one call for ever, as by a statement of SQLite. */
endWithParent();
process.send?.(process.pid);
setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 50);
