import type { DatabaseSync } from 'node:sqlite';
import { LibraryFailure } from '../ios/reach/library/failure.ts';
import { countPhotos } from '../ios/reach/library/photo-database.ts';
import { backupAccounts } from '../ios/read/probes/backup-accounts.ts';
import { backupPermissions } from '../ios/read/probes/backup-permissions.ts';
import { backupAppRefresh, backupLanguage, backupSettings } from '../ios/read/probes/backup-preferences.ts';
import { icloudDownloads, icloudLiveness, icloudSessions } from '../ios/read/probes/icloud-engine.ts';
import { icloudMarkers, markerPaths, resetEventsPath } from '../ios/read/probes/icloud-markers.ts';
import { icloudResets } from '../ios/read/probes/icloud-resets.ts';
import { icloudStatus } from '../ios/read/probes/icloud-status.ts';
import { enableLogPath, icloudSwitches } from '../ios/read/probes/icloud-switches.ts';
import { photoLibrary } from '../ios/read/probes/photo-library.ts';
import { supervision } from '../ios/read/probes/supervision.ts';
import { syncStatusPath } from '../ios/read/sync-status.ts';
import { icloudAccounts, photoPermissions } from './backup-databases.ts';
import { openUnchanged, type BackupFiles } from './backup-files.ts';

/** What a backup answers to one probe. null: it does not have the file. */
export interface BackupQuestion {
  probe: string;
  domain: string;
  path: string;
  answer: (files: BackupFiles) => Promise<Uint8Array | null>;
}

const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** A file that is its own answer. */
const file = (probe: { id: string }, domain: string, path: string): BackupQuestion => ({
  probe: probe.id,
  domain,
  path,
  answer: (files) => files.read(domain, path),
});

/** A database that is asked; a damaged one fails as `truncated`. */
const database = (
  probe: { id: string },
  domain: string,
  path: string,
  ask: (database: DatabaseSync) => unknown,
): BackupQuestion => ({
  probe: probe.id,
  domain,
  path,
  async answer(files) {
    const copy = await files.place(domain, path);
    return copy === null ? null : json(askDatabase(copy, ask));
  },
});

function askDatabase(path: string, ask: (database: DatabaseSync) => unknown): unknown {
  const opened = openUnchanged(path);
  try {
    return ask(opened);
  } catch (error) {
    if (error instanceof LibraryFailure) throw error;
    throw new LibraryFailure('truncated', `The database could not be read: ${String(error)}`);
  } finally {
    opened.close();
  }
}

/** /var/mobile/Media, which AFC calls "/", is the folder Media of this domain. */
const cameraRoll = 'CameraRollDomain';
const inCameraRoll = (path: string): string => `Media${path}`;
const home = 'HomeDomain';
const configuration = 'SysSharedContainerDomain-systemgroup.com.apple.configurationprofiles';

/** The markers as `afc stat` would tell them. A path that the index does not have was not on the phone. */
const markers: BackupQuestion = {
  probe: icloudMarkers.id,
  domain: cameraRoll,
  path: inCameraRoll('/PhotoData'),
  answer: (files) => {
    const infos = markerPaths.map((path) => {
      const { kind, bytes, modified } = files.info(cameraRoll, inCameraRoll(path)) ?? { kind: 'missing' };
      return [path, { kind, bytes, modified }];
    });
    return Promise.resolve(json(Object.fromEntries(infos)));
  },
};

/** Everything that a local backup may tell, in the layout of iOS 14 to 18 (Domains.plist of iOS 16.4). */
export const backupQuestions: readonly BackupQuestion[] = [
  markers,
  file(icloudStatus, cameraRoll, inCameraRoll(syncStatusPath)),
  file(icloudResets, cameraRoll, inCameraRoll(resetEventsPath)),
  file(icloudLiveness, cameraRoll, inCameraRoll('/PhotoData/CPL/lastsyncafterlaunch.plist')),
  file(icloudSessions, cameraRoll, inCameraRoll('/PhotoData/CPL/metrics.plist')),
  file(icloudDownloads, cameraRoll, inCameraRoll('/PhotoData/CPL/DownloadCounts.plist')),
  file(icloudSwitches, cameraRoll, inCameraRoll(enableLogPath)),
  database(photoLibrary, cameraRoll, inCameraRoll('/PhotoData/Photos.sqlite'), countPhotos),
  file(backupLanguage, home, 'Library/Preferences/.GlobalPreferences.plist'),
  database(backupAccounts, home, 'Library/Accounts/Accounts3.sqlite', icloudAccounts),
  database(backupPermissions, home, 'Library/TCC/TCC.db', photoPermissions),
  file(backupAppRefresh, home, 'Library/Preferences/com.apple.mt.plist'),
  file(backupSettings, home, 'Library/UserConfigurationProfiles/EffectiveUserSettings.plist'),
  file(supervision, configuration, 'Library/ConfigurationProfiles/CloudConfigurationDetails.plist'),
];
