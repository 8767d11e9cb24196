import type { Application } from '../app/application.ts';
import type { CasePreview } from '../app/cases/cases.ts';
import { ApplicationError } from '../app/program/problem.ts';
import { askYes } from './commands.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { orDash, plain, print, printJson, table, tell } from './output.ts';
import { momentWords } from './value-words.ts';

interface Json {
  json?: boolean;
}

const kindWords = {
  customer: 'customers',
  ticket: 'tickets',
  snapshot: 'snapshots',
  action: 'corrections',
  test_photo: 'proofs',
} as const;

function lines({ madeAt, program, redacted, phones, units }: CasePreview): string[] {
  const states = ['new', 'same', 'differs', 'erased'] as const;
  const kinds = Object.entries(kindWords).filter(([kind]) => units.some((unit) => unit.kind === kind));
  return [
    `Made ${momentWords(madeAt)} by version ${plain(program)}${redacted ? ', redacted' : ''}. Phones: ${phones.map(({ name }) => plain(name)).join(', ')}`,
    ...table([
      ['', 'new here', 'here already', 'here, and other', 'erased here, stays away'],
      ...kinds.map(([kind, words]) => [
        words,
        ...states.map((state) => String(units.filter((unit) => unit.kind === kind && unit.state === state).length)),
      ]),
    ]),
  ];
}

/** Of what somebody has told at length. */
const firstLine = (text: string): string => plain(text.split('\n')[0] ?? '');

const stateWords: Record<CasePreview['tickets'][number]['state'], string> = {
  new: 'new here',
  same: 'here already',
  differs: 'here, and other',
  erased: 'erased here',
};

const part = (head: string[], rows: string[][]): string[] => (rows.length === 0 ? [] : ['', ...table([head, ...rows])]);

/** Everything that is in it, a row each. */
function details({ phones, tickets, snapshots }: CasePreview): string[] {
  return [
    ...part(
      ['PHONE', 'ID'],
      phones.map(({ id, name }) => [plain(name), plain(id)]),
    ),
    ...part(
      ['TICKET THERE', 'HERE', 'TAKEN IN', 'FAULT', ''],
      tickets.map(({ there, here, takenIn, fault, state }) => [
        plain(orDash(there)),
        plain(orDash(here)),
        takenIn === null ? '-' : momentWords(takenIn),
        firstLine(fault),
        stateWords[state],
      ]),
    ),
    ...part(
      ['SNAPSHOT HERE', 'TAKEN', 'PHONE', 'LABEL', 'TICKET THERE', ''],
      snapshots.map(({ here, takenAt, phone, label, ticketThere, state }) => [
        orDash(here === null ? null : String(here)),
        takenAt === null ? '-' : momentWords(takenAt),
        plain(phone),
        plain(label ?? ''),
        plain(orDash(ticketThere)),
        stateWords[state],
      ]),
    ),
  ];
}

export interface ExportCaseOptions extends Json {
  output: string;
  snapshot?: string[];
  redacted?: boolean;
}

/** Puts tickets, with everything that belongs to them, and snapshots into one file. */
export function exportCase(app: Application, tickets: readonly string[], options: ExportCaseOptions): ExitCode {
  const snapshots = options.snapshot ?? [];
  if (tickets.length + snapshots.length === 0 || snapshots.some((id) => !/^\d{1,15}$/.test(id))) {
    throw new ApplicationError(
      'bad-argument',
      'Name the number of a ticket, or --snapshot with the number of a snapshot.',
    );
  }
  const made = app.cases.export({
    tickets: tickets.map((ticket) => app.tickets.idNamed(ticket)),
    snapshots: snapshots.map(Number),
    redacted: options.redacted,
    file: options.output,
  });
  if (options.json) printJson(made);
  else print(...lines(made));
  tell(plain(`Written to ${options.output}.`));
  if (!made.redacted) tell('It holds names, numbers and networks of its owner; --redacted leaves them out.');
  return exitCode.ok;
}

/** What is in a case, and what of it is new here. */
export function showCase(app: Application, file: string, { json }: Json): ExitCode {
  const shown = app.cases.show(file);
  if (json) printJson(shown);
  else print(...lines(shown), ...details(shown));
  return exitCode.ok;
}

/** Takes in what is new of a case. */
export async function importCase(
  app: Application,
  file: string,
  { yes, json }: Json & { yes?: boolean },
): Promise<ExitCode> {
  const shown = app.cases.show(file);
  tell(...lines(shown));
  const isNew = shown.units.some(({ state }) => state === 'new');
  if (!isNew) tell('Nothing of it is new here.');
  else if (!yes && !(await askYes('Take in what is new? What is here stays as it is.'))) {
    tell('Nothing was changed.');
    return exitCode.problems;
  }
  const taken = isNew ? app.cases.import(file) : shown;
  if (json) printJson(taken);
  else {
    const isNewHere = new Set(shown.units.filter(({ state }) => state === 'new').map(({ uid }) => uid));
    for (const { uid, there, here } of taken.tickets) {
      if (here === null) continue;
      const isNewOne = isNewHere.has(uid);
      if (there !== null) print(plain(`Ticket ${there} there is ${here} here${isNewOne ? '' : ' already'}.`));
      else if (isNewOne) print(plain(`Ticket ${here} is new here.`));
    }
    for (const { uid, here } of taken.snapshots) {
      if (isNewHere.has(uid) && here !== null) print(`Snapshot ${here} is new here.`);
    }
  }
  return exitCode.ok;
}
