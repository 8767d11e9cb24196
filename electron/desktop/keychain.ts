import { safeStorage } from 'electron';
import type { Keychain } from '../app/program/secret-file.ts';

/** The system's keychain. On Linux without one Electron would hide the text behind a password that everybody knows: that is none. */
const isUsable = (): boolean =>
  safeStorage.isEncryptionAvailable() &&
  (process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text');

export const systemKeychain: Keychain = {
  encrypt: (text) => (isUsable() ? safeStorage.encryptString(text).toString('base64') : null),
  decrypt: (kept) => {
    if (!isUsable()) return null;
    try {
      return safeStorage.decryptString(Buffer.from(kept, 'base64'));
    } catch (error) {
      // Another keychain than it was put into: the folder came from another computer or account.
      if (error instanceof Error) return null;
      throw error;
    }
  },
};
