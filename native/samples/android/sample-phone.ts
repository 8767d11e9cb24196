import { answerLines, failLine, type SampleAnswer } from './answer.ts';
import { commands, dumpServices, shellServices } from './commands.ts';
import type { SampleState } from './state.ts';

export type { SampleAnswer } from './answer.ts';
export type { SampleState } from './state.ts';

/**
 * A phone that exists only in memory. It answers the shell commands that the probes and corrections use, in the text
 * formats of its Android version and maker, and a correction really changes it.
 */
export class SamplePhone {
  readonly serial: string;
  readonly #state: SampleState;

  /** The state is copied, so one profile can serve many phones. */
  constructor(state: SampleState) {
    this.#state = structuredClone(state);
    this.serial = state.serial;
  }

  /** The phone's present state; it may be changed from outside, as an owner's finger would. */
  get state(): SampleState {
    return this.#state;
  }

  /**
   * Runs one command whose words are already split, e.g. `['dumpsys', 'battery']`. Never throws: what a phone does not
   * know, it answers as a phone does (shell: 127; `dumpsys`: a line on standard error and 0; `cmd`: 20).
   */
  run(argv: readonly string[]): SampleAnswer {
    const [name = '', ...args] = argv;
    switch (name) {
      case 'dumpsys':
        return this.#dumpsys(args);
      case 'cmd':
        return this.#cmd(args);
      default: {
        const command = commands.get(name);
        return command
          ? command(this.#state, args)
          : failLine(`/system/bin/sh: ${name}: inaccessible or not found`, 127);
      }
    }
  }

  #dumpsys(args: readonly string[]): SampleAnswer {
    const words = args[0] === '-t' || args[0] === '-T' ? args.slice(2) : args;
    const [service, ...rest] = words;
    const services = dumpServices(this.#state);
    if (service === undefined || service === '-l') {
      return answerLines(['Currently running services:', ...[...services.keys()].sort().map((key) => `  ${key}`)]);
    }
    const dump = services.get(service);
    return dump ? dump(this.#state, rest) : failLine(`Can't find service: ${service}`, 0);
  }

  #cmd(args: readonly string[]): SampleAnswer {
    const [service, ...rest] = args;
    if (service === undefined) return failLine('cmd: no service specified; use -l to list all services', 20);
    const command = shellServices.get(service);
    return command ? command(this.#state, rest) : failLine(`cmd: Can't find service: ${service}`, 20);
  }
}
