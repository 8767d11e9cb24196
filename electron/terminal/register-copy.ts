import type { Command } from 'commander';
import type { CopyOptions } from './copy.ts';
import type { TerminalProgram } from './terminal-program.ts';

export function copyCommand(program: Command, { withPhone, signal }: TerminalProgram): void {
  program
    .command('copy')
    .description("copy the camera's photos and videos to a folder, and verify every one; goes on where it stopped")
    .argument('<serial>')
    .option('-o, --output <folder>', 'the folder; what is in it already is never replaced')
    .option('--decline <sentence>', 'go on without a copy, in exactly these words')
    .option('--json', 'print JSON')
    .action(
      withPhone(async (app, serial: string, options: CopyOptions) =>
        (await import('./copy.ts')).copy(app, serial, options, signal),
      ),
    );
}
