import { assembleReading, type Refusal, type OnAnswer } from '../../assemble.ts';
import type { Capture } from '../../capture.ts';
import type { PhoneProbe } from '../../probe.ts';
import type { Reading } from '../../reading.ts';
import { account } from './probes/account.ts';
import { appSizes } from './probes/app-sizes.ts';
import { apps } from './probes/apps.ts';
import { backupAccounts } from './probes/backup-accounts.ts';
import { backupInfo } from './probes/backup-info.ts';
import { backupPermissions } from './probes/backup-permissions.ts';
import { backupAppRefresh, backupLanguage, backupSettings } from './probes/backup-preferences.ts';
import { backupState } from './probes/backup-state.ts';
import { batteryHealth } from './probes/battery-health.ts';
import { battery } from './probes/battery.ts';
import { cameraFolder } from './probes/camera-folder.ts';
import { clock } from './probes/clock.ts';
import { crashes } from './probes/crashes.ts';
import { diskUsage } from './probes/disk-usage.ts';
import { findMy } from './probes/find-my.ts';
import { firstStatus } from './probes/first-status.ts';
import { icloudDownloads, icloudLiveness, icloudSessions } from './probes/icloud-engine.ts';
import { icloudMarkers } from './probes/icloud-markers.ts';
import { icloudResets } from './probes/icloud-resets.ts';
import { icloudStatus } from './probes/icloud-status.ts';
import { icloudSwitches } from './probes/icloud-switches.ts';
import { identity } from './probes/identity.ts';
import { language } from './probes/language.ts';
import { photoLibrary } from './probes/photo-library.ts';
import { profiles } from './probes/profiles.ts';
import { restrictions } from './probes/restrictions.ts';
import { supervision } from './probes/supervision.ts';
import { volume } from './probes/volume.ts';

/**
 * Every question to an iPhone, in the order in which the answers are read: the markers before the status of iCloud Photos,
 * because they decide what it means.
 */
export const iosProbes: readonly PhoneProbe[] = [
  identity,
  // Of a local backup. What an absent key of the status means depends on the version of iOS.
  backupInfo,
  icloudMarkers,
  firstStatus,
  icloudStatus,
  icloudResets,
  icloudLiveness,
  icloudSessions,
  icloudDownloads,
  icloudSwitches,
  clock,
  battery,
  diskUsage,
  volume,
  backupState,
  language,
  account,
  restrictions,
  findMy,
  apps,
  appSizes,
  batteryHealth,
  supervision,
  profiles,
  crashes,
  cameraFolder,
  photoLibrary,
  // Only a local backup has these.
  backupLanguage,
  backupAccounts,
  backupPermissions,
  backupAppRefresh,
  backupSettings,
];

/** An iPhone's refusals are told apart where it is asked, by its error codes: an answer that is there is an answer. */
const iosRefusal: Refusal = () => null;

/** What an iPhone's capture means, live or from a local backup. Pure and total. */
export const readIos = (capture: Capture, onAnswer?: OnAnswer): Reading =>
  assembleReading(capture, iosProbes, iosRefusal, onAnswer);
