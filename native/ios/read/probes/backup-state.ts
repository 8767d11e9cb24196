import { plistProbe } from '../probe-of.ts';

/** lockdownd's com.apple.mobile.backup: iCloud Backup (not Photos) and backups to a computer; times count from 2001. */
export const backupState = plistProbe({
  id: 'backup-state',
  asked: 'scan',
  gives: { icloud: ['backupEnabled', 'lastCloudBackup', 'lastComputerBackup', 'computerBackupEncrypted'] },
  command: () => ['lockdown', 'get', 'com.apple.mobile.backup'],
  read: (fields) => ({
    icloud: {
      backupEnabled: fields.bool('CloudBackupEnabled'),
      lastCloudBackup: fields.momentSince2001('LastCloudBackupDate'),
      lastComputerBackup: fields.momentSince2001('LastiTunesBackupDate'),
      computerBackupEncrypted: fields.bool('WillEncrypt'),
    },
  }),
});
