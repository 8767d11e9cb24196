import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { ActionSummary } from '../../../electron/app/summaries.ts';
import { createSample } from '../../../native/android/sample/profiles.ts';
import type { SamplePhone } from '../../../native/android/sample/sample-phone.ts';
import { ProgramKilled, type Cut } from './cut-source.ts';
import { Sitting } from './sitting.ts';

const photos = 'com.google.android.apps.photos';
const oneDrive = 'com.microsoft.skydrive';

/** A phone whose trouble takes a correction of so many commands. */
interface Trouble {
  name: string;
  /** Of how many questions of a reading one is cut: they are all cut in the same way, so all of them once is enough. */
  questionEvery: number;
  cause: string;
  app: string;
  commands: number;
  phone: () => SamplePhone;
}

function pixelAfter(...commands: readonly string[]): SamplePhone {
  const phone = createSample('pixel-14');
  for (const command of commands) phone.run(command.split(' '));
  return phone;
}

const troubles: readonly Trouble[] = [
  {
    name: 'an exemption',
    questionEvery: 1,
    cause: 'battery-optimized',
    app: photos,
    commands: 1,
    phone: () => pixelAfter(),
  },
  {
    name: 'two app-ops, each in a mode of its own',
    questionEvery: 20,
    cause: 'background-restricted',
    app: photos,
    commands: 2,
    phone: () => pixelAfter(`appops set ${photos} RUN_IN_BACKGROUND deny`),
  },
  {
    name: 'two permissions that were taken away',
    questionEvery: 20,
    cause: 'photos-permission',
    app: photos,
    commands: 2,
    phone: () =>
      pixelAfter(
        `pm revoke --user 0 ${photos} android.permission.READ_MEDIA_IMAGES`,
        `pm revoke --user 0 ${photos} android.permission.READ_MEDIA_VIDEO`,
      ),
  },
  {
    name: 'two permissions in place of chosen photos',
    questionEvery: 20,
    cause: 'photos-permission-partial',
    app: oneDrive,
    commands: 2,
    phone: () => pixelAfter(),
  },
];

const silent = () => undefined;
const yes = () => Promise.resolve(true);

type Work = (sitting: Sitting) => Promise<unknown>;

const correct =
  ({ cause, app }: Trouble): Work =>
  ({ corrections, phoneId }) =>
    corrections.correct({ phoneId, cause, app, correction: null }, silent, yes);
const undo: Work = ({ corrections }) => corrections.undo('1', silent);
const finish: Work = ({ corrections }) => corrections.finish('1', silent);
const ends: Readonly<Record<'finish' | 'undo', Work>> = { finish, undo };

/** What the phone is really like before and after a correction that nothing befalls. */
interface Truth {
  former: unknown;
  corrected: unknown;
  before: ActionSummary['before'];
}

async function truthOf(trouble: Trouble): Promise<Truth> {
  const sitting = new Sitting(trouble.phone());
  const former = sitting.state();
  await correct(trouble)(sitting);
  const corrected = sitting.state();
  const [action] = sitting.actions();
  sitting.end();
  expect(sitting.source.ran).toHaveLength(trouble.commands);
  expect(isDeepStrictEqual(former, corrected)).toBe(false);
  return { former, corrected, before: action?.before ?? {} };
}

/** What is wrong with what the store says of the phone; empty where all of it is so. */
function lies(sitting: Sitting, { former, corrected, before }: Truth): string[] {
  const state = sitting.state();
  const actions = sitting.actions();
  const must: Record<ActionSummary['result'], unknown> = {
    taken: corrected,
    undone: former,
    'not-taken': former,
    refused: former,
    interrupted: null,
    unverified: null,
  };
  const open = actions.filter(({ result }) => must[result] === null).map(({ id }) => id);
  return [
    ...(actions.length === 0 && !isDeepStrictEqual(state, former) ? ['something ran that is not in the store'] : []),
    ...actions.flatMap(({ result, ...action }) => [
      ...(must[result] !== null && !isDeepStrictEqual(state, must[result]) ? [`"${result}" is not true`] : []),
      ...(isDeepStrictEqual(action.before, before) ? [] : ['the former values are wrong']),
      ...(action.inverse.length === action.commands.length ? [] : ['the way back is not stored']),
    ]),
    ...(isDeepStrictEqual(sitting.interrupted(), open) ? [] : ['something open is not offered, or something ended is']),
  ];
}

