import { assembleReading, type OnAnswer } from '../../assemble.ts';
import type { Capture } from '../../capture.ts';
import type { Probe } from '../../probe.ts';
import type { Reading } from '../../reading.ts';
import { accounts } from './probes/accounts.ts';
import { activitySettings } from './probes/activity-settings.ts';
import { firewallChain, firewallRule } from './probes/app-firewall.ts';
import { androidqfPackages } from './probes/androidqf-packages.ts';
import { appops, appopsBackground, appopsDump } from './probes/appops.ts';
import { battery } from './probes/battery.ts';
import { batterystats } from './probes/batterystats.ts';
import { bootId } from './probes/boot-id.ts';
import { cameraFiles } from './probes/camera-files.ts';
import { clock } from './probes/clock.ts';
import { connectivity } from './probes/connectivity.ts';
import { currentUser } from './probes/current-user.ts';
import { devicePolicy } from './probes/device-policy.ts';
import { deviceidle } from './probes/deviceidle.ts';
import { diskstats } from './probes/diskstats.ts';
import { eventLog } from './probes/event-log.ts';
import { exitInfo, exitInfoDump } from './probes/exit-info.ts';
import { getprop } from './probes/getprop.ts';
import { hibernation } from './probes/hibernation.ts';
import { jobs, jobsDump } from './probes/jobs.ts';
import { keptPackages } from './probes/kept-packages.ts';
import { location, locationDump } from './probes/location.ts';
import { netpolicy } from './probes/netpolicy.ts';
import { netstats } from './probes/netstats.ts';
import { netstatsWeek } from './probes/netstats-week.ts';
import { nomedia } from './probes/nomedia.ts';
import { dataLimit, notificationTitles } from './probes/notifications.ts';
import { packageDumpProbe, packageProbe } from './probes/package.ts';
import { packages } from './probes/package-list.ts';
import { photos } from './probes/photos.ts';
import { playServicesOff, playServicesOn } from './probes/play-services.ts';
import { power } from './probes/power.ts';
import { restrictionLevel, restrictionLevelDump } from './probes/restriction-level.ts';
import { settingsGlobal } from './probes/settings-global.ts';
import { settingsLog } from './probes/settings-log.ts';
import { settingsSecure } from './probes/settings-secure.ts';
import { settingsSystem } from './probes/settings-system.ts';
import { sleepingApps } from './probes/sleeping-apps.ts';
import { standbyBucket, standbyBucketDump } from './probes/standby-bucket.ts';
import { storage } from './probes/storage.ts';
import { storageMonitor } from './probes/storage-monitor.ts';
import { sync } from './probes/sync.ts';
import { thermalservice } from './probes/thermalservice.ts';
import { uptime } from './probes/uptime.ts';
import { userService } from './probes/user-service.ts';
import { userState } from './probes/user-state.ts';
import { users } from './probes/users.ts';
import { videos } from './probes/videos.ts';
import { wifi } from './probes/wifi.ts';
import { wifiNetworks } from './probes/wifi-networks.ts';
import { androidRefusal } from './refusal.ts';

export { androidRefusal } from './refusal.ts';

/**
 * Every question to an Android phone, in the order in which the answers are read: first who and what the phone is, then the
 * apps (their uids are needed by what is listed by uid), then everything else.
 */
export const androidProbes: readonly Probe[] = [
  // Identity: what the other questions depend on.
  getprop,
  // The service tells more of each user than the list does, and is asked first.
  currentUser,
  userService,
  users,
  userState,
  // Apps: installed or not, uid. Their permissions are read after their app-ops, which have the last word on "all files".
  packages,
  androidqfPackages,
  keptPackages,
  appopsBackground,
  appops,
  appopsDump,
  packageProbe,
  packageDumpProbe,
  // It names uids too, for what is listed by uid.
  jobsDump,
  batterystats,
  // The phone: power, network, data policy, system. A known value is kept, so the closer source stands first.
  battery,
  thermalservice,
  settingsGlobal,
  settingsSecure,
  settingsSystem,
  power,
  deviceidle,
  netpolicy,
  wifi,
  connectivity,
  firewallChain,
  dataLimit,
  wifiNetworks,
  activitySettings,
  settingsLog,
  devicePolicy,
  playServicesOn,
  playServicesOff,
  // The apps: background limits, jobs.
  standbyBucket,
  standbyBucketDump,
  restrictionLevel,
  restrictionLevelDump,
  sleepingApps,
  hibernation,
  firewallRule,
  notificationTitles,
  jobs,
  uptime,
  netstats,
  netstatsWeek,
  exitInfo,
  exitInfoDump,
  eventLog,
  // Accounts, storage, photos, clock.
  accounts,
  sync,
  storage,
  diskstats,
  storageMonitor,
  photos,
  videos,
  nomedia,
  cameraFiles,
  location,
  locationDump,
  clock,
  bootId,
];

/** What an Android phone's capture means. Pure and total: whatever a phone says, a reading comes out. */
export const readAndroid = (capture: Capture, onAnswer?: OnAnswer): Reading =>
  assembleReading(capture, androidProbes, androidRefusal, onAnswer);
