import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fill, smallDisk } from '../db/small-disk.ts';
import { CutSitting, momentsOf, type Work } from './cut-sitting.ts';
import { chosenPhotos } from './troubles.ts';
import { truthOf } from './truth.ts';

const { cause, app, phone } = chosenPhotos;
const works: readonly Work[] = [(sitting) => sitting.correct(cause, app), (sitting) => sitting.undo('1')];

const writes = (await momentsOf(new CutSitting(phone()), works))
  .map((moment, at) => ({ moment, at }))
  .filter(({ moment }) => moment.startsWith('before') && moment.endsWith('stored'));

test('a correction of two commands and its undoing write to the store nine times', () => {
  expect(writes.map(({ moment }) => moment)).toEqual([
    'before the plan is stored',
    'before "started" is stored',
    'before "ran" is stored',
    'before "ran" is stored',
    'before "verified" is stored',
    'before "undo-started" is stored',
    'before "undo-ran" is stored',
    'before "undo-ran" is stored',
    'before "undo-verified" is stored',
  ]);
});

test.for(writes)(
  'a disk that is full $moment (moment $at): nothing runs without its way back in the store, and it goes on once there is room',
  async ({ moment, at }, { skip }) => {
    const disk = smallDisk(2048);
    if (disk === null) return skip('This user may not mount a small disk.');
    const truth = await truthOf(chosenPhotos);
    const ballast = join(disk, 'ballast');
    const sitting = new CutSitting(phone(), join(disk, 'data'));
    const problems: string[] = [];
    sitting.source.onArrival = () => {
      if (sitting.store.listActions()[0]?.inverse.length !== 2) problems.push('a command came before its way back');
    };
    sitting.source.cutAt(at, () => fill(ballast));
    const work = async () => {
      for (const each of works) await each(sitting);
    };
    const error = await work().then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({
      code: 'disk-full',
      message: expect.stringMatching(/^No room is left on the disk for/),
    });
    const begun = moment !== 'before the plan is stored' && moment !== 'before "undo-started" is stored';
    expect((error as { steps?: readonly string[] }).steps ?? []).toEqual(
      begun ? ['Then finish or undo action 1: what puts it back is stored, and what came of it is not.'] : [],
    );
    problems.push(...sitting.lies(truth));

    rmSync(ballast);
    sitting.openAgain();
    problems.push(...sitting.lies(truth));
    expect(sitting.interrupted()).toEqual(begun ? ['1'] : []);
    for (const id of sitting.interrupted()) await sitting.finish(id);
    problems.push(...sitting.lies(truth));
    expect(problems).toEqual([]);
    expect(sitting.interrupted()).toEqual([]);
    sitting.store.close();
  },
);
