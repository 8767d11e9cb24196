/** What the `phone-health` command of an installed program puts before its words (build/linux, build/mac, build/windows). */
const marker = '--command-line';

/** Chromium's own, put there by the same command: there may be no screen. */
const headless = '--ozone-platform=headless';

/** Commands are words; a path or a link that the system wants opened has more in it than these letters. */
const command = /^[a-z][a-z-]*$/;
const asking = new Set(['--help', '-h', '--version', '-V']);

/**
 * The words for the command line, or null where a window is to be opened. `words`: what the program was started with. A link comes from
 * anywhere, and nothing behind one is a command.
 */
export function commandLineIn(words: readonly string[]): readonly string[] | null {
  const given = words[0] === headless ? words.slice(1) : words;
  if (given[0] === marker) return given.slice(1);
  const [first] = given;
  return first !== undefined && (command.test(first) || asking.has(first)) ? given : null;
}
