import type { PdfPrinter } from '../app/printing/pdf-printer.ts';
import { exitCode } from './exit-code.ts';
import { lostOutput, tellProblem } from './output.ts';
import { runTerminal } from './run-terminal.ts';

const secondAfterMs = { SIGINT: 500, SIGTERM: 5_000, SIGHUP: 5_000 };

/**
 * Runs the command line of this process to its end, and leaves its exit code in it. `pdfPrinter`: that of the host; else a browser that is
 * installed.
 */
export async function runHere(pdfPrinter?: PdfPrinter): Promise<void> {
  /**
   * Ctrl-C, and the end of whoever started this, end a wait in good order; a second one ends the program. One that comes soon is the same,
   * passed on by the launcher.
   */
  const interrupted = new AbortController();
  let interruptedAt = 0;
  for (const [signal, afterMs] of Object.entries(secondAfterMs)) {
    process.on(signal, () => {
      if (!interrupted.signal.aborted) interruptedAt = performance.now();
      else if (performance.now() - interruptedAt > afterMs) process.exit(130);
      interrupted.abort();
    });
  }
  let outputLost = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that closes early, such as head, is no failure: the work goes on, and the exit code is the same.
    if (error.code === 'EPIPE' || outputLost) return;
    outputLost = true;
    tellProblem(lostOutput(error.code ?? error.message));
    process.exitCode = exitCode.unreadable;
  });

  // Whoever reads the messages no more, or has no room for them, has not stopped the work: a correction is brought to its end.
  process.stderr.on('error', () => undefined);

  const ended = await runTerminal({
    argv: process.argv.slice(2),
    env: process.env,
    signal: interrupted.signal,
    terminal: process,
    pdfPrinter,
  });
  // Who has not got the answer is not told by the exit code that there is one.
  process.exitCode = outputLost ? exitCode.unreadable : ended;
}
