import type { Command } from 'commander';
import type { ConnectionOptions, ShopInitOptions } from './shop.ts';
import type { TerminalProgram } from './terminal-program.ts';

const fromWords = 'a file that holds the connection string; else it is read from standard input, or typed unseen';

export function shopCommands(program: Command, { withApplication, signal }: TerminalProgram): void {
  const shop = program
    .command('shop')
    .description('the chain of shops that this station belongs to, on one PostgreSQL');

  shop
    .command('init')
    .description(
      'set a database up for a chain, or bring it up to date; with a shop and a station, print what that station connects with',
    )
    .option('--from <file>', fromWords)
    .option('--shop <name>', 'the shop of the station')
    .option('--station <name>', 'a station of that shop; one that is there gets another password')
    .option('--look', 'the shops of the chain may look into each other')
    .option('--no-look', 'each shop sees its own alone')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, options: ShopInitOptions) =>
        (await import('./shop.ts')).shopInit(app, options, signal),
      ),
    );

  shop
    .command('connect')
    .description('belong to a chain from now on, with the connection string that init has printed for this station')
    .option('--from <file>', fromWords)
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, options: ConnectionOptions) =>
        (await import('./shop.ts')).shopConnect(app, options, signal),
      ),
    );

  shop
    .command('status')
    .description('tell which station this is, and what waits')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, options: { json?: boolean }) => (await import('./shop.ts')).shopStatus(app, options)),
    );

  shop
    .command('sync')
    .description('send what waits and read what others have, now')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, options: { json?: boolean }) =>
        (await import('./shop.ts')).shopSync(app, options, signal),
      ),
    );

  shop
    .command('find <text>')
    .description('look for a customer, a ticket or a phone at the other stations of the chain')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, text: string, options: { json?: boolean }) =>
        (await import('./shop.ts')).shopFind(app, text, options, signal),
      ),
    );

  shop
    .command('show <uid>')
    .description('show a scan of another station, as it was judged there; find tells its uid')
    .option('--shop <name>', 'the shop that has it, where more than one has a scan with this uid')
    .option('--all', 'also what needs no attention')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, uid: string, options: { all?: boolean; shop?: string; json?: boolean }) =>
        (await import('./shop.ts')).shopShow(app, uid, options, signal),
      ),
    );

  shop
    .command('leave')
    .description(
      'belong to no chain any more; what others have goes from this computer, what was sent stays at the server',
    )
    .option('--yes', 'also where something was not sent yet')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, options: { json?: boolean; yes?: boolean }) =>
        (await import('./shop.ts')).shopLeave(app, options),
      ),
    );
}
