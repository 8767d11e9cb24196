/** The options and words of an Android shell command: `--user 0 com.x allow`. */
export interface ParsedArguments {
  readonly options: ReadonlyMap<string, string>;
  readonly flags: ReadonlySet<string>;
  readonly words: readonly string[];
}

/** Splits arguments; `valued` names the options that take the next word, every other word with a dash is a flag. */
export function parseArguments(args: readonly string[], valued: readonly string[] = ['--user']): ParsedArguments {
  const options = new Map<string, string>();
  const flags = new Set<string>();
  const words: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] ?? '';
    if (valued.includes(word)) {
      index += 1;
      options.set(word, args[index] ?? '');
    } else if (word.startsWith('-') && word.length > 1) {
      flags.add(word);
    } else {
      words.push(word);
    }
  }
  return { options, flags, words };
}

/** The user a command is meant for: `--user N`, `--user current`, else the owner. */
export function userIdOf(parsed: ParsedArguments): number {
  const text = parsed.options.get('--user');
  return text === undefined || text === 'current' || text === 'all' ? 0 : Number(text);
}
