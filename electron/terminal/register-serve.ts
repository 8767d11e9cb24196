import type { Command } from 'commander';
import type { ServeOptions } from './serve.ts';
import type { TerminalProgram } from './terminal-program.ts';

export function serveCommand(program: Command, { withApplication, signal }: TerminalProgram): void {
  program
    .command('serve')
    .description('serve the window on loopback, with a one-time token')
    .option('--port <port>', 'the port; any free one if left out')
    .option('--dev', 'serve the window from its sources')
    .action(
      withApplication(
        async (app, options: ServeOptions) => {
          const { serve } = await import('./serve.ts');
          return serve(app, options, signal);
        },
        { leavesAdbServer: false, checksStore: true },
      ),
    );
}
