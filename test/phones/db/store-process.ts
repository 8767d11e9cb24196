/**
 * One process with a store of its own, for tests about processes that are killed or write at the same time.
 * `node store-process.ts FOLDER TASK`; it says what it has done, a line each, on standard output.
 */
import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { openStore } from '../../../db/store.ts';
import { examplePlan, exampleSnapshot } from '../../unit/db/examples.ts';

const [folder = '', task = ''] = process.argv.slice(2);
const say = (line: string | number) => writeSync(1, `${line}\n`);
if (task === 'open') say('opening');
const store = openStore(folder);

/** A snapshot with `megabytes` of output that does not compress. */
function largeSnapshot(megabytes: number) {
  const snapshot = exampleSnapshot({ label: 'large' });
  const answers = snapshot.capture.answers.map((answer) => ({
    ...answer,
    output: randomBytes(megabytes * 1024 * 1024),
  }));
  return { ...snapshot, capture: { ...snapshot.capture, answers } };
}

const tasks: Record<string, () => void> = {
  open: () => {
    say('open');
    store.close();
  },
  'save-small-then-large': () => {
    say(store.saveSnapshot(exampleSnapshot()));
    say(store.saveSnapshot(largeSnapshot(48)));
  },
  'save-25': () => {
    for (let saved = 0; saved < 25; saved += 1) say(store.saveSnapshot(exampleSnapshot()));
    store.close();
  },
  'save-until-killed': () => {
    for (;;) say(store.saveSnapshot(exampleSnapshot()));
  },
  'start-an-action-and-die': () => {
    store.addActionEvent(store.planAction(examplePlan()).id, { kind: 'started' });
    process.kill(process.pid, 'SIGKILL');
  },
  'take-a-phone-and-stay': () => {
    const lease = store.takePhone('PIXEL1');
    say(lease === null ? 'busy' : 'taken');
    process.stdin.resume().once('end', () => lease?.giveBack());
  },
  'become-newer-and-die': () => {
    new Database(store.file).pragma('user_version = 99');
    process.kill(process.pid, 'SIGKILL');
  },
};
tasks[task]?.();
