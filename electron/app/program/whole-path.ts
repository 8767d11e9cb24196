import { homedir } from 'node:os';
import { isAbsolute, join, normalize } from 'node:path';
import { ApplicationError } from './problem.ts';

/** What a person typed as a place on this computer: `~` stands for the home folder. Throws `bad-argument` for what is no whole path. */
export function wholePath(text: string, what: 'file' | 'folder'): string {
  const path = text === '~' || text.startsWith('~/') ? join(homedir(), text.slice(1)) : text;
  if (isAbsolute(path) && !path.includes('\0')) return normalize(path);
  throw new ApplicationError('bad-argument', `Name the ${what} with its whole path.`, [`For example ${homedir()}.`]);
}
