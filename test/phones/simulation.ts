import { createInterface } from 'node:readline';

/** Resolves when a simulation is to end. Once more of the same signal does not cut off its tidying up: a launcher passes on what came to the whole group. */
export const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });

/** Says what to type in another terminal; standard output is for scripts. */
export function tellHow(variable: string, phoneId: string): void {
  const commandLine = `${variable} npm run --silent cli --`;
  process.stderr.write(
    `In another terminal:\n  ${commandLine} phones\n  ${commandLine} scan ${phoneId}\n  ${variable} npm start\nCtrl-C ends it.\n`,
  );
}

/** What happens to a simulated phone from outside, by the word that is typed for it; gives what is said to it. */
export type Deeds<Phone> = Readonly<Record<string, (phone: Phone) => string | Promise<string>>>;

/** Does what is typed: a word of `deeds`, and behind it which of several phones, counted from 1. Gives what is said to that. */
export async function doTyped<Phone>(line: string, phones: readonly Phone[], deeds: Deeds<Phone>): Promise<string> {
  const [word = '', number = '1'] = line.trim().split(/\s+/);
  const phone = phones[Number(number) - 1];
  const deed = Object.hasOwn(deeds, word) ? deeds[word] : undefined;
  if (deed === undefined) return `Type ${Object.keys(deeds).join(', ')}; photo 2 means the second phone.`;
  if (phone === undefined) return `There is no phone ${number}.`;
  return deed(phone);
}

/** Until it is stopped, every line that is typed is done; the words are said first. */
export function followTyped<Phone>(phones: readonly Phone[], deeds: Deeds<Phone>, stopping: Promise<void>): void {
  process.stderr.write(`Type here what happens to the phone: ${Object.keys(deeds).join(', ')}.\n`);
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    void doTyped(line, phones, deeds).then((said) => process.stderr.write(`${said}\n`));
  });
  void stopping.then(() => {
    lines.close();
    process.stdin.destroy();
  });
}
