import type { ConsentWay } from '../../db/records/ticket-events.ts';
import { allowable, notAllowedCodes, type Allowable } from '../app/actions/allowed.ts';
import type { Application } from '../app/application.ts';
import { ApplicationError } from '../app/program/problem.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { plain, printJson, tell } from './output.ts';
import { pasteable } from './pasteable.ts';

/** What a consent allows, as it is typed. Throws `bad-argument`. */
export function allowedParts(may: readonly string[]): Record<Allowable, boolean> {
  const unknown = may.find((part) => !allowable.some((known) => known === part));
  if (unknown !== undefined) {
    throw new ApplicationError('bad-argument', `Nobody can allow "${unknown}": name ${allowable.join(', ')}.`);
  }
  return { read: may.includes('read'), change: may.includes('change'), keep: may.includes('keep') };
}

export interface ConsentOptions {
  may?: string[];
  how: ConsentWay;
  by?: string;
  json?: boolean;
}

/** Notes what the customer of a ticket allows from now on. */
export async function noteConsent(
  app: Application,
  number: string,
  { may = [], how, by, json }: ConsentOptions,
): Promise<ExitCode> {
  const { customer } = app.tickets.show(number);
  const consent = { ...allowedParts(may), by: by ?? customer?.name ?? '', how };
  const ticket = await app.tickets.change(number, null, { consent });
  if (json) printJson(ticket);
  else tell(plain(`Ticket ${ticket.number} allows from now on: ${may.length === 0 ? 'nothing' : may.join(', ')}.`));
  return exitCode.ok;
}

const isMissing = (error: unknown, what: Allowable): error is ApplicationError =>
  error instanceof ApplicationError && error.code === notAllowedCodes[what];

/** Does something with a phone; where its customer has not allowed it, says what notes that they do now. */
export async function noting<T>(app: Application, phoneId: string, work: () => Promise<T>, named?: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const missing = allowable.find((what) => isMissing(error, what));
    const ticket = app.tickets.ofWork(phoneId, named);
    if (missing === undefined || !(error instanceof Error) || ticket === null) throw error;
    const may = allowable.filter((what) => what === missing || ticket.consent?.[what] === true);
    const options = [...may.flatMap((what) => ['--may', what]), '--how', 'in-person'];
    throw new ApplicationError(notAllowedCodes[missing], `${error.message} Nothing was done.`, [
      `Once they allow it: ${pasteable('tickets', ['consent', ticket.number], options)}`,
    ]);
  }
}

/** Says that nobody knows whether the customer allows changes. */
export function tellNobodyAsked(app: Application, phoneId: string): void {
  const ticket = app.tickets.ofWork(phoneId);
  if (ticket === null || ticket.consent !== null) return;
  tell(plain(`Ticket ${ticket.number} does not say whether its customer allows changes.`));
}
