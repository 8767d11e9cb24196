import { join } from 'node:path';
import { builds } from './builds.mjs';
import { electron, whyNoDesktop, whyNoElectron } from './desktop.mjs';
import { endWithStarters } from './parents.mjs';
import { lint, run, runBeside, runTools, tool, types } from './development-tools.mjs';
import { root, runsOnPinnedNode } from './places.mjs';
import { say, setUp } from './setup.mjs';
import { androidSimulation, everyTool, iphoneReaders, readers, testTools } from './system-tools.mjs';

const at = (...path) => join(root, ...path);
const commandLine = builds.program.makes;

/** What changes a phone, or what is kept, is brought to its end; all else ends when whoever waits for it is gone. */
const changing = ['fix', 'undo', 'finish', 'forget', 'backup', 'restore'];

const withElectron = (program) => async (args) => {
  const reason = await whyNoElectron();
  const without = reason === null ? [] : ['--without-electron', reason];
  return goOnAs(at('build', 'package', program), [...args, ...without], false);
};

/**
 * What each command needs and then runs: a program (its arguments follow), or development tools, one after the other or `beside` each
 * other. `tools` of the system are told where they are missing; where they are `required`, the command does not run without them. What
 * is `lasting` goes on until it is ended, and ends with what started it; any other command comes to its own end.
 */
const commands = {
  start: { lasting: () => true, tools: readers, needs: ['window', 'program'], program: openWindow },
  cli: {
    lasting: (args) => !changing.some((word) => args.includes(word)),
    tools: readers,
    needs: (args) => (args.includes('serve') ? ['window', 'program'] : ['program']),
    program: commandLine,
  },
  dev: {
    lasting: () => true,
    tools: readers,
    program: at('electron', 'terminal', 'main.ts'),
    args: ['serve', '--dev'],
  },
  test: { tools: testTools, required: true, needs: ['window', 'program'], program: at('build', 'test.mjs') },
  'test:device': { tools: readers, program: at('test', 'device', 'command.ts') },
  'test:desktop': { needs: ['window', 'program'], program: testDesktop },
  bench: { tools: everyTool, required: true, needs: ['window', 'program'], program: at('test', 'bench', 'main.ts') },
  'simulate:android': {
    tools: androidSimulation,
    required: true,
    lasting: () => true,
    program: at('test', 'phones', 'android', 'main.ts'),
  },
  'simulate:iphone': { lasting: () => true, tools: iphoneReaders, program: at('test', 'phones', 'ios', 'main.ts') },
  build: { needs: ['window', 'program'], rebuild: true },
  check: { beside: [...types, ...lint, tool('vitest', 'vitest', 'run', '--project', 'unit')] },
  package: { needs: ['window', 'program'], program: withElectron('command.ts') },
  'package:start': { program: withElectron('start-command.ts') },
  sbom: { program: withElectron('sbom.ts') },
  manifests: { program: at('build', 'package', 'release-command.ts') },
  'package:tools': { program: at('build', 'package', 'tools-command.ts') },
  gallery: { lasting: () => true, program: at('test', 'window', 'gallery', 'command.ts') },
  pictures: { needs: ['window', 'program'], program: at('test', 'window', 'pictures.ts') },
  words: { program: at('build', 'words', 'update.ts') },
  types: { run: types },
  lint: { run: lint },
  format: { run: [tool('prettier', 'prettier', '--write', '--log-level', 'warn', '.')] },
};

/** Goes on as another program: in this process where it is the pinned Node already. */
async function goOnAs(program, args, lasting) {
  const enter = at('build', 'enter.mjs');
  if (!runsOnPinnedNode()) return run([enter, ...(lasting ? ['--lasting'] : []), program, ...args]);
  process.argv.splice(1, process.argv.length - 1, enter, program, ...args);
  await import('./enter.mjs');
  return null;
}

async function openWindow(args) {
  const reason = await whyNoDesktop();
  if (reason === null) return run([electron, root, ...args]);
  say(`The desktop window is not opened: ${reason}. The same window is served in a browser.`);
  return goOnAs(commandLine, ['serve', ...args], true);
}

/** EX_UNAVAILABLE of sysexits.h: what needs Electron is never green without it. */
const unavailable = 69;

/** The tests that drive the real Electron; with `--stand-in` the same ones without it, which `npm test` has but for the longest. */
async function testDesktop(args) {
  const withStandIn = args.includes('--stand-in');
  const reason = withStandIn ? null : await whyNoDesktop();
  if (reason !== null) {
    say(`Nothing is tested in Electron: ${reason}. Without it: npm run test:desktop -- --stand-in`);
    return unavailable;
  }
  process.env.PHONE_HEALTH_EVERY_JOURNEY = '1';
  if (!withStandIn) process.env.PHONE_HEALTH_DESKTOP = 'electron';
  const files = [
    'test/desktop/journeys.test.ts',
    'test/desktop/security.test.ts',
    ...(withStandIn ? ['test/window'] : []),
  ];
  const rest = args.filter((word) => word !== '--stand-in');
  return runTools([tool('vitest', 'vitest', 'run', '--project', 'desktop', ...files)], rest);
}

/** Sets up, runs the command, and ends as it ends. */
export async function launch(name, args) {
  const command = commands[name];
  if (command === undefined) {
    say(`There is no command "${name}". There are: ${Object.keys(commands).join(', ')}.`);
    process.exitCode = 2;
    return;
  }
  const { tools = [], required = false, needs = [], rebuild = false, lasting = () => false } = command;
  // Started by hand, it may be meant to go on after its terminal.
  if (lasting(args) && process.env.npm_lifecycle_event !== undefined) endWithStarters();
  const built = typeof needs === 'function' ? needs(args) : needs;
  if (!(await setUp({ tools, required, needs: built, rebuild }))) {
    process.exitCode = 1;
    return;
  }
  const all = [...(command.args ?? []), ...args];
  const code =
    command.beside !== undefined
      ? await runBeside(command.beside, all)
      : command.run !== undefined
        ? await runTools(command.run, all)
        : typeof command.program === 'function'
          ? await command.program(all)
          : command.program === undefined
            ? 0
            : await goOnAs(command.program, all, lasting(args));
  // A program that runs in this process has its own.
  if (code !== null) process.exitCode = code;
}
