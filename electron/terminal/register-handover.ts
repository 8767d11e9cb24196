import type { Command } from 'commander';
import type { TerminalProgram } from './terminal-program.ts';

export function handoverCommands(program: Command, { withApplication, signal }: TerminalProgram): void {
  const handover = program
    .command('handover')
    .description("the hand-over to the shop's ticket system, which is set up in the window");

  handover
    .command('status')
    .description('list what waits for the ticket system, and what was given up')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, options: { json?: boolean }) =>
        (await import('./handover.ts')).handoverStatus(app, options),
      ),
    );

  handover
    .command('send')
    .description('send what waits, now')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, options: { json?: boolean }) =>
        (await import('./handover.ts')).handoverSend(app, options, signal),
      ),
    );

  handover
    .command('test')
    .description('ask the ticket system whether it accepts the secret; writes nothing there')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, options: { json?: boolean }) =>
        (await import('./handover.ts')).handoverTest(app, options, signal),
      ),
    );
}
