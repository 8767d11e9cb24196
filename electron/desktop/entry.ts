import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { bundledToolsVariable } from '../../native/bundled-tools.ts';
import { commandLineIn } from './command-line.ts';

/*
 * The installed program is two: the window, and with words behind its name the command line, which opens none. Which one it is, is decided
 * before anything of either is loaded.
 */

if (app.isPackaged) {
  const tools = join(process.resourcesPath, 'tools');
  if (existsSync(tools)) process.env[bundledToolsVariable] = tools;
}

// In a checkout the first word is the folder of the program.
const words = commandLineIn(process.argv.slice(app.isPackaged ? 1 : 2));

async function runCommandLine(given: readonly string[]): Promise<void> {
  const [program = ''] = process.argv;
  process.argv = [program, 'phone-health', ...given];
  app.dock?.hide();
  // The end of the session reaches Electron first; commands come to theirs by the signal.
  app.on('before-quit', (event) => {
    event.preventDefault();
    process.emit('SIGTERM');
  });
  await app.whenReady();
  const [{ useWorkerProcesses }, { startUtilityProcess }] = await Promise.all([
    import('../../native/worker-process.ts'),
    import('./utility-worker.ts'),
  ]);
  useWorkerProcesses(startUtilityProcess);
  await import('../terminal/main.ts');
  // What was written last may still be on its way.
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise<void>((resolve) => {
      stream.write('', () => resolve());
    });
  }
  app.exit(Number(process.exitCode ?? 0));
}

if (words === null) await import('./main.ts');
else {
  // Not waited for: Electron is not ready before this file has been run to its end.
  runCommandLine(words).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    app.exit(3);
  });
}
