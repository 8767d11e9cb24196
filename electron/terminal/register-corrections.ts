import type { Command } from 'commander';
import type { Answers, FinishOptions, FixOptions } from './commands.ts';
import type { TerminalProgram } from './terminal-program.ts';

const samePhone = 'say that it is the same phone, where it was updated since or nobody kept which one it was';
const overwrite = 'put it back also where the phone has other values by now';

export function correctionCommands(program: Command, { withApplication, withPhone }: TerminalProgram): void {
  program
    .command('fix')
    .description('carry out the automatic correction of a cause, and verify it')
    .argument('<serial>')
    .argument('<cause>', 'id of the cause, as in the findings of a scan')
    .option('--app <id>', 'the app, where the cause is judged per app')
    .option('--correction <id>', 'which correction, where a cause has several')
    .option('--yes', 'agree in advance')
    .option('--same-phone', samePhone)
    .option('--json', 'print JSON')
    .action(
      withPhone(async (app, serial: string, cause: string, options: FixOptions) =>
        (await import('./commands.ts')).fix(app, serial, cause, options),
      ),
    );

  program
    .command('undo')
    .description('put back what an action changed, exactly')
    .argument('<action>')
    .option('--same-phone', samePhone)
    .option('--overwrite', overwrite)
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, action: string, options: Answers & { json?: boolean }) =>
        (await import('./commands.ts')).undo(app, action, options),
      ),
    );

  program
    .command('finish')
    .description('bring an action to its end that was cut off, by the cable or by the end of the program')
    .argument('<action>')
    .option('--leave', 'leave it as it is instead, without knowing what came of it')
    .option('--same-phone', samePhone)
    .option('--overwrite', overwrite)
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, action: string, options: FinishOptions) =>
        (await import('./commands.ts')).finish(app, action, options),
      ),
    );

  program
    .command('actions')
    .description(
      'list the corrections that were carried out: who, when, what, the values before and after, what came of it',
    )
    .argument('[serial]', 'only those of this phone')
    .option('--json', 'print JSON')
    .action(
      withApplication(async (app, serial: string | undefined, options: { json?: boolean }) =>
        (await import('./actions.ts')).actions(app, serial, options),
      ),
    );
}
