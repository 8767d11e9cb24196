import type { Command } from 'commander';
import type { TerminalProgram } from './terminal-program.ts';

export function customerCommands(program: Command, { withApplication }: TerminalProgram): void {
  const customers = program.command('customers').description('list who has brought phones in, or erase one');

  customers
    .command('list')
    .description('list the customers')
    .option('--search <text>', 'only those whose name or contact begins like this')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, options: { search?: string; json?: boolean }) =>
        (await import('./archive.ts')).customersList(app, options),
      ),
    );

  customers
    .command('erase')
    .description('remove a customer with their tickets, notes and phones, for good, also from the backups')
    .argument('<customer>', 'the number in the list of customers')
    .option('--yes', 'agree in advance')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, id: string, options: { yes?: boolean; json?: boolean }) =>
        (await import('./archive.ts')).customersErase(app, id, options),
      ),
    );
}
