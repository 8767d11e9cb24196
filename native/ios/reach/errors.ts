import { isLocked } from '../../iphone-locked.ts';
import type { Ended } from '../../capture.ts';

/** What one error code means to a person, and the one thing to do about it. */
export interface ErrorMeaning {
  code: number;
  /** The name in libimobiledevice's header, without its prefix. */
  name: string;
  message: string;
  action: string;
  /** How an answer that failed with it ended. */
  ended: Ended;
}

type Row = readonly [code: number, name: string, ended: Ended, message: string, action: string];

const meanings = (rows: readonly Row[]): ReadonlyMap<number, ErrorMeaning> =>
  new Map(rows.map(([code, name, ended, message, action]) => [code, { code, name, ended, message, action }]));

/** `lockdownd_error_t` (libimobiledevice 1.3 and 1.4, lockdown.h): 41 codes. */
export const lockdownErrors = meanings([
  [0, 'SUCCESS', 'whole', 'The iPhone answered.', 'Nothing to do.'],
  [-1, 'INVALID_ARG', 'truncated', 'The question to the iPhone was malformed.', 'Update this program.'],
  [
    -2,
    'INVALID_CONF',
    'denied',
    'The trust record of this computer is incomplete.',
    'Pair the iPhone with this computer again.',
  ],
  [
    -3,
    'PLIST_ERROR',
    'truncated',
    'The iPhone sent an answer that is no property list.',
    'Unplug the iPhone, plug it in again and scan once more.',
  ],
  [
    -4,
    'PAIRING_FAILED',
    'denied',
    'The iPhone and this computer could not agree on a pairing.',
    'Restart the iPhone and pair again.',
  ],
  [
    -5,
    'SSL_ERROR',
    'denied',
    'The trust record of this computer no longer fits the iPhone.',
    'Pair the iPhone with this computer again. If that does not help: compare the clocks of both.',
  ],
  [
    -6,
    'DICT_ERROR',
    'truncated',
    'A part of the answer of the iPhone is missing.',
    'Scan again; if it happens every time, update this program.',
  ],
  [
    -7,
    'RECEIVE_TIMEOUT',
    'timeout',
    'The iPhone took the question and did not answer in time.',
    'Unlock the iPhone and scan again; restart it if it stays silent.',
  ],
  [
    -8,
    'MUX_ERROR',
    'unplugged',
    'The connection to the iPhone over the cable broke.',
    'Check the cable and plug it straight into the computer.',
  ],
  [
    -9,
    'NO_RUNNING_SESSION',
    'truncated',
    'The iPhone ended the conversation before the question.',
    'Scan again with the iPhone unlocked.',
  ],
  [
    -10,
    'INVALID_RESPONSE',
    'truncated',
    'The iPhone answered another question than the one asked.',
    'Unplug the iPhone for five seconds, then scan again.',
  ],
  [-11, 'MISSING_KEY', 'missing', 'The question names no value to read.', 'Update this program to ask correctly.'],
  [
    -12,
    'MISSING_VALUE',
    'missing',
    'This iPhone does not have that value.',
    'Nothing to do: older and newer versions of iOS keep different values.',
  ],
  [
    -13,
    'GET_PROHIBITED',
    'denied',
    'The iPhone does not tell that value to this computer.',
    'Pair the iPhone with this computer, then scan again.',
  ],
  [
    -14,
    'SET_PROHIBITED',
    'denied',
    'The iPhone does not let a computer change that value.',
    'Change it on the iPhone itself.',
  ],
  [
    -15,
    'REMOVE_PROHIBITED',
    'denied',
    'The iPhone does not let a computer remove that value.',
    'Remove it on the iPhone itself.',
  ],
  [-16, 'IMMUTABLE_VALUE', 'denied', 'That value of the iPhone can never be changed.', 'Nothing to do.'],
  [-17, 'PASSWORD_PROTECTED', 'denied', isLocked, 'Unlock the iPhone and keep its screen on, then scan again.'],
  [
    -18,
    'USER_DENIED_PAIRING',
    'denied',
    'Don’t Trust was tapped on the iPhone.',
    'Unplug the iPhone, plug it in again and tap Trust.',
  ],
  [
    -19,
    'PAIRING_DIALOG_RESPONSE_PENDING',
    'denied',
    'The iPhone asks whether to trust this computer.',
    'On the iPhone tap Trust and type the passcode.',
  ],
  [
    -20,
    'MISSING_HOST_ID',
    'denied',
    'This computer did not say who it is.',
    'Pair the iPhone with this computer once more.',
  ],
  [
    -21,
    'INVALID_HOST_ID',
    'denied',
    'The iPhone no longer knows this computer.',
    'Pair again: the iPhone will ask; tap Trust.',
  ],
  [
    -22,
    'SESSION_ACTIVE',
    'truncated',
    'Another conversation with the iPhone is still open.',
    'Close iTunes, Finder’s iPhone page or other phone tools, then scan again.',
  ],
  [
    -23,
    'SESSION_INACTIVE',
    'truncated',
    'The conversation with the iPhone fell asleep.',
    'Scan again without waiting.',
  ],
  [-24, 'MISSING_SESSION_ID', 'truncated', 'The conversation with the iPhone has no number.', 'Scan once more.'],
  [
    -25,
    'INVALID_SESSION_ID',
    'truncated',
    'The iPhone does not recognise this conversation.',
    'Replug the iPhone and scan again.',
  ],
  [-26, 'MISSING_SERVICE', 'missing', 'The question names no service of the iPhone.', 'Update this program, please.'],
  [
    -27,
    'INVALID_SERVICE',
    'missing',
    'This version of iOS does not have that service.',
    'Nothing to do: what it would tell stays unknown.',
  ],
  [
    -28,
    'SERVICE_LIMIT',
    'truncated',
    'The iPhone has too many conversations open.',
    'Close other phone tools or restart the iPhone, then scan again.',
  ],
  [
    -29,
    'MISSING_PAIR_RECORD',
    'denied',
    'This computer was never paired with the iPhone.',
    'Pair it: tap Trust on the iPhone.',
  ],
  [
    -30,
    'SAVE_PAIR_RECORD_FAILED',
    'denied',
    'The iPhone trusts this computer, but the record could not be kept.',
    'Restart usbmuxd (Linux) or the Apple Mobile Device Service (Windows), then pair again.',
  ],
  [
    -31,
    'INVALID_PAIR_RECORD',
    'denied',
    'The trust record of this computer is damaged.',
    'Pair the iPhone again to replace the record.',
  ],
  [
    -32,
    'INVALID_ACTIVATION_RECORD',
    'denied',
    'The activation of the iPhone is damaged.',
    'Finish setting up the iPhone, or restore it.',
  ],
  [-33, 'MISSING_ACTIVATION_RECORD', 'denied', 'The iPhone is not activated.', 'Finish setting up the iPhone first.'],
  [
    -34,
    'SERVICE_PROHIBITED',
    'denied',
    'The iPhone allows no accessory to read it now.',
    'Unlock it; then Settings ▸ Privacy & Security ▸ Wired Accessories (before iOS 26: Face ID & Passcode ▸ Accessories), and switch Lockdown Mode off for the scan.',
  ],
  [
    -35,
    'ESCROW_LOCKED',
    'denied',
    'The iPhone was not unlocked since it was switched on.',
    'Unlock the iPhone once with its passcode.',
  ],
  [
    -36,
    'PAIRING_PROHIBITED_OVER_THIS_CONNECTION',
    'denied',
    'An iPhone cannot be paired over Wi-Fi.',
    'Connect it with a cable.',
  ],
  [
    -37,
    'FMIP_PROTECTED',
    'denied',
    'Find My protects this iPhone.',
    'Only the owner can open it: sign in on the iPhone.',
  ],
  [
    -38,
    'MC_PROTECTED',
    'denied',
    'The organisation that manages this iPhone forbids pairing with computers.',
    'Ask the administrator of the iPhone.',
  ],
  [
    -39,
    'MC_CHALLENGE_REQUIRED',
    'denied',
    'The organisation that manages this iPhone allows pairing only with its own computers.',
    'Scan on a computer of that organisation, or ask its administrator.',
  ],
  [
    -256,
    'UNKNOWN_ERROR',
    'truncated',
    'The iPhone gave an error that is in no list.',
    'Replug the iPhone and scan again; restart it if that does not help.',
  ],
]);

