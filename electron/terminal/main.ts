import { Command, CommanderError, Option } from 'commander';
import { consentWaySchema } from '../../db/records/ticket-events.ts';
import { NativeError } from '../../native/source.ts';
import packageJson from '../../package.json' with { type: 'json' };
import type { Application } from '../app/application.ts';
import { udid } from '../../native/ios/reach/udid.ts';
import { labelPaperSchema, sheetPaperSchema } from '../app/printing/paper.ts';
import { faultOf, problemOf } from '../app/program/problem.ts';
import type { StoreHealth } from '../app/program/store-health.ts';
import { fileFormatSchema, reportKindSchema } from '../app/reports/formats.ts';
import type { SnapshotsOptions } from './archive.ts';
import type { BackupOptions, RestoreOptions } from './backups.ts';
import type { ExportCaseOptions } from './cases.ts';
import type { Answers, CaptureOptions, FinishOptions, FixOptions, ScanOptions } from './commands.ts';
import type { ConsentOptions } from './consent.ts';
import type { CompareOptions } from './compare.ts';
import type { CopyOptions } from './copy.ts';
import { exitCode, exitCodeOf, type ExitCode } from './exit-code.ts';
import { lostOutput, tell, tellProblem } from './output.ts';
import { openPlugged, phones } from './phones.ts';
import { stepsWithCommand } from './pair.ts';
import type { ReportOptions } from './report.ts';
import type { ServeOptions } from './serve.ts';
import { daysOf, limitOf, minutesOf } from './spans.ts';
import type { CloseTicketOptions, ListTicketsOptions, NewTicketOptions } from './tickets.ts';
import type { WatchUploadOptions } from './watch-upload.ts';
import type { WatchOptions } from './watch.ts';

/*
 * What a command needs is loaded when it is carried out: most of a short command's time is the loading, and a list of phones needs
 * neither catalog nor store.
 */

/**
 * Ctrl-C, and the end of whoever started this, end a wait in good order; a second one ends the program. One that comes soon is the same,
 * passed on by the launcher.
 */
const interrupted = new AbortController();
let interruptedAt = 0;
const secondAfterMs = { SIGINT: 500, SIGTERM: 5_000, SIGHUP: 5_000 };
for (const [signal, afterMs] of Object.entries(secondAfterMs)) {
  process.on(signal, () => {
    if (!interrupted.signal.aborted) interruptedAt = performance.now();
    else if (performance.now() - interruptedAt > afterMs) process.exit(130);
    interrupted.abort();
  });
}
let outputLost = false;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that closes early, such as head, is no failure: the work goes on, and the exit code is the same.
  if (error.code === 'EPIPE' || outputLost) return;
  outputLost = true;
  tellProblem(lostOutput(error.code ?? error.message));
  process.exitCode = exitCode.unreadable;
});

// Whoever reads the messages no more, or has no room for them, has not stopped the work: a correction is brought to its end.
process.stderr.on('error', () => undefined);

const log = process.env['PHONE_HEALTH_LOG'] === '1' ? (line: string) => tell(line) : () => undefined;

const commands = () => import('./commands.ts');
const archive = () => import('./archive.ts');

/** What was found of the store beside the work. */
function tellHealth({ state, problem, clockBehind }: StoreHealth): void {
  if (state === 'damaged' && problem !== null) tellProblem(problem);
  if (clockBehind !== null) {
    tell(
      `This computer's clock is behind: something was kept at ${clockBehind} already. Set the clock, or what is kept now stands in the wrong order.`,
    );
  }
}

let ended: ExitCode = exitCode.ok;
/** What the application has put into the log, without what tells whose a phone is. */
const faultsKept = new Set<unknown>();

/**
 * Runs one command on an application that is closed afterwards, however it ends. An adb server that a short command had to start goes on:
 * the next command would wait for a new one, and for the phones to come back to it.
 */
const withApplication =
  <A extends unknown[]>(
    run: (app: Application, ...args: A) => ExitCode | Promise<ExitCode>,
    { leavesAdbServer = true, checksStore = false }: { leavesAdbServer?: boolean; checksStore?: boolean } = {},
  ) =>
  async (...args: A): Promise<void> => {
    const { Application } = await import('../app/application.ts');
    const app = new Application({ env: process.env, log, leavesAdbServer, checksStore });
    let failed = true;
    try {
      ended = await run(app, ...args);
      failed = false;
    } catch (error) {
      app.keepFault(error);
      faultsKept.add(error);
      throw error;
    } finally {
      await app.close();
      // What the command itself has failed of is told by that.
      if (!failed) tellHealth(app.storeHealth);
    }
  };

