// Sets up a checkout for a command. Plain JavaScript without dependencies: it runs before anything is installed, on whatever Node
// (20 or later) is there. It writes to standard error only, and what the programs that it starts say goes to a file.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { builds, isBuilt, noteBuild } from './builds.mjs';
import { out, pathWithBin, pathWithoutBin, pinnedNode, root, windows } from './places.mjs';
import { missingTools } from './system-tools.mjs';

const log = join(out, 'setup.log');
const lock = join(out, '.setting-up');
const installed = join(root, 'node_modules', '.setup-lock');
const toldMissing = join(root, 'node_modules', '.setup-missing');
const linesShown = 15;

export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Set-up cannot go on; what to do about it has been said. */
export class SetupFailure extends Error {}

const running = new Set();

/** Runs a program to its end, into the log. */
function run(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const file = openSync(log, 'a');
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', ...env },
      stdio: ['ignore', file, file],
      shell: windows && command !== pinnedNode,
    });
    closeSync(file);
    running.add(child);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      running.delete(child);
      if (code === 0) resolve();
      else reject(new SetupFailure(`${[command, ...args].join(' ')} ended with ${signal ?? `exit code ${code}`}`));
    });
  });
}

/** Does one piece of work and says how long it took. */
async function timed(name, work) {
  const start = performance.now();
  const seconds = () => `${Math.max(1, Math.round((performance.now() - start) / 1000))} s`;
  try {
    await work();
    say(`  ${name}: ${seconds()}`);
  } catch (error) {
    say(`  ${name}: failed after ${seconds()}`);
    throw error;
  }
}

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

/** Whether node_modules holds what the lock file names: installed by set-up, or since then by hand. */
function packagesAreThere() {
  if (!existsSync(pinnedNode)) return false;
  if (existsSync(installed)) return readFileSync(installed, 'utf8') === lockHash();
  const byHand = join(root, 'node_modules', '.package-lock.json');
  return existsSync(byHand) && statSync(byHand).mtimeMs > statSync(join(root, 'package-lock.json')).mtimeMs;
}

async function installPackages() {
  await run('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], {
    PATH: pathWithoutBin(),
  });
  writeFileSync(installed, lockHash());
}

async function installTools(packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], env);
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], env);
}

const isAlive = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
};

function stop(signal) {
  for (const child of running) child.kill(signal);
  rmSync(lock, { force: true });
  process.exit(128 + constants.signals[signal]);
}

/** One set-up at a time: a second one waits, and a lock that a killed one has left behind is taken over. */
async function withLock(work) {
  mkdirSync(out, { recursive: true });
  for (let told = false; ;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
    if (owner > 0 && !isAlive(owner)) rmSync(lock, { force: true });
    else {
      if (!told) say(`This checkout is being set up by another program (process ${owner}); waiting for it.`);
      told = true;
      await new Promise((resolve) => {
        setTimeout(resolve, 200);
      });
    }
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, stop);
  try {
    return await work();
  } finally {
    for (const signal of signals) process.off(signal, stop);
    rmSync(lock, { force: true });
  }
}

/** What has to be done before the command can run. */
function open({ tools, required, needs, rebuild }) {
  const missing = missingTools(tools);
  return {
    // Phones of one kind can do without the tools of the other: what cannot be installed is told once, not at every start.
    missing:
      missing !== null && (required || !existsSync(toldMissing) || readFileSync(toldMissing, 'utf8') !== missing.names)
        ? missing
        : null,
    packages: !packagesAreThere(),
    toBuild: needs.filter((id) => rebuild || !isBuilt(id)),
  };
}

/** All come to their end, so that nothing goes on writing after a failure is told. */
async function all(pieces) {
  const failed = (await Promise.allSettled(pieces)).find(({ status }) => status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

async function work({ missing, packages, toBuild }, { required }) {
  const byApt = missing?.aptPackages ?? null;
  const names = [
    ...(packages ? ['the npm packages'] : []),
    ...(byApt === null ? [] : [`${missing.names} (with apt)`]),
    ...toBuild.map((id) => builds[id].name),
  ];
  if (names.length > 0) say(`${packages ? 'Setting up, once' : 'Bringing up to date'}: ${names.join(', ')}.`);
  if (missing !== null && byApt === null) {
    const how = missing.command === null ? '' : ` Install with: ${missing.command}`;
    say(`Missing: ${missing.names}.${how}`);
    if (required) throw new SetupFailure('the command cannot run without them');
  }
  const installing = [];
  if (packages) installing.push(timed('the npm packages', installPackages));
  if (byApt !== null) {
    const byDebian = timed(missing.names, () => installTools(byApt)).catch((error) => {
      if (required || !(error instanceof SetupFailure)) throw error;
      say(`Install with: ${missing.command}. What went wrong is in ${log}`);
    });
    installing.push(byDebian);
  }
  await all(installing);
  if (missing !== null && !required) writeFileSync(toldMissing, missing.names);
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const building = toBuild.map((id) =>
    timed(builds[id].name, () =>
      noteBuild(id, (args) => run(pinnedNode, [vite, ...args, '--logLevel', 'warn'], { PATH: pathWithBin() })),
    ),
  );
  await all(building);
}

/**
 * Makes sure that `tools` of the system, the npm packages and the `needs` of {@link builds} are there. `required`: without the
 * tools the command cannot run; else they are told and the command goes on. Returns false after it has said what failed.
 */
export async function setUp(request) {
  if (isDone(open(request))) return true;
  try {
    await withLock(async () => {
      // Another set-up may have done it meanwhile.
      const found = open(request);
      if (isDone(found)) return;
      writeFileSync(log, '');
      await work(found, request);
    });
    return true;
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error;
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
    // What a program says of its own insides helps nobody here.
    const said = lines.filter((line) => !/^\s+at /.test(line)).slice(-linesShown);
    say(
      ['Set-up has failed:', ...said, error.message, `The whole log: ${log}`].filter((line) => line !== '').join('\n'),
    );
    return false;
  }
}

const isDone = ({ missing, packages, toBuild }) => missing === null && !packages && toBuild.length === 0;
