import { text } from 'node:stream/consumers';
import { app } from 'electron';
import { problemOf } from '../app/program/problem.ts';
import { failureMark } from './paper-process.ts';
import { requireSandbox } from './sandbox.ts';
import { closePages, registerWindowScheme } from './serve-window.ts';
import { windowPrinter } from './window-printer.ts';

registerWindowScheme();
// The last window that is closed would end the program, before the paper is written.
app.on('window-all-closed', () => undefined);

/** Prints the document on standard input to standard output, and ends. */
export async function printPaper(madeAt: string): Promise<void> {
  try {
    requireSandbox(app);
    closePages();
    await app.whenReady();
    const pdf = await windowPrinter.print(await text(process.stdin), { madeAt });
    await new Promise<void>((resolve, reject) => {
      process.stdout.write(pdf, (error) => (error ? reject(error) : resolve()));
    });
    app.exit(0);
  } catch (error) {
    process.stderr.write(`${failureMark}${problemOf(error).message}\n`, () => app.exit(3));
  }
}