/** Runs one command about a phone, named by a person: one that is plugged in, or (`kept`) one that something is kept of. */
const withPhone =
  <A extends unknown[]>(
    run: (app: Application, phoneId: string, ...args: A) => ExitCode | Promise<ExitCode>,
    which: 'plugged' | 'kept' = 'plugged',
  ) =>
  (...[name, ...args]: [string, ...A]): Promise<void> =>
    withApplication(async (app: Application) =>
      run(app, await app.phoneNamed(name, { live: which === 'plugged' }), ...args),
    )();

/** An option that may be given again. */
const several = (text: string, before: string[] = []): string[] => [...before, text];

/** The iPhone that the command line names; a word for it where it names none. */
const namedPhone = (): string => process.argv.find((word) => udid.test(word)) ?? 'SERIAL';

const samePhone = 'say that it is the same phone, where it was updated since or nobody kept which one it was';
const [mayOption, mayWords] = ['--may <what>', 'what the customer allows: read, change, keep; once for each'];
const overwrite = 'put it back also where the phone has other values by now';

const program = new Command('phone-health')
  .description('Finds out why photos stop backing up in the background, and proves each correction.')
  .version(packageJson.version)
  .exitOverride()
  .configureHelp({ showGlobalOptions: true })
  .addHelpText(
    'after',
    '\nExit codes: 0 nothing holds uploads back, 1 something does, 2 wrong usage, 3 phone or file cannot be read, 4 it broke off, 5 too little was read to judge.',
  );

