/** What a command printed and how it ended. */
export interface SampleAnswer {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** An answer on standard output, one array element per line. No lines: no output at all. */
export function answerLines(lines: readonly string[]): SampleAnswer {
  return { stdout: lines.length === 0 ? '' : `${lines.join('\n')}\n`, stderr: '', exitCode: 0 };
}

/** A command that did its work and prints nothing. */
export const SILENT: SampleAnswer = { stdout: '', stderr: '', exitCode: 0 };

/** A command that failed with one line on standard error. */
export function failLine(line: string, exitCode: number): SampleAnswer {
  return { stdout: '', stderr: `${line}\n`, exitCode };
}

/** How a service's shell command reports a Java exception (AOSP BasicShellCommandHandler.exec). */
export function thrown(command: string, exception: string): SampleAnswer {
  return {
    stdout: '',
    stderr: `\nException occurred while executing '${command}':\n${exception}\n\tat android.os.ShellCommand.exec(ShellCommand.java:38)\n`,
    exitCode: 255,
  };
}

/** A service's shell command that does not know its first word (AOSP ShellCommand.handleDefaultCommands). */
export function unknownCommand(command: string | undefined): SampleAnswer {
  return command === undefined
    ? { stdout: 'No shell command specified.\n', stderr: '', exitCode: 255 }
    : { stdout: `Unknown command: ${command}\n`, stderr: '', exitCode: 255 };
}
