import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { commandWords } from '../../../native/command.ts';
import { createSample } from '../../../native/samples/android/profiles.ts';
import { comparable } from '../android/comparable.ts';
import { CutSitting, momentsOf, workUntilCut, type Work } from './cut-sitting.ts';

const photos = 'com.google.android.apps.photos';
const oneDrive = 'com.microsoft.skydrive';
const phone = () => createSample('pixel-14');

/** Corrections of two apps and of the whole phone, one after another; one is undone in between. */
const works: readonly Work[] = [
  (sitting) => sitting.correct('battery-optimized', photos),
  (sitting) => sitting.correct('photos-permission-partial', oneDrive),
  (sitting) => sitting.undo('1'),
  (sitting) => sitting.correct('data-saver', null),
];

/** What a phone is like after commands that have been asked about. */
const states = new Map<string, unknown>();

/** What a phone is like after these commands. */
function after(commands: readonly string[]): unknown {
  const key = commands.join('\n');
  if (!states.has(key)) {
    const model = phone();
    for (const command of commands) model.run(commandWords(command));
    states.set(key, comparable(model));
  }
  return states.get(key);
}

/** What is wrong with what the store says of all its actions together: what is not known may have come any part of the way. */
function lies(sitting: CutSitting): string[] {
  const actions = sitting.actions();
  const open = actions.filter(({ result }) => result === 'interrupted' || result === 'unverified');
  const taken = actions.filter(({ result }) => result === 'taken').flatMap(({ commands }) => commands);
  const ways = open.flatMap(({ commands, inverse }) =>
    [...commands, ...inverse].map((_, at, all) => all.slice(0, at + 1)),
  );
  const possible = [[], ...ways].map((way) => after([...taken, ...way]));
  return [
    ...(possible.some((state) => isDeepStrictEqual(state, sitting.state()))
      ? []
      : ['the phone is not as the store says']),
    ...(open.length > 1 ? ['more is open than was interrupted'] : []),
    ...(isDeepStrictEqual(
      sitting.interrupted(),
      open.map(({ id }) => id),
    )
      ? []
      : ['what is open is not offered']),
  ];
}

test.each(['unplugged', 'locked', 'killed'] as const)(
  'several corrections in one sitting, %s at every moment: what was done before stays true, what was cut off is finished, all is put back',
  { timeout: 600_000 },
  async (how) => {
    const moments = await momentsOf(new CutSitting(phone()), works);
    const former = after([]);
    const wrong: string[] = [];
    for (const [at, moment] of moments.entries()) {
      if (moment.startsWith('question') && at % 20 !== 0) continue;
      const sitting = new CutSitting(phone());
      sitting.source.cutAt(at, how);
      const problems = await workUntilCut(sitting, works);
      problems.push(...lies(sitting));
      sitting.openAgain();
      problems.push(...lies(sitting));
      for (const id of sitting.interrupted()) await sitting.finish(id);
      problems.push(...lies(sitting));
      if (sitting.interrupted().length > 0) problems.push('something is still open');
      for (const { id, undoable } of sitting.actions().toReversed()) if (undoable) await sitting.undo(id);
      if (!isDeepStrictEqual(sitting.state(), former)) problems.push('the former values are not back');
      wrong.push(...problems.map((problem) => `${at} (${moment}): ${problem}`));
      sitting.end();
    }
    expect(wrong).toEqual([]);
  },
);
