import { expect, onTestFinished, test } from 'vitest';
import { CutSitting } from './cut-sitting.ts';
import { chosenPhotos } from './troubles.ts';
import { truthOf } from './truth.ts';

const { cause, app } = chosenPhotos;

function sit(): CutSitting {
  const sitting = new CutSitting(chosenPhotos.phone());
  onTestFinished(() => sitting.end());
  return sitting;
}

const resultsOf = (sitting: CutSitting) => sitting.actions().map(({ result, undoable }) => ({ result, undoable }));

test('a correction of which the phone refuses one command is told as done in part, and undone whole', async () => {
  const truth = await truthOf(chosenPhotos);
  for (const refused of ['READ_MEDIA_IMAGES', 'READ_MEDIA_VIDEO']) {
    const sitting = sit();
    sitting.source.refuses = [refused];
    const corrected = await sitting.correct(cause, app);
    expect(corrected?.outcome).toMatchObject({ result: 'unverified', undoable: true });
    expect(corrected?.outcome.detail).toMatch(/^Only a part of it took\. The phone refused: .*SecurityException/);
    expect(sitting.interrupted()).toEqual(['1']);
    expect((await sitting.finish('1')).outcome.result).toBe('unverified');
    sitting.source.refuses = [];
    expect((await sitting.undo('1')).outcome.result).toBe('taken');
    expect(sitting.state()).toEqual(truth.former);
    expect(sitting.interrupted()).toEqual([]);
    expect(resultsOf(sitting)).toEqual([{ result: 'undone', undoable: false }]);
  }
});

test('a correction that the phone refuses whole is told as refused, and nothing is left to undo', async () => {
  const truth = await truthOf(chosenPhotos);
  const sitting = sit();
  sitting.source.refuses = ['pm grant'];
  expect((await sitting.correct(cause, app))?.outcome).toMatchObject({ result: 'refused', undoable: false });
  expect(sitting.state()).toEqual(truth.former);
  expect(sitting.interrupted()).toEqual([]);
  await expect(sitting.undo('1')).rejects.toMatchObject({ code: 'nothing-to-undo' });
});

test('an undoing that the phone refuses whole leaves the correction as it was', async () => {
  const truth = await truthOf(chosenPhotos);
  const sitting = sit();
  await sitting.correct(cause, app);
  sitting.source.refuses = ['pm revoke'];
  expect((await sitting.undo('1')).outcome.result).toBe('refused');
  expect(sitting.lies(truth)).toEqual([]);
  expect(resultsOf(sitting)).toEqual([{ result: 'taken', undoable: true }]);
  sitting.source.refuses = [];
  expect((await sitting.undo('1')).outcome.result).toBe('taken');
  expect(sitting.state()).toEqual(truth.former);
});

test('an undoing of which the phone refuses one command is told as done in part, and finished when it may', async () => {
  const truth = await truthOf(chosenPhotos);
  const sitting = sit();
  await sitting.correct(cause, app);
  sitting.source.refuses = ['revoke --user 0 com.microsoft.skydrive android.permission.READ_MEDIA_IMAGES'];
  expect((await sitting.undo('1')).outcome).toMatchObject({ result: 'unverified', undoable: true });
  expect(sitting.lies(truth)).toEqual([]);
  expect(resultsOf(sitting)).toEqual([{ result: 'interrupted', undoable: true }]);
  sitting.source.refuses = [];
  expect((await sitting.finish('1')).outcome.result).toBe('taken');
  expect(sitting.state()).toEqual(truth.former);
  expect(resultsOf(sitting)).toEqual([{ result: 'undone', undoable: false }]);
});