/** `idevice_error_t` (libimobiledevice.h): 8 codes; 1.4 added `CONNREFUSED`. */
export const ideviceErrors = meanings([
  [0, 'SUCCESS', 'whole', 'The iPhone is connected.', 'Nothing to do.'],
  [-1, 'INVALID_ARG', 'truncated', 'The call to the iPhone’s connection was malformed.', 'Update this program.'],
  [
    -2,
    'UNKNOWN_ERROR',
    'truncated',
    'The connection failed for a reason that nobody named.',
    'Replug the iPhone and scan again.',
  ],
  [-3, 'NO_DEVICE', 'unplugged', 'The iPhone is no longer plugged in.', 'Plug it in; try another cable or port.'],
  [
    -4,
    'NOT_ENOUGH_DATA',
    'truncated',
    'The iPhone stopped in the middle of its answer.',
    'Check the cable and scan again.',
  ],
  [
    -5,
    'CONNREFUSED',
    'missing',
    'The iPhone refused the connection to one of its services.',
    'Restart the iPhone, then scan again.',
  ],
  [
    -6,
    'SSL_ERROR',
    'denied',
    'The encrypted connection to the iPhone could not be made.',
    'Pair the iPhone with this computer again.',
  ],
  [
    -7,
    'TIMEOUT',
    'timeout',
    'The iPhone did not answer the connection in time.',
    'Unlock the iPhone and scan once more.',
  ],
]);

/** Codes of the file service that mean something of their own (`afc_error_t`, afc.h); all others end an answer early. */
const afcEnds: ReadonlyMap<number, readonly [Ended, string]> = new Map([
  [8, ['missing', 'There is no such file or folder on the iPhone.']],
  [9, ['missing', 'There is a folder where a file was expected.']],
  [10, ['denied', 'The iPhone does not show this file to a computer.']],
  [11, ['unplugged', 'The file service of the iPhone hung up.']],
  [12, ['timeout', 'The file service of the iPhone did not answer in time.']],
  [15, ['missing', 'This version of iOS cannot do that with a file.']],
  [30, ['unplugged', 'The connection to the iPhone broke while a file was read.']],
]);

export function afcMeaning(code: number): { ended: Ended; message: string } {
  const [ended, message] = afcEnds.get(code) ?? ['truncated', `The file service of the iPhone failed (code ${code}).`];
  return { ended, message };
}

/** The meaning of a code; one that is in no list reads as the table's own "unknown". */
export function meaningOf(table: ReadonlyMap<number, ErrorMeaning>, code: number): ErrorMeaning {
  const known = table.get(code) ?? table.get(-256) ?? table.get(-2);
  if (known === undefined) throw new Error(`no meaning for code ${code}`);
  return known;
}
