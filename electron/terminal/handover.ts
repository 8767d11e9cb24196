import type { Application } from '../app/application.ts';
import type { MessageItem } from '../app/handover/handover.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { orDash, plain, print, printJson, table, tell } from './output.ts';
import { momentWords } from './value-words.ts';

interface Json {
  json?: boolean;
}

const rowOf = (item: MessageItem): string[] =>
  [orDash(item.ticket), item.about, momentWords(item.createdAt), orDash(item.trouble)].map(plain);

/** What waits for the ticket system, and what was given up. */
export function handoverStatus(app: Application, options: Json): ExitCode {
  const view = app.handover.view();
  const { system, address, hasSecret, counts, unreadable, waiting, givenUp } = view;
  if (options.json) printJson(view);
  else if (system === 'off')
    tell('The hand-over to a ticket system is off. It is switched on in the settings of the window.');
  else {
    const kept =
      counts === null
        ? `What waits cannot be read: ${unreadable?.message ?? ''}`
        : `${counts.waiting} waiting, ${counts.delivered} delivered in the last 30 days, ${counts.givenUp} given up`;
    print(
      plain(`${system}: ${address === '' ? 'no address' : address}, ${hasSecret ? 'with a secret' : 'no secret yet'}`),
      plain(kept),
    );
    const rows = [...waiting, ...givenUp].map(rowOf);
    if (rows.length > 0) print('', ...table([['TICKET', 'ABOUT', 'SINCE', 'TROUBLE'], ...rows]));
  }
  return counts === null || counts.givenUp > 0 ? exitCode.problems : exitCode.ok;
}

/** Sends what waits, now. */
export async function handoverSend(app: Application, options: Json, signal: AbortSignal): Promise<ExitCode> {
  const round = await app.handover.sendNow(signal);
  const waiting = app.handover.view().counts?.waiting ?? 0;
  if (options.json) printJson({ ...round, waiting });
  else print(`${round.delivered} delivered, ${waiting} waiting, ${round.givenUp} given up`);
  const trouble = app.handover.view().waiting.find((item) => item.trouble !== null)?.trouble ?? null;
  if (trouble !== null) tell(plain(trouble));
  return waiting === 0 && round.givenUp === 0 ? exitCode.ok : exitCode.problems;
}

/** Whether the ticket system answers and accepts the secret. */
export async function handoverTest(app: Application, options: Json, signal: AbortSignal): Promise<ExitCode> {
  const result = await app.handover.test(signal);
  if (options.json) printJson(result);
  else print(plain(result.trouble ?? 'The ticket system answers and accepts the secret.'));
  return result.trouble === null ? exitCode.ok : exitCode.problems;
}
