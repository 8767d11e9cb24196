import type { Application } from '../app/application.ts';
import type { PdfPrinter } from '../app/printing/pdf-printer.ts';
import type { StoreHealth } from '../app/program/store-health.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { tell, tellProblem } from './output.ts';

type RunOn<A extends unknown[]> = (app: Application, ...args: A) => ExitCode | Promise<ExitCode>;

/** What was found of the store beside the work. */
function tellHealth({ state, problem, clockBehind }: StoreHealth): void {
  if (state === 'damaged' && problem !== null) tellProblem(problem);
  if (clockBehind !== null) {
    tell(
      `This computer's clock is behind: something was kept at ${clockBehind} already. Set the clock, or what is kept now stands in the wrong order.`,
    );
  }
}

/**
 * One run of the command line, as its commands see it. What a command needs is loaded when it is carried out: most of a short command's
 * time is the loading, and a list of phones needs neither catalog nor store.
 */
export class TerminalProgram {
  /** With what this command ends. */
  ended: ExitCode = exitCode.ok;
  /** What the application has put into the log, without what tells whose a phone is. */
  readonly faultsKept = new Set<unknown>();
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  readonly #pdfPrinter: PdfPrinter | undefined;

  constructor(env: NodeJS.ProcessEnv, signal: AbortSignal, pdfPrinter?: PdfPrinter) {
    this.env = env;
    this.signal = signal;
    this.#pdfPrinter = pdfPrinter;
    this.log = env['PHONE_HEALTH_LOG'] === '1' ? (line) => tell(line) : () => undefined;
  }

  readonly end = (code: ExitCode): void => {
    this.ended = code;
  };

  /**
   * Runs one command on an application that is closed afterwards, however it ends. An adb server that a short command had to start goes
   * on: the next command would wait for a new one, and for the phones to come back to it.
   */
  readonly withApplication =
    <A extends unknown[]>(run: RunOn<A>, { leavesAdbServer = true, checksStore = false } = {}) =>
    async (...args: A): Promise<void> => {
      const { Application } = await import('../app/application.ts');
      const app = new Application({
        env: this.env,
        log: this.log,
        leavesAdbServer,
        checksStore,
        ...(this.#pdfPrinter === undefined ? {} : { pdfPrinter: this.#pdfPrinter }),
      });
      let failed = true;
      try {
        this.ended = await run(app, ...args);
        failed = false;
      } catch (error) {
        app.keepFault(error);
        this.faultsKept.add(error);
        throw error;
      } finally {
        await app.close();
        // What the command itself has failed of is told by that.
        if (!failed) tellHealth(app.storeHealth);
      }
    };

  /** Runs one command about a phone, named by a person: one that is plugged in, or (`kept`) one that something is kept of. */
  readonly withPhone =
    <A extends unknown[]>(
      run: (app: Application, phoneId: string, ...args: A) => ExitCode | Promise<ExitCode>,
      which: 'plugged' | 'kept' = 'plugged',
    ) =>
    (...[name, ...args]: [string, ...A]): Promise<void> =>
      this.withApplication(async (app: Application) =>
        run(app, await app.phoneNamed(name, { live: which === 'plugged' }), ...args),
      )();
}
