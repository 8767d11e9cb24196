import { Command, CommanderError } from 'commander';
import { udid } from '../../native/ios/reach/udid.ts';
import { NativeError } from '../../native/source.ts';
import packageJson from '../../package.json' with { type: 'json' };
import type { PdfPrinter } from '../app/printing/pdf-printer.ts';
import { faultOf, problemOf } from '../app/program/problem.ts';
import { exitCode, exitCodeOf, type ExitCode } from './exit-code.ts';
import { tellProblem } from './output.ts';
import { stepsWithCommand } from './pair.ts';
import { caseCommands } from './register-cases.ts';
import { catalogCommands } from './register-catalog.ts';
import { copyCommand } from './register-copy.ts';
import { correctionCommands } from './register-corrections.ts';
import { customerCommands } from './register-customers.ts';
import { handoverCommands } from './register-handover.ts';
import { shopCommands } from './register-shop.ts';
import { keptCommands } from './register-kept.ts';
import { phonesCommands } from './register-phones.ts';
import { reportCommand } from './register-reports.ts';
import { scanCommands } from './register-scan.ts';
import { serveCommand } from './register-serve.ts';
import { TerminalProgram } from './terminal-program.ts';
import { ticketCommands } from './register-tickets.ts';
import { uploadCommands } from './register-uploads.ts';
import { onTerminal, type Terminal } from './terminal.ts';

export interface TerminalRun {
  /** The words after the program's name. */
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Ends a wait in good order. */
  readonly signal: AbortSignal;
  readonly terminal: Terminal;
  /** Default: a browser that is installed. */
  readonly pdfPrinter?: PdfPrinter | undefined;
}

/** As they stand in the help. */
const registered = [
  phonesCommands,
  scanCommands,
  copyCommand,
  correctionCommands,
  keptCommands,
  customerCommands,
  ticketCommands,
  reportCommand,
  uploadCommands,
  serveCommand,
  handoverCommands,
  shopCommands,
  caseCommands,
  catalogCommands,
];

/** The iPhone that the command line names; a word for it where it names none. */
const namedPhone = (argv: readonly string[]): string => argv.find((word) => udid.test(word)) ?? 'SERIAL';

/** Runs one command line to its end, and gives its exit code. */
export function runTerminal({ argv, env, signal, terminal, pdfPrinter }: TerminalRun): Promise<ExitCode> {
  return onTerminal(terminal, async () => {
    const run = new TerminalProgram(env, signal, pdfPrinter);
    const program = new Command('phone-health')
      .description('Finds out why photos stop backing up in the background, and proves each correction.')
      .version(packageJson.version)
      .exitOverride()
      .configureOutput({
        writeOut: (text) => void terminal.stdout.write(text),
        writeErr: (text) => void terminal.stderr.write(text),
        getOutHelpWidth: () => terminal.stdout.columns ?? 80,
        getErrHelpWidth: () => terminal.stderr.columns ?? 80,
      })
      .configureHelp({ showGlobalOptions: true })
      .addHelpText(
        'after',
        '\nExit codes: 0 nothing holds uploads back, 1 something does, 2 wrong usage, 3 phone or file cannot be read, 4 it broke off, 5 too little was read to judge.',
      );
    for (const register of registered) register(program, run);
    try {
      await program.parseAsync(argv, { from: 'user' });
    } catch (error) {
      if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
      const problem = problemOf(error);
      const steps = error instanceof NativeError ? stepsWithCommand(namedPhone(argv), error.remedy) : problem.steps;
      tellProblem({ ...problem, steps });
      if (!run.faultsKept.has(error)) for (const line of faultOf(error)) run.log(line);
      return exitCodeOf(error, problem);
    }
    return run.ended;
  });
}
