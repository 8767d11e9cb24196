import { refusedCommand } from './android/reach/refusal-texts.ts';
import { accessMeanings, accessOfCode } from './ios/reach/access.ts';
import type { Platform, Remedy } from './phone.ts';
import type { CommandResult } from './source.ts';

/** That a phone would not do what a command asked: its own words, and what a person can do about it. */
export interface CommandRefusal {
  /** Stable, for scripts and tests. */
  code: string;
  said: string;
  remedy: Remedy;
}

const longestQuote = 300;

const iphoneRefused: Remedy = {
  title: 'The iPhone does not let this computer do it',
  steps: ['Carry out the steps on the iPhone, which stand beside this correction.'],
};

/** An iPhone refuses by its error codes: it is locked, does not trust this computer, or has no such service. */
function iphoneRefusal({ ended, detail, exitCode }: CommandResult): CommandRefusal | null {
  if (ended !== 'denied' && ended !== 'missing') return null;
  const access = exitCode === null ? null : accessMeanings[accessOfCode(exitCode)];
  const isAbout = ended === 'denied' && access !== null && access.state !== 'offline';
  return { code: `iphone-${ended}`, said: detail, remedy: (isAbout ? access.remedy : null) ?? iphoneRefused };
}

/**
 * Whether a phone refused a command of a correction; null: nothing it said means that. `skin`: whose menus it shows, where that is
 * known, because the remedy is the maker's own.
 */
export function commandRefusal(platform: Platform, skin: string | null, result: CommandResult): CommandRefusal | null {
  if (platform === 'ios') return iphoneRefusal(result);
  const refused = refusedCommand(`${result.output}\n${result.errors}`, skin);
  if (refused === null) return null;
  return { code: refused.code, said: refused.line.slice(0, longestQuote), remedy: refused.remedy };
}
