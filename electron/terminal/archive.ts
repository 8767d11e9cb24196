import type { RetentionDue } from '../../db/retention.ts';
import type { Application } from '../app/application.ts';
import type { CustomerErasure } from '../app/archive/archive.ts';
import { askYes } from './commands.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { plain, print, printJson, table, tell } from './output.ts';
import { momentWords } from './value-words.ts';

interface Json {
  json?: boolean;
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export interface SnapshotsOptions extends Json {
  search?: string;
  limit?: number;
}

/** Lists what was saved, all or what is looked for. */
export function snapshots(app: Application, { search = '', limit = 1_000_000, json }: SnapshotsOptions): ExitCode {
  const { items, more } = app.archive.find(search, { limit });
  if (json) printJson(items);
  else if (items.length === 0) {
    tell(
      search.trim() === ''
        ? 'No snapshot is saved yet. Save one with: scan --save'
        : plain(`No snapshot has all of this: ${search}`),
    );
  } else {
    const rows = items.map(({ id, takenAt, phoneName, label, ticket, problems, verdict }) => [
      id,
      momentWords(takenAt),
      phoneName,
      label ?? '',
      ticket === null ? '' : [ticket.number, ticket.customer ?? ''].join(' ').trim(),
      String(problems),
      verdict,
    ]);
    const head = ['ID', 'TAKEN', 'PHONE', 'LABEL', 'TICKET', 'PROBLEMS', 'VERDICT'];
    print(...table([head, ...rows.map((row) => row.map(plain))]));
  }
  if (more) tell(`There are more than ${limit}.`);
  return exitCode.ok;
}

/** What would go, in words. */
function dueLines({ captures, snapshots: old, phones, customers, held, inChain }: RetentionDue): string[] {
  return [
    ...(old === 0 ? [] : [`${counted(old, 'snapshot', 'snapshots')} of ${counted(phones, 'phone', 'phones')}`]),
    ...(captures === 0 ? [] : [`what phones answered, of ${counted(captures, 'snapshot', 'snapshots')}`]),
    ...customers.map(({ name }) => `the customer ${name}`),
    ...(inChain && old + customers.length > 0
      ? ["(all of this but what phones answered goes from the chain's server and its other stations too)"]
      : []),
    ...held.map(({ name }) => `(${name} stays: a correction of a phone of theirs could still be undone)`),
  ].map(plain);
}

/** Has go what is due by the shop's rules. */
export async function retention(
  app: Application,
  options: Json & { preview?: boolean; yes?: boolean },
): Promise<ExitCode> {
  const due = app.archive.retentionDue();
  const isNothing = due.captures + due.snapshots + due.customers.length === 0;
  const isPreview = options.preview === true || isNothing;
  if (!isPreview && options.yes !== true) {
    tell('This would go, for good:', ...dueLines(due).map((line) => `  ${line}`));
    if (!(await askYes('Have it go?'))) {
      tell('Nothing was removed.');
      return exitCode.ok;
    }
  }
  const told = isPreview ? due : await app.archive.applyRetention();
  if (options.json) printJson({ removed: !isPreview, ...told });
  else if (isNothing)
    print(app.archive.hasRules ? 'Nothing is old enough by the rules in the settings.' : noRule, ...dueLines(due));
  else print(isPreview ? 'This would go, for good:' : 'This is gone:', ...dueLines(told).map((line) => `  ${line}`));
  return exitCode.ok;
}

const noRule = 'Nothing goes: no rule is set. Set one in the window: Settings, Clearing out.';

/** Lists who has brought phones in. */
export function customersList(app: Application, { search = '', json }: Json & { search?: string }): ExitCode {
  const list = app.archive.customers(search, 1_000_000);
  if (json) printJson(list);
  else if (list.length === 0) tell(search === '' ? 'No customer is kept.' : plain(`No customer begins with ${search}`));
  else
    print(
      ...table([['ID', 'NAME', 'CONTACT'], ...list.map(({ id, name, contact }) => [id, name, contact].map(plain))]),
    );
  return exitCode.ok;
}

/** Stores that were set aside, which go with a customer or a phone. */
export const setAsideLines = (files: readonly string[]): string[] =>
  files.map((file) => `what was kept before and set aside, of everybody: ${file}`).map(plain);

/** Files that nothing can be removed from here. */
const elsewhereLines = (files: CustomerErasure['elsewhere']): string[] =>
  files.map(({ file, kind, at }) => `not from this ${kind} of ${at.slice(0, 10)}, which may hold them too: ${file}`);

/** What goes with a customer, in words. */
export function erasureLines({
  customer,
  tickets,
  open,
  phones,
  shared,
  snapshots: kept,
  undoable,
  setAside,
  elsewhere,
}: CustomerErasure): string[] {
  return [
    `the customer ${customer.name}${customer.contact === '' ? '' : `, ${customer.contact}`}`,
    ...(tickets.length === 0 ? [] : [`${counted(tickets.length, 'ticket', 'tickets')}: ${tickets.join(', ')}`]),
    ...(open === 0 ? [] : [`  ${counted(open, 'of them is', 'of them are')} still open`]),
    ...phones.map(({ name, id }) => `everything about ${name} (${id})`),
    ...shared.map(
      ({ name, id }) => `what was done under these tickets with ${name} (${id}), which stays: it is not theirs alone`,
    ),
    counted(kept, 'snapshot', 'snapshots'),
    ...(undoable.length === 0
      ? []
      : [`how ${counted(undoable.length, 'correction', 'corrections')} could be undone: ${undoable.join(', ')}`]),
    'the backups that hold them; one without them is made first where there is room',
    ...elsewhereLines(elsewhere),
    ...setAsideLines(setAside),
  ].map(plain);
}

/** Removes a customer with their tickets and phones, for good. */
export async function customersErase(
  app: Application,
  id: string,
  options: Json & { yes?: boolean },
): Promise<ExitCode> {
  const traces = app.archive.erasure(id);
  if (options.yes !== true) {
    tell('This goes, for good:', ...erasureLines(traces).map((line) => `  ${line}`));
    if (!(await askYes('Erase it?'))) {
      tell('Nothing was erased.');
      return exitCode.ok;
    }
  }
  const erased = app.archive.erase(id);
  if (options.json) printJson(erased);
  else {
    const { removed, made, waits } = erased.backups;
    print(
      plain(`${erased.customer.name} is erased.`),
      ...(removed === 0 ? [] : [`${counted(removed, 'backup was', 'backups were')} removed.`]),
      ...(made === null ? [] : [plain(`One without them: ${made}`)]),
      ...(waits === null ? [] : [plain(`The backups hold them still, and are cleared later: ${waits}`)]),
      ...erased.setAside.map((file) => plain(`Removed too: ${file}`)),
      ...erased.elsewhere.map(({ file }) => plain(`May hold them still, and is yours to remove: ${file}`)),
    );
  }
  return exitCode.ok;
}
