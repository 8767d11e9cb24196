import type { ConsentWay } from '../../db/records/ticket-events.ts';
import { allowable, notAllowedCodes, refusingTicket, type Allowable } from '../app/actions/allowed.ts';
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
    if (missing === undefined || !(error instanceof Error)) throw error;
    const steps = consentSteps(app, phoneId, missing, named);
    throw new ApplicationError(notAllowedCodes[missing], `${error.message} Nothing was done.`, steps);
  }
}

/** What is typed once the customer of the ticket that stands against it allows it. */
export function consentSteps(app: Application, phoneId: string, missing: Allowable, named?: string): string[] {
  const ticket = refusingTicket(app.tickets.ofWork(phoneId, named), missing);
  if (ticket === null) return [];
  const may = allowable.filter((what) => what === missing || ticket.consent?.[what] === true);
  const options = [...may.flatMap((what) => ['--may', what]), '--how', 'in-person'];
  return [`Once they allow it: ${pasteable('tickets', ['consent', ticket.number], options)}`];
}

const askedAbout = { change: 'changes', keep: 'that what is read is kept' };

/** Says that nobody knows whether the customer allows it: it is done all the same. */
export function tellNobodyAsked(app: Application, phoneId: string, what: 'change' | 'keep', named?: string): void {
  for (const one of app.tickets.ofWork(phoneId, named)) {
    if ('consent' in one && one.consent === null)
      tell(plain(`Ticket ${one.number} does not say whether its customer allows ${askedAbout[what]}.`));
  }
}
