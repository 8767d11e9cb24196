import type { Application } from '../app/application.ts';
import { ApplicationError } from '../app/program/problem.ts';
import type { WatchView } from '../app/proof/watch-view.ts';
import { noting } from './consent.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { plain, print, printJson, table, tell } from './output.ts';
import { momentWords } from './value-words.ts';

export interface WatchOptions {
  app?: string;
  days?: number;
  start?: boolean;
  end?: boolean;
  json?: boolean;
}

function planLines({ appName, state, goodRow, goodDays, startedAt, days, points, today }: WatchView): string[] {
  const rows = points.map(({ at, occasion, judgement, drifted }) => [
    momentWords(at),
    occasion,
    judgement.outcome,
    [judgement.sentence, ...drifted.map((title) => `Changed back: ${title}.`)].join(' '),
  ]);
  return [
    plain(`${appName}, since ${momentWords(startedAt)}: ${state}, ${goodRow} of ${goodDays} good days in a row`),
    `  ${days.map(({ day, outcome }) => `${day.slice(5)} ${outcome}`).join(', ')}`,
    ...(today === null ? [] : [plain(`  Today: ${today}`)]),
    ...table([['WHEN', 'OCCASION', 'RESULT', 'WHAT WAS SEEN'], ...rows.map((row) => row.map(plain))]).map(
      (line) => `  ${line}`,
    ),
    '',
  ];
}

/** An app watched over days: looks at the phone, and prints what every look has proven. */
export async function watch(
  app: Application,
  phoneId: string,
  options: WatchOptions,
  signal: AbortSignal,
): Promise<ExitCode> {
  if (options.end === true) {
    for (const { id, ended, app: of } of app.watching.list(phoneId)) {
      if (!ended && (options.app === undefined || options.app === of)) app.watching.end(id);
    }
  } else if (options.start === true || app.watching.watchedApps(phoneId).length > 0) {
    if (options.start === true && options.app === undefined) {
      throw new ApplicationError('bad-argument', 'Name the app that is to be watched.', [
        'For example: --app com.google.android.apps.photos',
      ]);
    }
    // A scan is a look: it adds a point to every plan that runs.
    const { brokenOff } = await noting(app, phoneId, () => app.scan({ phoneId, save: false }, { signal }));
    if (brokenOff !== null) {
      tell(`The phone could not be looked at: ${plain(brokenOff.detail)}`);
      return exitCode.brokeOff;
    }
    if (options.start === true && options.app !== undefined) {
      app.watching.start({ phoneId, app: options.app, days: options.days });
    }
  }
  const plans = app.watching.list(phoneId);
  if (options.json) printJson(plans);
  else if (plans.length === 0) tell('No app of this phone is watched. Begin with: watch SERIAL --app ID --start');
  else print(...plans.flatMap(planLines));
  return plans.some(({ state }) => state === 'relapsed') ? exitCode.problems : exitCode.ok;
}