/** Does the work until something befalls it. Whatever is thrown then is a problem told to a person, and no fault of the program. */
async function workUntilCut(sitting: Sitting, works: readonly Work[]): Promise<string[]> {
  for (const work of works) {
    try {
      await work(sitting);
    } catch (error) {
      if (error instanceof ProgramKilled) return [];
      const told = error instanceof Error && 'code' in error && error.name !== 'SqliteError';
      return told ? [] : [`a fault of the program: ${String(error)}`];
    }
    if (sitting.source.state !== 'ready') return [];
  }
  return [];
}

/** Finishes or undoes what is open, and tells what is wrong with that; then undoes what was finished. */
async function bringToAnEnd(sitting: Sitting, truth: Truth, end: 'finish' | 'undo'): Promise<string[]> {
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
  problems.push(...lies(sitting, truth));
  if (sitting.interrupted().length > 0) problems.push('it is still open');
  if (result === 'taken') {
    await undo(sitting);
    problems.push(...lies(sitting, truth));
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
  const sitting = new Sitting(trouble.phone());
  try {
    const problems: string[] = [];
    sitting.source.onArrival = () => {
      const [action] = sitting.store.listActions();
      if (action === undefined || action.inverse.length === 0) problems.push('a command came before its way back');
      if (action?.events.length === 0) problems.push('a command came before it was known to be begun');
    };
    await prepare(sitting);
    sitting.source.cutAt(sitting.source.moments.length + cut.at, cut.how);
    problems.push(...(await workUntilCut(sitting, works)));
    problems.push(...lies(sitting, truth));
    sitting.openAgain();
    problems.push(...lies(sitting, truth));
    const open = sitting.interrupted().length > 0;
    if (open) problems.push(...(await bringToAnEnd(sitting, truth, cut.end)));
    return { problems, open };
  } finally {
    sitting.end();
  }
}

/** What is done until something befalls it. */
interface Plot {
  name: string;
  /** Done before, whole. */
  prepare: (sitting: Sitting) => Promise<unknown>;
  works: readonly Work[];
}

const nothing = () => Promise.resolve();

const plots = (trouble: Trouble): readonly Plot[] => [
  { name: 'corrected and undone', prepare: nothing, works: [correct(trouble), undo] },
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

async function momentsOf(trouble: Trouble, { prepare, works }: Plot): Promise<string[]> {
  const sitting = new Sitting(trouble.phone());
  await prepare(sitting);
  const begin = sitting.source.moments.length;
  for (const work of works) await work(sitting);
  const moments = sitting.source.moments.slice(begin);
  sitting.end();
  return moments;
}

const hows: readonly Cut[] = ['unplugged', 'locked', 'killed'];

describe.each(troubles)('$name', (trouble) => {
  test.each(plots(trouble))(
    '$name: cut off at every moment, it is told truly and brought to an end',
    { timeout: 240_000 },
    async (plot) => {
      const truth = await truthOf(trouble);
      const moments = await momentsOf(trouble, plot);
      const wrong: string[] = [];
      let open = 0;
      for (const [at, moment] of moments.entries()) {
        // A question changes nothing: one way to cut it, and one way to end it, in turn.
        const isQuestion = moment.startsWith('question');
        if (isQuestion && at % trouble.questionEvery !== 0) continue;
        for (const [index, how] of hows.entries()) {
          if (isQuestion && at % hows.length !== index) continue;
          for (const end of ['finish', 'undo'] as const) {
            if (isQuestion && (at % 2 === 0) !== (end === 'undo')) continue;
            const told = await story(trouble, truth, plot, { at, how, end });
            if (told.open) open += 1;
            wrong.push(...told.problems.map((problem) => `${how} at ${at} (${moment}), then ${end}: ${problem}`));
          }
        }
      }
      expect(wrong).toEqual([]);
      expect(open).toBeGreaterThan(20);
    },
  );
});
