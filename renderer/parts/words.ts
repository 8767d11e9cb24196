import type { AnswerWord, CorrectionResult, PhoneState, Severity, SourceTrouble, Status } from '../program/received.ts';

/** The window's words for the program's terms: one place, so that a thing is never called two names. */

export const stateWords: Record<PhoneState, string> = {
  ready: 'Ready',
  unauthorized: 'Waiting for permission on the phone',
  untrusted: 'Waiting for Trust on the phone',
  locked: 'Locked',
  offline: 'Not answering',
  recovery: 'In recovery mode',
  sideload: 'In sideload mode',
  'no-permission': 'This computer may not use it',
  gone: 'Unplugged',
};

export const severityWords: Record<Severity, string> = {
  blocks: 'Stops backup',
  delays: 'Delays backup',
  risk: 'May stop backup',
  info: 'Worth knowing',
};

/** What stands beside photos that leave, and keeps some of them back for good. */
export const leftOutWords = 'Photos left out';

export const statusWords: Record<Status, string> = {
  problem: 'Problem',
  possible: 'Possible cause',
  ok: 'Passed',
  unknown: 'Could not be read',
  manual: 'Check by hand',
  'not-applicable': 'Not on this phone',
};

/** The word for where a finding stands; what is known after the next photo was read. */
export const standingWords = ({ status, settling }: { status: Status; settling: boolean }): string =>
  settling ? 'Not known yet' : statusWords[status];

export const answerWords: Record<AnswerWord, string> = { yes: 'Yes', no: 'No', 'not-sure': 'Not sure' };

export const resultWords: Record<CorrectionResult, { title: string; meaning: string }> = {
  taken: { title: 'Taken', meaning: 'A second reading shows that the phone has changed.' },
  'not-taken': { title: 'Not taken', meaning: 'A second reading shows that the phone has not changed.' },
  refused: { title: 'Refused by the phone', meaning: 'The phone did not allow the change.' },
  unverified: {
    title: 'Not verified',
    meaning: 'The phone could not be read again, so it is not known whether it changed.',
  },
};

export const correctionStepWords: Record<string, string> = {
  'reading-before': 'Reading the present value',
  'storing-inverse': 'Keeping what is done and what puts it back',
  running: 'Running on the phone',
  'waiting-for-phone': 'Waiting for the phone',
  'reading-after': 'Reading again',
};

export const brokenOffWords = {
  unplugged: 'The phone was unplugged.',
  timeout: 'The phone took too long to answer.',
  cancelled: 'The scan was cancelled.',
} as const;

export const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;

/** What is missing for iPhones, for whoever has none and misses nothing by it. */
export const quietly = ({ brief = 'not set up on this computer' }: SourceTrouble): string => `iPhones: ${brief}`;
