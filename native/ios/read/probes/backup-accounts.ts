import { z } from 'zod';
import { unavailable } from '../../../unavailable.ts';
import { jsonProbe } from '../probe-of.ts';

/** One iCloud account: what is switched on, in Apple's words; null where the phone does not say. */
export const backupAccountSchema = z.object({
  enabled: z.array(z.string()),
  planBytes: z.int().nullable(),
  passwordRefused: z.boolean(),
  /** Captures of earlier versions say neither. */
  passwordRefusedAt: z.string().nullable().optional(),
  termsToAccept: z.boolean().nullable().optional(),
});
export type BackupAccount = z.infer<typeof backupAccountSchema>;

const cloudPhotos = 'com.apple.Dataclass.CloudPhotos';

/** The iCloud accounts of a local backup (Accounts3.sqlite): whether iCloud Photos is switched on, and how large the plan is. */
export const backupAccounts = jsonProbe({
  id: 'backup-accounts',
  asked: 'file',
  gives: {
    icloud: ['accountPresent', 'photosEnabled', 'planBytes', 'passwordRefused', 'passwordRefusedAt', 'termsToAccept'],
  },
  command: () => ['backup', 'HomeDomain', 'Library/Accounts/Accounts3.sqlite'],
  schema: z.array(backupAccountSchema),
  read(accounts) {
    const [account] = accounts;
    const none = unavailable('missing', 'There is no iCloud account in the backup.');
    if (account === undefined) {
      const nobody = { planBytes: none, passwordRefused: none, passwordRefusedAt: none, termsToAccept: none };
      return { icloud: { accountPresent: false, ...nobody } };
    }
    const refusedAt = accounts.flatMap(({ passwordRefusedAt: at }) => at ?? []).toSorted();
    const terms = accounts.flatMap(({ termsToAccept }) => termsToAccept ?? []);
    return {
      icloud: {
        accountPresent: true,
        photosEnabled: accounts.some(({ enabled }) => enabled.includes(cloudPhotos)),
        planBytes: account.planBytes ?? unavailable('missing', 'The account does not say how large its plan is.'),
        passwordRefused: accounts.some(({ passwordRefused }) => passwordRefused),
        passwordRefusedAt: refusedAt.at(-1) ?? unavailable('missing', 'No refusal of the password is noted.'),
        termsToAccept:
          terms.length === 0 ? unavailable('missing', 'The account does not say so.') : terms.includes(true),
      },
    };
  },
});
