import { Option, type Command } from 'commander';
import { consentWaySchema } from '../../db/records/ticket-events.ts';
import type { ConsentOptions } from './consent.ts';
import type { CloseTicketOptions, ListTicketsOptions, NewTicketOptions } from './tickets.ts';
import { several } from './several-times.ts';
import type { TerminalProgram } from './terminal-program.ts';

const [mayOption, mayWords] = ['--may <what>', 'what the customer allows: read, change, keep; once for each'];

export function ticketCommands(program: Command, { withApplication }: TerminalProgram): void {
  const tickets = program.command('tickets').description('the jobs of a repair counter');

  tickets
    .command('new')
    .description('take a phone in, and print the number of its ticket; nothing has to be said')
    .option('--customer <name>', 'who brings it')
    .option('--contact <text>', 'how they are reached')
    .option('--fault <text>', 'what is wrong, as they tell it')
    .option('--technician <name>', 'who works on it')
    .option('--phone <serial>', 'a phone that is plugged in, or once for each', several)
    .option('--imei <digits>', 'its IMEI, or once for each', several)
    .option('--field <name=value>', "one of the shop's own fields, or once for each", several)
    .option(mayOption, mayWords, several)
    .addOption(new Option('--how <way>', 'how they have said so').choices(consentWaySchema.options))
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, options: NewTicketOptions) => (await import('./tickets.ts')).newTicket(app, options)),
    );

  tickets
    .command('list')
    .description('list the open tickets')
    .option('--all', 'also those that are closed')
    .option('--search <text>', 'only those that hold this')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, options: ListTicketsOptions) =>
        (await import('./tickets.ts')).listTickets(app, options),
      ),
    );

  tickets
    .command('show')
    .description('show everything of one ticket')
    .argument('<ticket>', 'its number, with or without the prefix of the station')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, number: string, options: { json?: boolean }) =>
        (await import('./tickets.ts')).showTicket(app, number, options),
      ),
    );

  tickets
    .command('close')
    .description('close a ticket: its phones are handed back')
    .argument('<ticket>')
    .option('--note <text>', 'what is to be remembered of it')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, number: string, options: CloseTicketOptions) =>
        (await import('./tickets.ts')).closeTicket(app, number, options),
      ),
    );

  tickets
    .command('reopen')
    .description('go on with a ticket that is closed')
    .argument('<ticket>')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, number: string, options: { json?: boolean }) =>
        (await import('./tickets.ts')).reopenTicket(app, number, options),
      ),
    );

  tickets
    .command('consent')
    .description('note what the customer of a ticket allows from now on; without --may: nothing')
    .argument('<ticket>')
    .option(mayOption, mayWords, several)
    .addOption(
      new Option('--how <way>', 'how they have said so').choices(consentWaySchema.options).makeOptionMandatory(),
    )
    .option('--by <name>', 'who has said so; otherwise the customer')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, number: string, options: ConsentOptions) =>
        (await import('./consent.ts')).noteConsent(app, number, options),
      ),
    );
}