program
  .command('phones')
  .description('list the phones that are plugged in, each with its state and what to do about it')
  .option('--json', 'print JSON')
  .action(async (options: { json?: boolean }) => {
    const plugged = await openPlugged(process.env, log);
    try {
      ended = await phones(plugged, options);
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
        (await import('./pair.ts')).pair(app, serial, options, interrupted.signal),
      // An iPhone needs none.
      { leavesAdbServer: false },
    ),
  );

program
  .command('scan')
  .description('read a phone, or a file in place of one, and judge it')
  .argument('[serial]', 'the phone; may be left out where only one is plugged in')
  .option('--from <path>', 'a bug report, recorded capture, dump, folder of dumps or iPhone backup folder')
  .option('--app <id>', 'the app that should keep the photos, or once for each; remembered for this phone', several)
  .option('--all', 'show everything that was found')
  .option('--save', 'keep a snapshot')
  .option('--label <label>', 'a name for the snapshot, such as before')
  .option('--ticket <id>', 'the ticket that the snapshot belongs to')
  .option(
    '--read-notifications <id>',
    'read the titles of what these apps show in notifications, such as "Backup paused"; nothing else of any is read or kept',
    several,
  )
  .option('--count-photos', 'count what waits on an iPhone to the end, however large its library is')
  .option('--json', 'print JSON')
  .action(
    withApplication(async (app, serial: string | undefined, options: ScanOptions) =>
      (await commands()).scan(app, serial, options, interrupted.signal),
    ),
  );

program
  .command('capture')
  .description('record a phone in a file, for later or for someone else')
  .argument('<serial>')
  .requiredOption('-o, --output <file>', 'the file to write')
  .option('--redact', 'replace serials, accounts, phone numbers, network names and places')
  .option('--overwrite', 'replace the file where it is there already')
  .action(
    withPhone(async (app, serial: string, options: CaptureOptions) =>
      (await commands()).capture(app, serial, options, interrupted.signal),
    ),
  );

program
  .command('copy')
  .description("copy the camera's photos and videos to a folder, and verify every one; goes on where it stopped")
  .argument('<serial>')
  .option('-o, --output <folder>', 'the folder; what is in it already is never replaced')
  .option('--decline <sentence>', 'go on without a copy, in exactly these words')
  .option('--json', 'print JSON')
  .action(
    withPhone(async (app, serial: string, options: CopyOptions) =>
      (await import('./copy.ts')).copy(app, serial, options, interrupted.signal),
    ),
  );

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
      (await commands()).fix(app, serial, cause, options),
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
      (await commands()).undo(app, action, options),
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
      (await commands()).finish(app, action, options),
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

program
  .command('forget')
  .description('remove everything that is kept about a phone, for good, and the trust of an iPhone')
  .argument('<serial>')
  .option('--yes', 'agree in advance')
  .option('--json', 'print JSON')
  .action(
    withPhone(
      async (app, serial: string, options: { yes?: boolean; json?: boolean }) =>
        (await commands()).forget(app, serial, options),
      'kept',
    ),
  );

program
  .command('backup')
  .description('copy everything that is kept into one file; one is kept in the data folder each day')
  .option('-o, --output <file>', 'the file to write; otherwise one in the data folder, where seven are kept')
  .option('--json', 'print JSON')
  .action(withApplication(async (app, options: BackupOptions) => (await import('./backups.ts')).backup(app, options)));

program
  .command('restore')
  .description('put a backup in the place of what is kept now, which is set aside')
  .argument('[file]', 'the backup; the one that was made last if left out')
  .option('--list', 'list the backups, and what each holds')
  .option('--empty', 'begin with nothing kept, where there is no backup')
  .option('--yes', 'agree in advance')
  .option('--json', 'print JSON')
  .action(
    withApplication(async (app, file: string | undefined, options: RestoreOptions) =>
      (await import('./backups.ts')).restore(app, file, options),
    ),
  );

program
  .command('snapshots')
  .description('list the saved snapshots, all or what is looked for')
  .option(
    '--search <words>',
    'only those that have all of these: words of the phone, its last digits, customer, ticket, day, cause, label, note',
  )
  .option('--limit <n>', 'at most so many, the latest first', limitOf)
  .option('--json', 'print JSON')
  .action(withApplication(async (app, options: SnapshotsOptions) => (await archive()).snapshots(app, options)));

program
  .command('retention')
  .description('have go, for good, what is old by the rules in the settings')
  .option('--preview', 'say what would go, and leave it')
  .option('--yes', 'agree in advance')
  .option('--json', 'print JSON')
  .action(
    withApplication(async (app, options: { preview?: boolean; yes?: boolean; json?: boolean }) =>
      (await archive()).retention(app, options),
    ),
  );

const customers = program.command('customers').description('list who has brought phones in, or erase one');

customers
  .command('list')
  .description('list the customers')
  .option('--search <text>', 'only those whose name or contact begins like this')
  .option('--json', 'print JSON')
  .action(
    withApplication(async (app, options: { search?: string; json?: boolean }) =>
      (await archive()).customersList(app, options),
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
      (await archive()).customersErase(app, id, options),
    ),
  );

program
  .command('compare')
  .description('compare two snapshots: what is gone, what is new, and which values changed')
  .argument('<before>')
  .argument('<after>')
  .option('--all', 'also the apps that are not chosen, and values that are others at every look')
  .option('--json', 'print JSON')
  .action(
    withApplication(async (app, before: string, after: string, options: CompareOptions) =>
      (await import('./compare.ts')).compare(app, before, after, options),
    ),
  );

const ticketCommands = program.command('tickets').description('the jobs of a repair counter');
ticketCommands
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
ticketCommands
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
ticketCommands
  .command('show')
  .description('show everything of one ticket')
  .argument('<ticket>', 'its number, with or without the prefix of the station')
  .option('--json', 'print JSON')
  .action(
    withApplication(async (app, number: string, options: { json?: boolean }) =>
      (await import('./tickets.ts')).showTicket(app, number, options),
    ),
  );
ticketCommands
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
ticketCommands
  .command('reopen')
  .description('go on with a ticket that is closed')
  .argument('<ticket>')
  .option('--json', 'print JSON')
  .action(
    withApplication(async (app, number: string, options: { json?: boolean }) =>
      (await import('./tickets.ts')).reopenTicket(app, number, options),
    ),
  );
ticketCommands
  .command('consent')
  .description('note what the customer of a ticket allows from now on; without --may: nothing')
  .argument('<ticket>')
  .option(mayOption, mayWords, several)
  .addOption(new Option('--how <way>', 'how they have said so').choices(consentWaySchema.options).makeOptionMandatory())
  .option('--by <name>', 'who has said so; otherwise the customer')
  .option('--json', 'print JSON')
  .action(
    withApplication(async (app, number: string, options: ConsentOptions) =>
      (await import('./consent.ts')).noteConsent(app, number, options),
    ),
  );

program
  .command('report')
  .description('make a report of a snapshot, without what tells whose the phone is: to standard output, or to a file')
  .argument('[snapshots...]', 'the snapshot; before-after takes two, and a label of a ticket none')
  .addOption(
    new Option(
      '--kind <kind>',
      'what it is for: whoever has the phone, the support of an app, ticking off on paper, or the papers of a shop',
    )
      .choices(reportKindSchema.options)
      .default('diagnosis'),
  )
  .addOption(new Option('--format <format>', 'what it is made into').choices(fileFormatSchema.options).default('md'))
  .option('-o, --output <file>', 'the file to write')
  .option('--overwrite', 'replace the file where it is there already')
  .option('--unredacted', 'with serials, names, accounts and networks')
  .addOption(
    new Option('--paper <paper>', 'what it is to be printed on; otherwise what the settings say').choices([
      ...sheetPaperSchema.options,
      ...labelPaperSchema.options,
    ]),
  )
  .option('--ticket <number>', 'the job that it belongs to; otherwise that of the snapshot')
  .option('--check <file>', 'in place of making one: what the code on the paper of this JSON file must say')
  .option('--code <text>', 'with --check: what the code says; exit code 1 where it is of another file')
  .option('--language <language>', 'its language, such as de; otherwise that of the settings')
  .action(
    withApplication(async (app, snapshots: string[], options: ReportOptions) =>
      (await import('./report.ts')).report(app, snapshots, options, interrupted.signal),
    ),
  );

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
      (await import('./watch-upload.ts')).watchUpload(app, serial, options, interrupted.signal),
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
      (await import('./watch.ts')).watch(app, serial, options, interrupted.signal),
    ),
  );

