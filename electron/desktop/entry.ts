import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { bundledToolsVariable } from '../../native/bundled-tools.ts';
import { startOf } from './command-line.ts';
import { useOwnProfile } from './own-profile.ts';

/*
 * The installed program is two: the window, and with words behind its name the command line, which opens none (and has this very binary
 * print its papers). Which one it is, is decided before anything of either is loaded.
 */

if (app.isPackaged) {
  const tools = join(process.resourcesPath, 'tools');
  if (existsSync(tools)) process.env[bundledToolsVariable] = tools;
}

// In a checkout the first word is the folder of the program.
const before = app.isPackaged ? 1 : 2;
const start = startOf(process.argv.slice(before));

async function runCommandLine(given: readonly string[]): Promise<void> {
  const [program = '', ...others] = process.argv;
  process.argv = [program, 'phone-health', ...given];
  app.dock?.hide();
  // The end of the session reaches Electron first; commands come to theirs by the signal.
  app.on('before-quit', (event) => {
    event.preventDefault();
    process.emit('SIGTERM');
  });
  await app.whenReady();
  const [{ useWorkerProcesses }, { startUtilityProcess }, { commandPrinter }] = await Promise.all([
    import('../../native/worker-process.ts'),
    import('./utility-worker.ts'),
    import('./paper-process.ts'),
  ]);
  useWorkerProcesses(startUtilityProcess);
  const { runHere } = await import('../terminal/run-here.ts');
  const { env, platform } = process;
  await runHere(commandPrinter({ env, platform, program: process.execPath, before: others.slice(0, before - 1) }));
  // What was written last may still be on its way.
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise<void>((resolve) => {
      stream.write('', () => resolve());
    });
  }
  app.exit(Number(process.exitCode ?? 0));
}

switch (start.is) {
  case 'window':
    await import('./main.ts');
    break;
  case 'command':
    useOwnProfile(app);
    // Not waited for: Electron is not ready before this file has been run to its end.
    runCommandLine(start.words).catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      app.exit(3);
    });
    break;
  case 'paper': {
    useOwnProfile(app);
    app.dock?.hide();
    const { printPaper } = await import('./paper.ts');
    void printPaper(start.madeAt);
  }
}
