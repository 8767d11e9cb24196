import { t } from '../language/words.ts';
import type { CorrectionResult, PhoneState, Severity, Status } from '../program/received.ts';

/** The window's words for the program's terms: one place, so that a thing is never called two names. */

export const stateWords = (): Record<PhoneState, string> => ({
  ready: t('Ready'),
  unauthorized: t('Waiting for permission on the phone'),
  untrusted: t('Waiting for Trust on the phone'),
  locked: t('Locked'),
  offline: t('Not answering'),
  recovery: t('In recovery mode'),
  sideload: t('In sideload mode'),
  'no-permission': t('This computer may not use it'),
  gone: t('Unplugged'),
});

export const severityWords = (): Record<Severity, string> => ({
  blocks: t('Stops backup'),
  delays: t('Delays backup'),
  risk: t('May stop backup'),
  info: t('Worth knowing'),
});

/** What stands beside photos that leave, and keeps some of them back for good. */
export const leftOutWords = (): string => t('Photos left out');

export const statusWords = (): Record<Status, string> => ({
  problem: t('Problem'),
  possible: t('Possible cause'),
  ok: t('Passed'),
  unknown: t('Could not be read'),
  manual: t('Check by hand'),
  'not-applicable': t('Not on this phone'),
});

/** The word for where a finding stands; what is known after the next photo was read. */
export const standingWords = ({ status, settling }: { status: Status; settling: boolean }): string =>
  settling ? t('Not known yet') : statusWords()[status];

export const resultWords = (): Record<CorrectionResult, { title: string; undone: string; meaning: string }> => ({
  taken: {
    title: t('Corrected'),
    undone: t('Put back'),
    meaning: t('A second reading shows that the phone has changed.'),
  },
  'not-taken': {
    title: t('Not corrected'),
    undone: t('Not put back'),
    meaning: t('A second reading shows that the phone has not changed.'),
  },
  refused: {
    title: t('Refused by the phone'),
    undone: t('Undo: refused by the phone'),
    meaning: t('The phone did not allow the change.'),
  },
  unverified: {
    title: t('Not verified'),
    undone: t('Undo: not verified'),
    meaning: t('The phone could not be read again, so it is not known whether it changed.'),
  },
});

export const correctionStepWords = (): Record<string, string> => ({
  'reading-before': t('Reading the present value'),
  'storing-inverse': t('Keeping what is done and what puts it back'),
  running: t('Running on the phone'),
  'waiting-for-phone': t('Waiting for the phone'),
  'reading-after': t('Reading again'),
});

export const brokenOffWords = () => ({
  unplugged: t('The phone was unplugged.'),
  timeout: t('The phone took too long to answer.'),
  cancelled: t('The scan was cancelled.'),
});

/** What is missing for iPhones, for whoever has none and misses nothing by it: what it is, is told on wish. */
export const iphonesNotSetUp = (): string => t('iPhones: not set up on this computer');
