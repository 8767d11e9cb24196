import { fileURLToPath } from 'node:url';
import { app, dialog } from 'electron';
import { useWorkerProcesses } from '../../native/worker-process.ts';
import { Application } from '../app/application.ts';
import { dataFolder } from '../app/program/data-folder.ts';
import { LogFile } from '../app/program/log-file.ts';
import { problemOf } from '../app/program/problem.ts';
import { readWindowFiles } from '../browser/window-files.ts';
import { isStartedHidden } from './autostart.ts';
import { Desktop } from './desktop.ts';
import { systemKeychain } from './keychain.ts';
import { openedIn, OpenedThings } from './opened-things.ts';
import { requireSandbox } from './sandbox.ts';
import { closePages, registerWindowScheme, serveWindowFiles } from './serve-window.ts';
import { whyNoTray } from './tray-place.ts';
import { startUtilityProcess } from './utility-worker.ts';
import { windowPrinter } from './window-printer.ts';

// Whoever has read what it writes may be gone: a terminal that was closed ends nothing, and the log file has it too.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

/** Put there by vite.config.ts. */
const windowFolder = new URL('../renderer/', import.meta.url);

registerWindowScheme();

/** What the system gives it to open, also before there is a window: macOS tells it before the program is ready. */
const opened = new OpenedThings();
/** The program itself stands before its words, and in front of it Electron with words of its own, where it is run from its sources. */
function wordsOf(argv: readonly string[]): string[] {
  if (app.isPackaged) return argv.slice(1);
  const program = argv.indexOf(app.getAppPath());
  return argv.slice(program === -1 ? 2 : program + 1);
}

app.on('open-file', (event, path) => {
  event.preventDefault();
  opened.add([{ type: 'file', path }]);
});
app.on('open-url', (event, url) => {
  event.preventDefault();
  opened.add(openedIn([url], process.cwd()));
});

let desktop: Desktop | null = null;
/** Somebody has started it once more before there was anything to show. */
let isCalledFor = false;
app.on('second-instance', (_event, argv, folder) => {
  isCalledFor = true;
  opened.add(openedIn(wordsOf(argv), folder));
  desktop?.window.show();
});

async function run(): Promise<void> {
  requireSandbox(app);
  closePages();
  await app.whenReady();
  const words = wordsOf(process.argv);
  const isHidden = isStartedHidden(words, process, app);
  // Asked while the rest begins.
  const noTray = whyNoTray({ platform: process.platform, env: process.env, isHidden });
  useWorkerProcesses(startUtilityProcess);
  serveWindowFiles(await readWindowFiles(fileURLToPath(windowFolder)));
  const logFile = new LogFile(dataFolder(process.env));
  const application = new Application({
    env: process.env,
    log(line) {
      process.stderr.write(`${line}\n`);
      logFile.add(line, new Date());
    },
    pdfPrinter: windowPrinter,
    keychain: systemKeychain,
    checksStore: true,
  });
  opened.add(openedIn(words, process.cwd()));
  desktop = new Desktop(application, opened, process, await noTray);
  if (!isCalledFor && isHidden && desktop.goesOnWithoutWindow) return;
  // What was given to open has opened it already.
  if (desktop.window.now === null) await desktop.window.open();
}

if (app.requestSingleInstanceLock()) {
  run().catch(async (error: unknown) => {
    const { message, steps } = problemOf(error);
    // Before, Linux has no box: it would stand on standard error, where nobody looks.
    await app.whenReady();
    dialog.showErrorBox('Phone Health Inspector cannot start', [message, ...steps].join('\n'));
    app.exit(3);
  });
} else {
  app.quit();
}
