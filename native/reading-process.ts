import { readAndroid } from './android/read/read.ts';
import type { Capture } from './capture.ts';
import { endWithParent } from './end-with-parent.ts';
import { readIos } from './ios/read/read.ts';
import type { FromReadingProcess } from './read-capture.ts';
import { workerStarter } from './worker-starter.ts';

/**
 * The process that reads one large capture: whatever is in it (lines without end, structures that take all of the memory), the program
 * that shows the other phones goes on, and ends this process also in the middle of a loop.
 */

const starter = workerStarter();
const send = (message: FromReadingProcess, then?: () => void): void => starter.tell(message, then);

endWithParent();
// Ctrl-C reaches every process of a terminal; the parent decides what it means.
process.on('SIGINT', () => undefined);

const readers = { android: readAndroid, ios: readIos };

starter.onMessage((message) => {
  // Its parent made it, of answers of which nothing is believed.
  const capture = message as Capture;
  const reading = readers[capture.platform](capture, (key) => send({ kind: 'step', key }));
  send({ kind: 'read', reading }, () => starter.leave());
});
