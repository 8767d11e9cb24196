import { Option, type Command } from 'commander';
import type { WatchOptions } from './watch.ts';
import type { WatchUploadOptions } from './watch-upload.ts';
import { daysOf, minutesOf } from './spans.ts';
import type { TerminalProgram } from './terminal-program.ts';

export function uploadCommands(program: Command, { withPhone, signal }: TerminalProgram): void {
  program
    .command('watch-upload')
    .description(
      'take a photo now: does the app send it? Exit code 0: it is sent or being sent, 1: nothing was sent, 4: it broke off, 5: too little was seen to tell',
    )
    .argument('<serial>')
    .requiredOption('--app <id>', 'the app that is to send it (package or bundle id)')
    .option('--minutes <n>', 'how long to wait for the photo, and then for its upload', minutesOf, 10)
    .addOption(new Option('--on <network>', 'the network that it is to be sent over').choices(['wifi', 'mobile']))
    .option('--open-camera', 'open the camera of the phone')
    .option('--json', 'print JSON')
    .action(
      withPhone(async (app, serial: string, options: WatchUploadOptions) =>
        (await import('./watch-upload.ts')).watchUpload(app, serial, options, signal),
      ),
    );

  program
    .command('watch')
    .description('watch an app over days: looks at the phone once, and prints what every look has proven')
    .argument('<serial>')
    .option('--app <id>', 'the app (package or bundle id)')
    .option('--start', 'begin to watch it')
    .option('--days <n>', 'for how many days', daysOf, 7)
    .option('--end', 'end the plans that run')
    .option('--json', 'print JSON')
    .action(
      withPhone(async (app, serial: string, options: WatchOptions) =>
        (await import('./watch.ts')).watch(app, serial, options, signal),
      ),
    );
}
