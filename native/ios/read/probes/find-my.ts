import { plistProbe } from '../probe-of.ts';

/** lockdownd's com.apple.fmip (libimobiledevice knows the domain since 1.4): whether Find My holds the phone to an account. */
export const findMy = plistProbe({
  id: 'find-my',
  asked: 'scan',
  gives: { system: ['findMy'] },
  command: () => ['lockdown', 'get', 'com.apple.fmip'],
  read: (fields) => ({ system: { findMy: fields.bool('IsAssociated') } }),
});
