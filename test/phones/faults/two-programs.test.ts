import { expect, onTestFinished, test } from 'vitest';
import { CutSitting } from './cut-sitting.ts';
import { chosenPhotos } from './troubles.ts';

const { cause, app } = chosenPhotos;

test('two programs do not correct one phone at once, and the second starts from what the first left', async () => {
  const sitting = new CutSitting(chosenPhotos.phone());
  onTestFinished(() => sitting.end());
  const other = new CutSitting(sitting.source.phone, sitting.home);
  const arrived = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  sitting.source.holdRun = () => {
    arrived.resolve();
    return goOn.promise;
  };
  const first = sitting.correct(cause, app);
  await arrived.promise;
  await expect(other.correct(cause, app)).rejects.toMatchObject({ code: 'phone-busy' });
  await expect(other.undo('1')).rejects.toMatchObject({ code: 'phone-busy' });
  expect(other.interrupted()).toEqual([]);
  goOn.resolve();
  expect((await first)?.outcome.result).toBe('taken');
  await expect(other.correct(cause, app)).rejects.toMatchObject({ code: 'nothing-to-correct' });
  expect((await other.undo('1')).outcome.result).toBe('taken');
  other.store.close();
});
