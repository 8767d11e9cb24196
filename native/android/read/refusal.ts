import type { Refusal } from '../../assemble.ts';
import { unavailable } from '../../unavailable.ts';
import { isDenied, isMissing } from '../reach/refusal-texts.ts';

/**
 * Refusals stand at the beginning of an answer; a long dump may well quote a SecurityException in its middle (an app's
 * crash, a log line), which refuses nothing. So only the first lines are looked at.
 */
const linesLookedAt = 4;
/** Longer first lines than this are data, not a message. */
const charactersLookedAt = 2000;

/** What one tool says about one file; among other lines it speaks about that file only. */
const toolDenied = /^\S{1,80}: .*\bPermission denied$/i;

/** `*** SERVICE 'power' DUMP TIMEOUT (10000ms) EXPIRED ***`: dumpsys gave up; written after whatever had come until then (AOSP cmds/dumpsys, 8..16). */
const dumpTimeout = /^\*\*\* SERVICE '?[^'\n]{0,80}'? DUMP TIMEOUT \([^)\n]{0,40}\) EXPIRED \*\*\*$/m;
/** The same inside a bug report, where dumpstate writes it (AOSP cmds/dumpstate). */
const commandTimeout = /^\*\*\* command '[^'\n]{0,200}' timed out after /m;
/** dumpsys could not reach the service's process, which had died meanwhile (AOSP cmds/dumpsys writeDump). */
const dumpFailed =
  /^Error (?:dumping|with service|while dumping service) [^\n]{0,200}$|^Failed to dump service [^\n]{0,200}$/im;

const firstLines = (text: string): string[] =>
  text
    .slice(0, charactersLookedAt)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, linesLookedAt);

const quote = (line: string): string => line.trim().slice(0, 200);

/** Recognises what an Android phone says when it does not answer. null: a real answer. Total and linear. */
export const androidRefusal: Refusal = (text, answer) => {
  const lines = firstLines(text === '' ? answer.errors : text);
  // The time-out is the last line of what did arrive, so it is looked for at the end too.
  const edges = `${text.slice(0, charactersLookedAt)}\n${text.slice(-charactersLookedAt)}`;
  const timeout = dumpTimeout.exec(edges) ?? commandTimeout.exec(edges);
  if (timeout !== null) return unavailable('timeout', `The phone gave up: ${quote(timeout[0])}`);
  const refused =
    lines.find(isDenied) ?? (lines.length === 1 ? lines.find((line) => toolDenied.test(line)) : undefined);
  if (refused !== undefined) return unavailable('denied', `The phone refused: ${quote(refused)}`);
  const first = lines[0] ?? '';
  if (isMissing(first)) {
    return unavailable('missing', `This phone does not have it: ${quote(first)}`);
  }
  if (lines.length <= 2 && dumpFailed.test(first)) return unavailable('missing', `Not answered: ${quote(first)}`);
  if (text.trim() === '' && answer.errors.trim() !== '') {
    return unavailable('missing', `No answer, only: ${quote(first)}`);
  }
  return null;
};
