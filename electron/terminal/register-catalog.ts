import type { Command } from 'commander';
import type { TerminalProgram } from './terminal-program.ts';

export function catalogCommands(program: Command, { withApplication, env, end }: TerminalProgram): void {
  const catalog = program.command('catalog').description('work on the catalog of causes');

  catalog
    .command('feedback')
    .description('list where screens of phones were not as the steps say')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, options: { json?: boolean }) =>
        (await import('./commands.ts')).feedback(app, options),
      ),
    );

  catalog
    .command('check')
    .description('validate the catalog')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const { catalogCheck } = await import('./catalog-check.ts');
      end(catalogCheck(options, env));
    });
}
