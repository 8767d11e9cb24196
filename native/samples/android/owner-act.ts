import type { OwnerAct } from '../sample-source.ts';
import { takePhoto } from './backup.ts';
import type { AppOfUser, SampleState, SampleWifi } from './state.ts';

/** Puts one thing on the phone to where it is on the same phone without trouble. */
type Deed = (state: SampleState, healthy: SampleState) => void;
type AppDeed = (of: { app: AppOfUser; name: string; state: SampleState }, healthy: AppOfUser) => void;

/** What an owner's finger may put right, by the part of the phone's memory that holds it. */
const parts =
  (...names: readonly (keyof SampleState)[]): Deed =>
  (state, healthy) => {
    for (const name of names) Object.assign(state, { [name]: structuredClone(healthy[name]) });
  };

const setting =
  (namespace: 'global' | 'secure' | 'system', ...keys: readonly string[]): Deed =>
  (state, healthy) => {
    for (const key of keys) {
      const usual = healthy.settings[namespace][key];
      if (usual === undefined) delete state.settings[namespace][key];
      else state.settings[namespace][key] = usual;
    }
  };

const both =
  (...deeds: readonly Deed[]): Deed =>
  (state, healthy) => {
    for (const deed of deeds) deed(state, healthy);
  };

/** What the settings of a Wi-Fi network, or a better place for the phone, put right. */
const wifi =
  (...names: readonly (keyof SampleWifi)[]): Deed =>
  ({ network }, healthy) => {
    for (const name of names) if (network.wifi) Object.assign(network.wifi, { [name]: healthy.network.wifi?.[name] });
  };

const saverOff = both(parts('batterySaver'), setting('global', 'low_power', 'low_power_sticky'));
const triggerLevel = both(setting('global', 'low_power_trigger_level'), parts('battery'));
const rightClock = both(setting('global', 'auto_time', 'auto_time_zone'), parts('clock'));

const phoneDeeds: Readonly<Record<string, Deed>> = {
  'accounts.autoSync': parts('sync'),
  'accounts.types': parts('accounts'),
  'app.jobs': both(parts('battery'), wifi('meteredHint', 'meteredOverride')),
  'battery.chargeLimit': parts('battery'),
  'battery.level': parts('battery'),
  'battery.temperature': parts('battery', 'thermalStatus'),
  'dataPolicy.dataSaver': parts('dataSaver'),
  'doze.forced': parts('doze'),
  'identity.repairMode': setting('global', 'repair_mode_active'),
  'identity.unlocked': ({ users }) => {
    for (const user of users) user.unlocked = user.running;
  },
  'identity.userKind': parts('users', 'currentUser'),
  'identity.securityPatch': ({ build }, healthy) => {
    build.securityPatch = healthy.build.securityPatch;
  },
  'network.airplaneMode': setting('global', 'airplane_mode_on'),
  'network.captivePortal': ({ network }, healthy) => {
    network.captivePortal = healthy.network.captivePortal;
    network.validated = healthy.network.validated;
  },
  'network.connected': parts('network'),
  'network.metered': wifi('meteredHint', 'meteredOverride'),
  'network.privateDnsMode': both(setting('global', 'private_dns_mode', 'private_dns_specifier'), ({ network }) => {
    network.privateDnsBroken = false;
    network.validated = !network.captivePortal;
  }),
  'network.rssi': wifi('rssi', 'linkSpeedMbps'),
  'app.inVpn': ({ network }) => {
    network.vpn = null;
  },
  'network.mobileDataLimitReached': ({ network }) => {
    delete network.mobileLimit;
  },
  'photos.newestFile': (state) => {
    state.media.unshift(...(state.unindexed ?? []));
    state.unindexed = [];
  },
  'photos.newest': (state) => void takePhoto(state),
  'photos.hiddenFolders': parts('noMediaFolders'),
  'power.extremeMode': setting('system', 'ultra_powersaving_mode', 'minimal_battery_use', 'emergency_mode'),
  'power.saverOn': saverOff,
  'power.schedule': setting('global', 'automatic_power_save_mode'),
  'power.triggerLevel': triggerLevel,
  'storage.freeBytes': parts('storage'),
  'system.autoTime': rightClock,
  'system.bootedAgoMs': ({ clock }, healthy) => {
    clock.uptimeMs = healthy.clock.uptimeMs;
  },
  'system.clockSkewMs': rightClock,
  'system.locationOn': setting('secure', 'location_mode'),
  'system.processLimit': setting('global', 'background_process_limit'),
};

const keys =
  (...names: readonly (keyof AppOfUser)[]): AppDeed =>
  ({ app }, healthy) => {
    for (const name of names) Object.assign(app, { [name]: structuredClone(healthy[name]) });
  };

const ops =
  (...names: readonly string[]): AppDeed =>
  ({ app }, healthy) => {
    for (const name of names) {
      const usual = healthy.appOps[name];
      if (usual === undefined) delete app.appOps[name];
      else app.appOps[name] = structuredClone(usual);
      delete app.uidAppOps[name];
    }
  };

const opened = keys('stopped', 'notLaunched', 'hibernated', 'standby');
const awake: AppDeed = (of, healthy) => {
  keys('enabled', 'lastDisabledCaller')(of, healthy);
  opened(of, healthy);
};

const appDeeds: Readonly<Record<string, AppDeed>> = {
  'app.archived': keys('installed', 'archivedAgoMs', 'permissions'),
  'app.asleepBy': keys('asleepBy'),
  'app.quotaLeftMs': keys('jobsRanMs'),
  'app.notificationTitles': keys('notifications'),
  'app.autoRevoke': ops('AUTO_REVOKE_PERMISSIONS_IF_UNUSED'),
  'app.autostart': ops('MIUIOP(10008)'),
  'app.bucket': opened,
  'app.cacheBytes': (of, healthy) => {
    keys('size')(of, healthy);
    delete of.state.storage.emptiedSinceMeasured[of.name];
  },
  'app.enabledState': awake,
  'app.exempt': ({ state, name }) => {
    if (!state.doze.userExempt.includes(name)) state.doze.userExempt.push(name);
  },
  'app.hibernated': opened,
  'app.mediaAccess': keys('permissions'),
  'app.mediaLocation': keys('permissions'),
  'app.netPolicy': keys('networkPolicy'),
  'app.notifications': keys('permissions'),
  'app.runAnyInBackground': ops('RUN_ANY_IN_BACKGROUND'),
  'app.runInBackground': ops('RUN_IN_BACKGROUND'),
  'app.sentBytes24h': keys('traffic'),
  'app.stopped': opened,
  'app.suspended': keys('suspendedBy'),
};

const copyInFront = (state: SampleState, name: string | null): AppOfUser | undefined =>
  state.apps.find((app) => app.package === name)?.users.find(({ userId }) => userId === state.currentUser);

/**
 * Does on a sample phone what guided steps ask of its owner. `healthy` is the same phone without trouble: what the steps are about
 * is put to where it is there. Returns whether anything has changed.
 */
export function actAsOwner(state: SampleState, healthy: SampleState, { proves, app: name }: OwnerAct): boolean {
  const before = JSON.stringify(state);
  const app = copyInFront(state, name);
  const healthyApp = copyInFront(healthy, name);
  for (const path of proves) {
    phoneDeeds[path]?.(state, healthy);
    if (name !== null && app !== undefined && healthyApp !== undefined) {
      appDeeds[path]?.({ app, name, state }, healthyApp);
    }
  }
  return JSON.stringify(state) !== before;
}
