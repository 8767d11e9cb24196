// `node --import …/program.ts out/main/main.js`: the program as it is built finds the stand-in where it imports `electron`. The process that
// has started it (`desktop-program.ts`) shows its pages in a real Chromium and answers for what people do.
import { mkdirSync, openSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import './network.ts';
import { app } from './app.ts';
import * as electron from './electron.ts';
import { pageAnswers, shownElsewhere, type ShownPages } from './page-elsewhere.ts';
import { peer } from './peer.ts';
import { pages } from './web-contents.ts';
import { argumentsOf } from './asked.ts';
import { choices } from './dialog.ts';

const standIn = new URL('./electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: standIn, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});

const home = process.env['PHONE_HEALTH_HOME'] ?? '';
const userData = join(home, 'electron');
mkdirSync(userData, { recursive: true });
app.setPath('userData', userData);
app.setPath('logs', join(userData, 'logs'));

/** A file that only the first can make; later ones leave their arguments beside it. */
const lock = join(userData, 'lock');
app.host = {
  end: (code) => process.exit(code),
  takeLock(onOther) {
    try {
      openSync(lock, 'wx');
    } catch {
      writeFileSync(join(userData, `second-${process.pid}`), JSON.stringify([process.argv, process.cwd()]));
      return false;
    }
    process.on('exit', () => rmSync(lock, { force: true }));
    const seen = new Set<string>();
    watch(userData, () => {
      for (const name of readdirSync(userData)) {
        if (!name.startsWith('second-') || seen.has(name)) continue;
        const text = readFileSync(join(userData, name), 'utf8');
        if (text === '') continue;
        seen.add(name);
        const [argv, folder] = JSON.parse(text) as [string[], string];
        onOther(argv, folder);
      }
    }).unref();
    return true;
  },
};

/** What can be cloned; of the rest, that there was something. */
function plain(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return typeof value;
  }
}

let shown: ShownPages;
const other = peer((message) => process.send?.(message), {
  ...pageAnswers(() => shown),
  asked: (what: string) => argumentsOf(what).map((args) => args.map(plain)),
  /** As Playwright has a function run in Electron's main process: its text, with Electron and what the stand-in knows. */
  evaluate: (text: string, arg: unknown): unknown => {
    const run = runInThisContext(`(${text})`) as (...args: unknown[]) => unknown;
    return run({ ...electron, choices }, arg);
  },
});
process.on('message', (message) => other.receive(message));
// Without whoever shows its pages it is nothing.
process.on('disconnect', () => process.exit(0));
shown = shownElsewhere(other);
pages.open = shown.open;

// As Electron: some time after the program's own first lines, which may register schemes and say where Chromium's profile is until then.
setTimeout(() => {
  const profile = app.getPath('userData');
  writeFileSync(join(profile, 'Local State'), '{}');
  if (profile !== userData) process.stderr.write(`stand-in: a profile in ${profile}\n`);
  app.becomeReady();
}, 50);
