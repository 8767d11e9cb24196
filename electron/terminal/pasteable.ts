import { commandText } from '../../native/command.ts';

/**
 * A line of this program that a person pastes into a shell: every word stays one word, whatever the phone calls itself, and what
 * looks like an option is none. `words` come from phones and the catalog, `options` are this program's own with their values.
 */
export function pasteable(command: string, words: readonly string[], options: readonly string[] = []): string {
  const looksLikeOption = words.some((word) => word.startsWith('-'));
  const rest = looksLikeOption ? [...options, '--', ...words] : [...words, ...options];
  return commandText(['phone-health', command, ...rest]);
}
