import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { CutSitting, momentsOf, workUntilCut, type Work } from './cut-sitting.ts';
import type { Cut } from './cut-source.ts';
import { exemption, type Trouble } from './troubles.ts';
import { truthOf, type Truth } from './truth.ts';

const correct =
  ({ cause, app }: Trouble): Work =>
  (sitting) =>
    sitting.correct(cause, app);
const undo: Work = (sitting) => sitting.undo('1');
const finish: Work = (sitting) => sitting.finish('1');
const ends: Readonly<Record<'finish' | 'undo', Work>> = { finish, undo };

/** Finishes or undoes what is open, and tells what is wrong with that; then undoes what was finished. */
async function bringToAnEnd(sitting: CutSitting, truth: Truth, end: 'finish' | 'undo'): Promise<string[]> {
  const [before] = sitting.actions();
  const isCorrected = isDeepStrictEqual(sitting.state(), truth.corrected);
  const isFormer = isDeepStrictEqual(sitting.state(), truth.former);
  const wasUndoing = sitting.store.loadAction(1)?.events.some(({ kind }) => kind === 'undo-started') ?? false;
  const neverBegan = sitting.store.loadAction(1)?.events.length === 0;
  const ranBefore = sitting.source.ran.length;
  const problems: string[] = [];
  try {
    await ends[end](sitting);
    if (neverBegan && end === 'undo') problems.push('something was undone that never began');
  } catch (error) {
    const nothing = error instanceof Error && 'code' in error && error.code === 'nothing-to-undo';
    if (!nothing || !neverBegan) problems.push(`${end} failed: ${String(error)}`);
  }
  const ran = sitting.source.ran.length - ranBefore;
  const expected = neverBegan ? 'not-taken' : end === 'undo' || wasUndoing ? 'undone' : 'taken';
  const result = sitting.actions()[0]?.result;
  if (result !== expected) problems.push(`${end} of "${before?.result}" gave "${result}" in place of "${expected}"`);
  const isThere = wasUndoing ? isFormer : isCorrected;
  if (end === 'finish' && (neverBegan || isThere) && ran > 0) problems.push('something ran that was done already');
  problems.push(...sitting.lies(truth));
  if (sitting.interrupted().length > 0) problems.push('it is still open');
  if (result === 'taken' && !truth.irreversible) {
    await undo(sitting);
    problems.push(...sitting.lies(truth));
    if (sitting.actions()[0]?.result !== 'undone') problems.push('what was finished cannot be undone');
  }
  return problems;
}

/** The whole story of one cut; tells what is wrong with it, and whether anything was left open. */
async function story(
  trouble: Trouble,
  truth: Truth,
  { prepare, works }: Plot,
  cut: { at: number; how: Cut; end: 'finish' | 'undo' },
): Promise<{ problems: string[]; open: boolean }> {
  const sitting = new CutSitting(trouble.phone());
  try {
    const problems: string[] = [];
    sitting.source.onArrival = () => {
      const [action] = sitting.store.listActions();
      if (action === undefined || (action.inverse.length === 0 && !truth.irreversible))
        problems.push('a command came before its way back');
      if (action?.events.length === 0) problems.push('a command came before it was known to be begun');
    };
    await prepare(sitting);
    sitting.source.cutAt(sitting.source.moments.length + cut.at, cut.how);
    problems.push(...(await workUntilCut(sitting, works)));
    problems.push(...sitting.lies(truth));
    sitting.openAgain();
    problems.push(...sitting.lies(truth));
    const open = sitting.interrupted().length > 0;
    if (open) problems.push(...(await bringToAnEnd(sitting, truth, cut.end)));
    return { problems, open };
  } finally {
    sitting.end();
  }
}

/** What is done until something befalls it. */
interface Plot {
  name: 'corrected' | 'corrected and undone' | 'finished';
  /** Done before, whole. */
  prepare: (sitting: CutSitting) => Promise<unknown>;
  works: readonly Work[];
}

const nothing = () => Promise.resolve();

const plots = (trouble: Trouble): readonly Plot[] => [
  trouble.irreversible
    ? { name: 'corrected', prepare: nothing, works: [correct(trouble)] }
    : { name: 'corrected and undone', prepare: nothing, works: [correct(trouble), undo] },
  {
    name: 'finished',
    // The program dies when the first command has arrived.
    prepare: async (sitting) => {
      const { source } = sitting;
      source.cutAfterArrivals(1, 'killed');
      await workUntilCut(sitting, [correct(trouble)]);
      sitting.openAgain();
    },
    works: [finish],
  },
];

const hows: readonly Cut[] = ['unplugged', 'locked', 'killed'];

/** The tests of one trouble: everything that can befall its correction. They take long, so each file has some of them; `only`: of one plot. */
export function cutOffAtEveryStep(trouble: Trouble, only?: Plot['name']): void {
  test.each(plots(trouble).filter(({ name }) => only === undefined || name === only))(
    '$name: cut off at every moment, it is told truly and brought to an end',
    { timeout: 240_000 },
    async (plot) => {
      const truth = await truthOf(trouble);
      const moments = await momentsOf(new CutSitting(trouble.phone()), plot.works, plot.prepare);
      const wrong: string[] = [];
      let open = 0;
      for (const [at, moment] of moments.entries()) {
        // A question changes nothing: all of them are cut off once, each in one way and ended in one way, in turn.
        const isQuestion = moment.startsWith('question');
        if (isQuestion && trouble !== exemption && at % 20 !== 0) continue;
        for (const [index, how] of hows.entries()) {
          if (isQuestion && at % hows.length !== index) continue;
          for (const end of trouble.irreversible ? (['finish'] as const) : (['finish', 'undo'] as const)) {
            if (isQuestion && !trouble.irreversible && (at % 2 === 0) !== (end === 'undo')) continue;
            const told = await story(trouble, truth, plot, { at, how, end });
            if (told.open) open += 1;
            wrong.push(...told.problems.map((problem) => `${how} at ${at} (${moment}), then ${end}: ${problem}`));
          }
        }
      }
      expect(wrong).toEqual([]);
      expect(open).toBeGreaterThan(3);
    },
  );
}
