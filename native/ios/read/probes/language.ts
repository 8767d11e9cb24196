import { plistProbe } from '../probe-of.ts';

/** lockdownd's com.apple.international: in which language the phone shows its menus, so that steps can use its words. */
export const language = plistProbe({
  id: 'language',
  asked: 'scan',
  gives: { identity: ['language'] },
  command: () => ['lockdown', 'get', 'com.apple.international'],
  read: (fields) => ({ identity: { language: fields.text('Language') } }),
});
