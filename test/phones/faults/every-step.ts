import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { CutSitting, momentsOf, workUntilCut, type LeftBehind, type Work } from './cut-sitting.ts';
import type { Cut } from './cut-source.ts';
import { exemption, type Trouble } from './troubles.ts';
import { truthOf, type Truth } from './truth.ts';

const correct =
  ({ cause, app }: Trouble): Work =>
  (sitting) =>
    sitting.correct(cause, app);
const undo: Work = (sitting) => sitting.undo('1');
const finish: Work = (sitting) => sitting.finish('1');
type End = 'finish' | 'undo';
const ends: Readonly<Record<End, Work>> = { finish, undo };

/** Finishes or undoes what is open, and tells what is wrong with that; then undoes what was finished. */
async function bringToAnEnd(sitting: CutSitting, truth: Truth, end: End): Promise<string[]> {
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

/** Notes where a command arrives before its way back is in the store. */
function watchArrivals(sitting: CutSitting, truth: Truth, problems: string[]): void {
  sitting.source.onArrival = () => {
    const [action] = sitting.store.listActions();
    if (action === undefined || (action.inverse.length === 0 && !truth.irreversible))
      problems.push('a command came before its way back');
    if (action?.events.length === 0) problems.push('a command came before it was known to be begun');
  };
}

interface Told {
  problems: string[];
  /** Whether anything was left open. */
  open: boolean;
}

/** The whole story of one cut, and of each of the ends it is brought to: what was left behind is the same for all. Tells what is wrong with it, by end. */
async function story(
  truth: Truth,
  works: readonly Work[],
  beginning: LeftBehind,
  cut: { at: number; how: Cut },
  ends: readonly End[],
): Promise<(Told & { end: End })[]> {
  const sitting = beginning.begin();
  const cutProblems: string[] = [];
  watchArrivals(sitting, truth, cutProblems);
  sitting.source.cutAt(cut.at, cut.how);
  cutProblems.push(...(await workUntilCut(sitting, works)));
  cutProblems.push(...sitting.lies(truth));
  const left = sitting.leave();
  try {
    const told: (Told & { end: End })[] = [];
    for (const end of ends) told.push({ end, ...(await afterwards(truth, left.begin(), end, [...cutProblems])) });
    return told;
  } finally {
    left.remove();
  }
}

/** The program is started again on what was left behind. */
async function afterwards(truth: Truth, sitting: CutSitting, end: End, problems: string[]): Promise<Told> {
  try {
    watchArrivals(sitting, truth, problems);
    problems.push(...sitting.lies(truth));
    const open = sitting.interrupted().length > 0;
    if (open) problems.push(...(await bringToAnEnd(sitting, truth, end)));
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
      const first = new CutSitting(trouble.phone());
      await plot.prepare(first);
      const beginning = first.leave();
      const wrong: string[] = [];
      let open = 0;
      for (const [at, moment] of moments.entries()) {
        // A question changes nothing: all of them are cut off once, each in one way and ended in one way, in turn.
        const isQuestion = moment.startsWith('question');
        if (isQuestion && trouble !== exemption && at % 20 !== 0) continue;
        for (const [index, how] of hows.entries()) {
          if (isQuestion && at % hows.length !== index) continue;
          const both = trouble.irreversible ? (['finish'] as const) : (['finish', 'undo'] as const);
          const inTurn = both.filter((end) => trouble.irreversible || (at % 2 === 0) === (end === 'undo'));
          const told = await story(truth, plot.works, beginning, { at, how }, isQuestion ? inTurn : both);
          for (const { end, problems, open: wasOpen } of told) {
            if (wasOpen) open += 1;
            wrong.push(...problems.map((problem) => `${how} at ${at} (${moment}), then ${end}: ${problem}`));
          }
        }
      }
      beginning.remove();
      expect(wrong).toEqual([]);
      expect(open).toBeGreaterThan(3);
    },
  );
}
