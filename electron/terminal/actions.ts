import type { Application } from '../app/application.ts';
import type { ActionSummary } from '../app/actions/action-summary.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { plain, print, printJson, styled, tell } from './output.ts';
import { momentWords, pathChangeLines, pathValueWords } from './value-words.ts';

/** What became of a correction, as a person reads it. */
export const resultWords: Record<ActionSummary['result'], string> = {
  taken: 'corrected',
  'not-taken': 'not corrected',
  refused: 'refused by the phone',
  unverified: 'not verified',
  interrupted: 'interrupted before it was verified',
  undone: 'put back',
};

/** What a person types about an action that was cut off, or whose end nobody could read. */
export function wayOut({ id, undoable, undoing }: Pick<ActionSummary, 'id' | 'undoable' | 'undoing'>): string {
  if (undoing) return `Finish putting it back: phone-health finish ${id}`;
  return `Finish it: phone-health finish ${id}${undoable ? `, or put it back: phone-health undo ${id}` : ''}`;
}

type TicketOfAction = ReturnType<Application['tickets']['ofAction']>;

function actionLines(action: ActionSummary, ticket: TicketOfAction, interrupted: boolean): string[] {
  const { id, title, result, phoneId, who, at, endedAt, commands, inverse, before, after } = action;
  const sign = interrupted ? styled(['yellow', 'bold'], resultWords[result]) : resultWords[result];
  const until = endedAt === null || momentWords(endedAt) === momentWords(at) ? '' : ` to ${momentWords(endedAt)}`;
  return [
    `${styled('bold', id)}  ${plain(title)}: ${sign}`,
    plain(`    phone:   ${phoneId}`),
    plain(`    by:      ${who}, ${momentWords(at)}${until}`),
    ...(ticket === null
      ? []
      : [plain(`    ticket:  ${ticket.number}${ticket.technician === '' ? '' : `, technician ${ticket.technician}`}`)]),
    ...commands.map((command) => plain(`    runs:    ${command}`)),
    ...inverse.map((command) => plain(`    back:    ${command}`)),
    // What was put back has its former values again: that is said, and not that nothing has changed.
    ...(result === 'undone'
      ? Object.entries(before).map(([path, value]) => plain(`    again:   ${pathValueWords(path, value)}`))
      : pathChangeLines(before, after ?? {}).map((line) => plain(`    values:  ${line}`))),
    ...(interrupted ? [`    ${wayOut(action)}`] : []),
    '',
  ];
}

/** Every correction that was carried out, the latest first: who, when, what, the values before and after, what became of it. */
export async function actions(
  app: Application,
  serial: string | undefined,
  options: { json?: boolean },
): Promise<ExitCode> {
  const phoneId = serial === undefined ? undefined : await app.phoneNamed(serial, { live: false });
  const list = app.corrections.list(phoneId).map((action) => ({ ...action, phoneId: app.names.shown(action.phoneId) }));
  const open = new Set(app.corrections.interrupted(phoneId).map(({ id }) => id));
  if (options.json) {
    printJson(list.map(({ phoneId: phone, ...action }) => ({ ...action, phone, interrupted: open.has(action.id) })));
  } else if (list.length === 0) tell('No correction was carried out yet.');
  else {
    const tickets = new Map(
      [...new Set(list.map(({ ticket }) => ticket))].flatMap((id) =>
        id === null ? [] : [[id, app.tickets.ofAction(id)] as const],
      ),
    );
    const lines = list.flatMap((action) =>
      actionLines(action, tickets.get(action.ticket ?? '') ?? null, open.has(action.id)),
    );
    print(...lines);
  }
  return exitCode.ok;
}

/** Says which corrections of a phone were cut off, and what to do about each. */
export function tellInterrupted(app: Application, phoneId: string): void {
  for (const action of app.corrections.interrupted(phoneId)) {
    tell(
      plain(
        `${app.names.shown(phoneId)}: action ${action.id} was interrupted before it was verified: ${action.title}.`,
      ),
      `  ${wayOut(action)}`,
    );
  }
}
