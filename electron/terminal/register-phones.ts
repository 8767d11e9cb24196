import type { Command } from 'commander';
import { openPlugged, phones } from './phones.ts';
import type { TerminalProgram } from './terminal-program.ts';

export function phonesCommands(program: Command, { withApplication, log, signal, env, end }: TerminalProgram): void {
  program
    .command('phones')
    .description('list the phones that are plugged in, each with its state and what to do about it')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const plugged = await openPlugged(env, log);
      try {
        end(await phones(plugged, options));
      } finally {
        await plugged.close();
      }
    });

  program
    .command('pair')
    .description('have an iPhone ask its owner whether to trust this computer, and wait for the answer')
    .argument('<serial>')
    .option('--json', 'print JSON')
    .action(
      withApplication(
        async (app, serial: string, options: { json?: boolean }) =>
          (await import('./pair.ts')).pair(app, serial, options, signal),
        // An iPhone needs none.
        { leavesAdbServer: false },
      ),
    );

  program
    .command('connection')
    .description('the connection to phones')
    .command('help')
    .description('what keeps phones from being seen, and how to get past it')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, options: { json?: boolean }) =>
        (await import('./connection-help.ts')).connectionHelp(app, options),
      ),
    );
}