program
  .command('serve')
  .description('serve the window on loopback, with a one-time token')
  .option('--port <port>', 'the port; any free one if left out')
  .option('--dev', 'serve the window from its sources')
  .action(
    withApplication(
      async (app, options: ServeOptions) => {
        const { serve } = await import('./serve.ts');
        return serve(app, options, interrupted.signal);
      },
      { leavesAdbServer: false, checksStore: true },
    ),
  );

const handoverCommands = program
  .command('handover')
  .description("the hand-over to the shop's ticket system, which is set up in the window");
handoverCommands
  .command('status')
  .description('list what waits for the ticket system, and what was given up')
  .option('--json', 'print JSON')
  .action(
    withApplication(async (app, options: { json?: boolean }) =>
      (await import('./handover.ts')).handoverStatus(app, options),
    ),
  );
handoverCommands
  .command('send')
  .description('send what waits, now')
  .option('--json', 'print JSON')
  .action(
    withApplication(async (app, options: { json?: boolean }) =>
      (await import('./handover.ts')).handoverSend(app, options, interrupted.signal),
    ),
  );
handoverCommands
  .command('test')
  .description('ask the ticket system whether it accepts the secret; writes nothing there')
  .option('--json', 'print JSON')
  .action(
    withApplication(async (app, options: { json?: boolean }) =>
      (await import('./handover.ts')).handoverTest(app, options, interrupted.signal),
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

const caseCommands = program.command('case').description('tickets and snapshots in one file, for another computer');
caseCommands
  .command('export')
  .description('put tickets, with everything that belongs to them, and snapshots into one file')
  .argument('[tickets...]', 'numbers of tickets')
  .option('--snapshot <id>', 'a snapshot, or once for each', several)
  .option('--redacted', 'without the customer, serial numbers, accounts and names')
  .requiredOption('-o, --output <file>', 'the file to write; one that is there is never replaced')
  .option('--json', 'print JSON')
  .action(
    withApplication(async (app, tickets: string[], options: ExportCaseOptions) =>
      (await import('./cases.ts')).exportCase(app, tickets, options),
    ),
  );
caseCommands
  .command('show')
  .description('what is in a case, and what of it is new here; changes nothing')
  .argument('<file>')
  .option('--json', 'print JSON')
  .action(
    withApplication(async (app, file: string, options: { json?: boolean }) =>
      (await import('./cases.ts')).showCase(app, file, options),
    ),
  );
caseCommands
  .command('import')
  .description('take in what is new of a case; what is here stays as it is')
  .argument('<file>')
  .option('--yes', 'agree in advance')
  .option('--json', 'print JSON')
  .action(
    withApplication(async (app, file: string, options: { yes?: boolean; json?: boolean }) =>
      (await import('./cases.ts')).importCase(app, file, options),
    ),
  );

const catalogCommands = program.command('catalog').description('work on the catalog of causes');
catalogCommands
  .command('feedback')
  .description('list where screens of phones were not as the steps say')
  .option('--json', 'print JSON')
  .action(withApplication(async (app, options: { json?: boolean }) => (await commands()).feedback(app, options)));
catalogCommands
  .command('check')
  .description('validate the catalog')
  .option('--json', 'print JSON')
  .action(async (options: { json?: boolean }) => {
    const { catalogCheck } = await import('./catalog-check.ts');
    ended = catalogCheck(options);
  });

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    ended = error.exitCode === 0 ? exitCode.ok : exitCode.usage;
  } else {
    const problem = problemOf(error);
    const steps = error instanceof NativeError ? stepsWithCommand(namedPhone(), error.remedy) : problem.steps;
    tellProblem({ ...problem, steps });
    if (!faultsKept.has(error)) for (const line of faultOf(error)) log(line);
    ended = exitCodeOf(error, problem);
  }
}
// Who has not got the answer is not told by the exit code that there is one.
process.exitCode = outputLost ? exitCode.unreadable : ended;
