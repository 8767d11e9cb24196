/** What the `phone-health` command of an installed program puts before its words (build/linux, build/mac, build/windows). */
const commandMarker = '--command-line';
/** What the command line puts before the moment of a paper (paper-process.ts). */
export const paperMarker = '--print-paper';

/**
 * Chromium's own, put in front by the same command, since there may be no screen, and by the starter of an AppImage where the system forbids
 * what the sandbox is made of.
 */
const ofChromium: ReadonlySet<string> = new Set(['--no-sandbox', '--ozone-platform=headless', '--disable-gpu']);

/** Commands are words; a path or a link that the system wants opened has more in it than these letters. */
const command = /^[a-z][a-z-]*$/;
const asking = new Set(['--help', '-h', '--version', '-V']);

/** What the binary is started as. */
export type Start = { is: 'window' } | { is: 'command'; words: readonly string[] } | { is: 'paper'; madeAt: string };

/** `words`: what the program was started with. A link comes from anywhere, and nothing behind one is a command. */
export function startOf(words: readonly string[]): Start {
  const first = words.findIndex((word) => !ofChromium.has(word));
  if (first === -1) return { is: 'window' };
  const [begin = '', ...rest] = words.slice(first);
  if (begin === commandMarker) return { is: 'command', words: rest };
  if (begin === paperMarker) return { is: 'paper', madeAt: rest[0] ?? '' };
  return command.test(begin) || asking.has(begin) ? { is: 'command', words: [begin, ...rest] } : { is: 'window' };
}
