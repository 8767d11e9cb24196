import { backupApps } from '../../../../diagnosis/judge/judge.ts';
import type { Catalog } from '../../../../diagnosis/load/catalog.ts';
import type { TestPhotoSeen } from '../../../../diagnosis/uploads/upload-state.ts';
import type { Answer } from '../../../../diagnosis/finding.ts';
import { readAndroid } from '../../../../native/android/read/read.ts';
import { setPlugged } from '../../../../native/samples/android/battery-service.ts';
import {
  GOOGLE_PHOTOS,
  healthyApp,
  ONEDRIVE,
  ownersCopy,
  uploadJob,
} from '../../../../native/samples/android/profiles/healthy.ts';
import { createSample, nothingLeft, sampleProfiles } from '../../../../native/samples/android/profiles.ts';
import type { SamplePhone } from '../../../../native/samples/android/sample-phone.ts';
import { phoneWith, userLayouts } from '../../../../native/samples/android/user-layouts.ts';
import type { SampleState } from '../../../../native/samples/android/state.ts';
import type { SampleIphone } from '../../../../native/samples/ios/iphone.ts';
import { sampleIphone, sampleIphones } from '../../../../native/samples/ios/sample-iphones.ts';
import type { Reading } from '../../../../native/reading.ts';
import { captureOfSample } from '../../native/android/read/sample-capture.ts';
import { readIphone } from './read-iphone.ts';

/** One phone in one state, to be judged. */
export interface Scenario {
  name: string;
  platform: 'android' | 'ios';
  /** Nothing is wrong with it. */
  healthy: boolean;
  /** The same phone in an earlier snapshot. */
  earlier?: (catalog: Catalog) => Promise<Reading>;
  answers?: readonly Answer[];
  testPhotos?: readonly TestPhotoSeen[];
  read: (catalog: Catalog) => Promise<Reading>;
  /** Android: a new phone in this state. */
  phone?: () => SamplePhone;
}

/** What a sample phone says at this moment; its clock follows the computer's. */
export function readSample(phone: SamplePhone, catalog: Catalog, asked: { allowed?: boolean } = {}): Reading {
  const startedAt = new Date().toISOString();
  const capture = captureOfSample(phone, backupApps(catalog, 'android'), asked);
  return readAndroid({ ...capture, startedAt, answers: capture.answers.map((answer) => ({ ...answer, startedAt })) });
}

const androidScenario = (name: string, healthy: boolean, phone: () => SamplePhone): Scenario => ({
  name,
  platform: 'android',
  healthy,
  phone,
  read: (catalog) => Promise.resolve(readSample(phone(), catalog)),
});

export type Change = (state: SampleState, phone: SamplePhone) => void;

/** The healthy phone of a profile after something befell it. */
export function changed(profile: string, change: Change): SamplePhone {
  const phone = createSample(profile, { healthy: true });
  change(phone.state, phone);
  return phone;
}

const photosOf = (state: SampleState) => ownersCopy(state, GOOGLE_PHOTOS);
const permission =
  (name: string, granted: boolean): Change =>
  (state) => {
    photosOf(state).permissions[`android.permission.${name}`] = { granted, flags: ['USER_SET'] };
  };
const setting =
  (namespace: 'global' | 'secure' | 'system', key: string, value: string): Change =>
  (state) => {
    state.settings[namespace][key] = value;
  };
const ran =
  (...words: readonly string[]): Change =>
  (_state, phone) =>
    void phone.run(words);

/** Switched on by hand, until power came. */
const saverUntilPlugged: Change = (state, phone) => {
  setPlugged(state, 'none');
  phone.run(['cmd', 'power', 'set-mode', '1']);
  setPlugged(state, 'usb');
};

const dayMs = 86_400_000;

/** Nothing leaves, and the phone lay in deep doze. */
const dozing: Change = (state) => {
  nothingLeft(state);
  state.doze.history.unshift({ kind: 'deep-idle', agoMs: dayMs / 4, reason: null });
};

/** A sign-in that the service no longer accepts, as the sync of the account found it. */
const refusedSignIn: Change = ({ sync }) => {
  for (const row of sync.authorities) {
    if (row.accountType !== 'com.google') continue;
    row.lastResult = 'PERIODIC FAILURE';
    row.lastFailure = 'authentication-error';
  }
};

/** Android 17, and a server at home. */
const serverAtHome: Change = (state) => {
  state.build.sdk = 37;
  state.build.release = '17';
  const immich = healthyApp(37, { package: 'app.alextran.immich', appId: 10_301, readsMedia: true });
  for (const own of immich.users) {
    own.traffic = [];
    own.permissions['android.permission.ACCESS_LOCAL_NETWORK'] = { granted: false, flags: [] };
  }
  state.apps.push(immich);
};

/** The jobs of the app have run for as long as they may. */
const quotaUsedUp: Change = (state) => {
  photosOf(state).jobsRanMs = 600_000;
};

/** The phone is abroad, and on no Wi-Fi. */
const abroad: Change = ({ network }) => {
  network.wifi = null;
  network.roaming = true;
};

/** What befalls the healthy phone of a profile, where no sample of the program shows it. */
export const troubles: readonly { name: string; profile: string; change: Change }[] = [
  {
    name: 'weak Wi-Fi',
    profile: 'pixel-14',
    change: ({ network }) => void (network.wifi && (network.wifi.rssi = -85)),
  },
  {
    name: 'a security patch of eight months ago',
    profile: 'pixel-14',
    change: (state) => {
      state.build.securityPatch = new Date(Date.now() - 240 * 86_400_000).toISOString().slice(0, 10);
    },
  },
  { name: 'airplane mode', profile: 'pixel-14', change: ran('cmd', 'connectivity', 'airplane-mode', 'enable') },
  {
    name: 'no backup app',
    profile: 'nokia-10',
    change: (state) => {
      state.apps = state.apps.filter((app) => app.package !== GOOGLE_PHOTOS && app.package !== ONEDRIVE);
    },
  },
  {
    name: 'app behind a firewall of the phone',
    profile: 'pixel-15',
    change: (state) => {
      state.network.appFirewall = true;
      for (const app of state.apps) if (app.package === GOOGLE_PHOTOS) app.networkDenied = true;
    },
  },
  {
    name: 'network taken away from the app',
    profile: 'pixel-16',
    change: (state, phone) => {
      for (const app of state.apps) {
        app.installPermissions = app.installPermissions.filter((name) => name !== 'android.permission.INTERNET');
      }
      permission('INTERNET', false)(state, phone);
    },
  },
  { name: 'server at home out of reach', profile: 'pixel-16', change: serverAtHome },
  {
    name: 'Play services off',
    profile: 'pixel-14',
    change: ran('pm', 'disable-user', '--user', '0', 'com.google.android.gms'),
  },
  { name: 'sign-in refused', profile: 'pixel-14', change: refusedSignIn },
  {
    name: 'metered data forbidden by an administrator',
    profile: 'pixel-14',
    change: (state) => void (photosOf(state).adminForbidsMetered = true),
  },
  {
    name: 'metered VPN',
    profile: 'pixel-14',
    change: (state) => {
      state.network.vpn = { sessionId: 'Example VPN', ownerUid: 10_295, uidRanges: '0-99999', metered: true };
      state.jobs.push(uploadJob(GOOGLE_PHOTOS, 4711, { network: 'unmetered' }));
    },
  },
  {
    name: 'app archived',
    profile: 'pixel-15',
    change: (state) => void Object.assign(photosOf(state), { installed: false, archivedAgoMs: dayMs }),
  },
  {
    name: 'limit of mobile data reached',
    profile: 'pixel-14',
    change: ({ network }) =>
      void Object.assign(network, {
        wifi: null,
        mobileAvailable: false,
        mobileLimit: { bytes: 2_000_000_000, reached: true },
      }),
  },
  { name: 'time for jobs used up, on the cable', profile: 'pixel-14', change: quotaUsedUp },
  {
    name: 'time for jobs used up, off the cable',
    profile: 'pixel-14',
    change: (state, phone) => {
      quotaUsedUp(state, phone);
      setPlugged(state, 'none');
    },
  },
  {
    name: 'media index behind the camera folder',
    profile: 'pixel-14',
    change: (state) => {
      const [newest] = state.media;
      if (newest !== undefined) {
        state.unindexed = [{ ...newest, id: 9001, displayName: 'IMG_9001.jpg', addedAgoMs: 2 * 3_600_000 }];
      }
    },
  },
  {
    name: 'a video of twelve gigabytes',
    profile: 'pixel-14',
    change: ({ media }) => {
      const video = media.find(({ kind }) => kind === 'video');
      if (video !== undefined) video.sizeBytes = 12_000_000_000;
    },
  },
  { name: 'abroad', profile: 'pixel-14', change: abroad },
  { name: 'Wi-Fi off while asleep', profile: 'bq-8', change: setting('global', 'wifi_sleep_policy', '0') },
  {
    name: 'background time used up',
    profile: 'pixel-15',
    change: (state) => {
      photosOf(state).exits.push({
        agoMs: 5 * 3_600_000,
        reason: 4,
        subReason: 0,
        importance: 125,
        description:
          'crash: android.app.RemoteServiceException$ForegroundServiceDidNotStopInTimeException: A foreground service of type dataSync did not stop within its timeout',
      });
    },
  },
  { name: 'app switched off by hand', profile: 'pixel-14', change: (state) => void (photosOf(state).enabled = 3) },
  {
    name: 'app suspended',
    profile: 'pixel-14',
    change: (state) => void (photosOf(state).suspendedBy = 'com.google.android.flipendo'),
  },
  { name: 'app stopped', profile: 'pixel-14', change: ran('am', 'force-stop', '--user', '0', GOOGLE_PHOTOS) },
  {
    name: 'app not updated for two years',
    profile: 'pixel-14',
    change: (state) => {
      for (const app of state.apps) if (app.package === GOOGLE_PHOTOS) app.updatedAgoMs = 730 * dayMs;
    },
  },
  {
    name: 'photos without videos',
    profile: 'pixel-14',
    change: permission('READ_MEDIA_VIDEO', false),
  },
  { name: 'videos without photos', profile: 'pixel-14', change: permission('READ_MEDIA_IMAGES', false) },
  {
    name: 'no access to photos',
    profile: 'pixel-14',
    change: (state, phone) => {
      permission('READ_MEDIA_VIDEO', false)(state, phone);
      permission('READ_MEDIA_IMAGES', false)(state, phone);
    },
  },
  {
    name: 'selected photos only',
    profile: 'pixel-14',
    change: (state, phone) => {
      permission('READ_MEDIA_VIDEO', false)(state, phone);
      permission('READ_MEDIA_IMAGES', false)(state, phone);
      permission('READ_MEDIA_VISUAL_USER_SELECTED', true)(state, phone);
    },
  },
  { name: 'no access to storage', profile: 'nokia-10', change: permission('READ_EXTERNAL_STORAGE', false) },
  { name: 'places hidden', profile: 'pixel-14', change: permission('ACCESS_MEDIA_LOCATION', false) },
  { name: 'no notifications', profile: 'pixel-14', change: permission('POST_NOTIFICATIONS', false) },
  { name: 'location at all times', profile: 'pixel-14', change: permission('ACCESS_BACKGROUND_LOCATION', true) },
  { name: 'location off', profile: 'pixel-14', change: setting('secure', 'location_mode', '0') },
  { name: 'doze forced', profile: 'pixel-14', change: ran('cmd', 'deviceidle', 'force-idle') },
  { name: 'one background process', profile: 'pixel-14', change: setting('global', 'background_process_limit', '1') },
  { name: 'maximum power saving', profile: 'samsung-14', change: setting('system', 'ultra_powersaving_mode', '1') },
  {
    name: 'private DNS that does not answer',
    profile: 'pixel-14',
    change: (state) => {
      state.settings.global['private_dns_mode'] = 'hostname';
      state.settings.global['private_dns_specifier'] = 'dns.example.net';
      state.network.privateDnsBroken = true;
      state.network.deadPrivateDns = 'dns.example.net';
      state.network.validated = false;
    },
  },
  {
    name: 'a clock that was set wrong by hand',
    profile: 'pixel-14',
    change: (state) => {
      state.settings.global['auto_time'] = '0';
      state.clock.skewMs = -2 * dayMs;
    },
  },
  {
    name: 'asleep, Samsung',
    profile: 'samsung-14',
    change: (state) => {
      Object.assign(photosOf(state).standby, { bucket: 45, reason: '' });
      photosOf(state).appOps['RUN_ANY_IN_BACKGROUND'] = { mode: 'ignore', usedAgoMs: null };
    },
  },
  { name: 'automatic time off', profile: 'pixel-14', change: setting('global', 'auto_time', '0') },
  {
    name: 'battery saver by hand',
    profile: 'pixel-14',
    change: (state, phone) => {
      state.battery.plugged = 'none';
      state.battery.status = 3;
      phone.run(['cmd', 'power', 'set-mode', '1']);
    },
  },
  { name: 'battery saver that comes back', profile: 'pixel-14', change: saverUntilPlugged },
  { name: 'battery saver that comes back, Android 9', profile: 'huawei-9', change: saverUntilPlugged },
  {
    name: 'battery saver by hand, Samsung',
    profile: 'samsung-14',
    change: ran('cmd', 'power', 'set-mode', '1'),
  },
  { name: 'battery saver from 75 %', profile: 'pixel-14', change: setting('global', 'low_power_trigger_level', '75') },
  // Every app is optimised as sold; here nothing leaves, and the phone lay in deep doze.
  { name: 'optimised and dozing', profile: 'pixel-14', change: dozing },
  { name: 'optimised and dozing, Samsung', profile: 'samsung-14', change: dozing },
  { name: 'nothing leaves', profile: 'pixel-14', change: nothingLeft },
  {
    name: 'a VPN that lets nothing past',
    profile: 'pixel-14',
    change: ({ network }) => {
      network.vpn = { sessionId: 'Example VPN', ownerUid: 10_295, uidRanges: '0-10294, 10296-99999' };
      network.validated = false;
    },
  },
  {
    name: 'two apps upload',
    profile: 'pixel-14',
    change: (state) => void (ownersCopy(state, ONEDRIVE).traffic = [...photosOf(state).traffic]),
  },
  {
    name: 'background denied',
    profile: 'pixel-14',
    change: ran('appops', 'set', GOOGLE_PHOTOS, 'RUN_ANY_IN_BACKGROUND', 'ignore'),
  },
  {
    name: 'background denied twice',
    profile: 'pixel-14',
    change: (_state, phone) => {
      phone.run(['appops', 'set', GOOGLE_PHOTOS, 'RUN_ANY_IN_BACKGROUND', 'ignore']);
      phone.run(['appops', 'set', GOOGLE_PHOTOS, 'RUN_IN_BACKGROUND', 'ignore']);
    },
  },
  {
    name: 'background denied for the uid',
    profile: 'pixel-14',
    change: (state) => void (photosOf(state).uidAppOps['RUN_ANY_IN_BACKGROUND'] = 'ignore'),
  },
  {
    name: 'rare',
    profile: 'pixel-14',
    change: ran('am', 'set-standby-bucket', '--user', '0', GOOGLE_PHOTOS, 'rare'),
  },
  {
    name: 'restricted',
    profile: 'pixel-14',
    change: ran('am', 'set-standby-bucket', '--user', '0', GOOGLE_PHOTOS, 'restricted'),
  },
  { name: 'metered data denied', profile: 'pixel-14', change: (state) => void (photosOf(state).networkPolicy = 1) },
  { name: 'Data Saver', profile: 'pixel-14', change: ran('cmd', 'netpolicy', 'set', 'restrict-background', 'true') },
  {
    name: 'not used for two months',
    profile: 'pixel-14',
    change: (state) => void Object.assign(photosOf(state).standby, { bucket: 40, usedAgoMs: 60 * dayMs }),
  },
  {
    name: 'Wi-Fi marked as metered',
    profile: 'pixel-14',
    change: (state) => {
      if (state.network.wifi !== null) state.network.wifi.meteredOverride = 'true';
      state.jobs.push(uploadJob(GOOGLE_PHOTOS, 4711, { network: 'unmetered' }));
    },
  },
  {
    name: 'Wi-Fi that calls itself metered',
    profile: 'pixel-14',
    change: (state) => {
      if (state.network.wifi !== null) state.network.wifi.meteredHint = true;
      state.jobs.push(uploadJob(GOOGLE_PHOTOS, 4711, { network: 'unmetered' }));
    },
  },
  {
    name: 'app suspended by a computer',
    profile: 'pixel-14',
    change: ran('pm', 'suspend', '--user', '0', GOOGLE_PHOTOS),
  },
  { name: 'app hibernated', profile: 'pixel-14', change: (state) => void (photosOf(state).hibernated = true) },
  {
    name: 'adaptive battery saver',
    profile: 'pixel-14',
    change: ran('cmd', 'power', 'set-adaptive-power-saver-enabled', 'true'),
  },
  { name: 'battery values frozen', profile: 'pixel-14', change: ran('dumpsys', 'battery', 'unplug') },
  {
    name: 'a large cache on a full phone',
    profile: 'pixel-14',
    change: (state) => {
      photosOf(state).size.cacheBytes = 3_000_000_000;
      state.storage.dataFreeKib = 300_000;
    },
  },
  { name: 'on for weeks', profile: 'pixel-14', change: (state) => void (state.clock.uptimeMs = 30 * dayMs) },
  {
    name: 'restricted in many places',
    profile: 'pixel-14',
    change: (state, phone) => {
      permission('READ_MEDIA_VIDEO', false)(state, phone);
      photosOf(state).networkPolicy = 1;
      phone.run(['appops', 'set', GOOGLE_PHOTOS, 'RUN_ANY_IN_BACKGROUND', 'ignore']);
    },
  },
  {
    name: 'worn battery',
    profile: 'samsung-14',
    change: ({ battery }) => void (battery.samsung && Object.assign(battery.samsung, { asoc: 72, usage: 122_344 })),
  },
];

const iphoneScenario = (name: string, healthy: boolean, make: () => SampleIphone): Scenario => ({
  name,
  platform: 'ios',
  healthy,
  read: (catalog) => readIphone(make(), backupApps(catalog, 'ios'), new Date()),
});

function deferring(): SampleIphone {
  const iphone = sampleIphone('healthy').create();
  const { status } = iphone.cloudPhotos;
  if (status !== undefined) Object.assign(status.flags, { poorSystemConditions: true, hasValidSystemBudgetKey: false });
  iphone.photos.waiting = 900;
  return iphone;
}

const at = '2026-11-22T12:00:00.000Z';

/** Photos do not leave, and the app says so itself. */
const saysPaused: Change = (state) => {
  nothingLeft(state);
  photosOf(state).notifications = ['Backup paused'];
};

/** What only an owner knows. */
const answered: readonly Scenario[] = [
  ...(
    [
      ['backup-account', 'no'],
      ['folders-not-chosen', 'no'],
      ['rule-charging', 'yes'],
      ['rule-battery', 'yes'],
    ] as const
  ).map(([cause, answer]) => ({
    ...androidScenario(`owner: ${cause}`, false, () => changed('pixel-14', nothingLeft)),
    answers: [{ cause, app: GOOGLE_PHOTOS, answer, at }],
  })),
  {
    ...androidScenario('what the app says, read after a yes', false, () => changed('pixel-14', saysPaused)),
    read: (catalog) => Promise.resolve(readSample(changed('pixel-14', saysPaused), catalog, { allowed: true })),
  },
  {
    ...androidScenario('a test photo that did not leave', false, () => changed('pixel-14', nothingLeft)),
    testPhotos: [{ app: GOOGLE_PHOTOS, at, outcome: 'nothing-sent' }],
  },
  {
    ...androidScenario('owner: files do not open', false, () => createSample('pixel-14', { healthy: true })),
    answers: [{ cause: 'device-storage-wear', app: null, answer: 'yes', at }],
  },
  {
    ...iphoneScenario('owner: no background refresh', false, () => sampleIphone('healthy').create()),
    answers: [{ cause: 'background-app-refresh', app: 'com.google.photos', answer: 'no', at }],
  },
];

function updated(): SamplePhone {
  return changed('pixel-14', (state) => {
    state.build.incremental = '99999999';
    state.build.securityPatch = '2026-11-20';
    state.build.id = 'AP4A.261105.002';
    for (const app of state.apps) if (app.package === GOOGLE_PHOTOS) app.versionName = '99.1.0';
  });
}

/** Every phone that the catalog is proven on. */
export const scenarios: readonly Scenario[] = [
  ...sampleProfiles.flatMap(({ id }) => [
    androidScenario(`${id}, healthy`, true, () => createSample(id, { healthy: true })),
    androidScenario(id, false, () => createSample(id)),
  ]),
  ...userLayouts.map((layout) => androidScenario(`users: ${layout.name}`, false, () => phoneWith(layout))),
  ...troubles.map(({ name, profile, change }) => androidScenario(name, false, () => changed(profile, change))),
  {
    ...androidScenario('updated since', false, updated),
    earlier: (catalog) => Promise.resolve(readSample(createSample('pixel-14', { healthy: true }), catalog)),
  },
  ...sampleIphones.map(({ id, create }) =>
    iphoneScenario(id.startsWith('healthy') ? `iPhone, ${id}` : id, id.startsWith('healthy'), () => create()),
  ),
  iphoneScenario('iOS defers uploads', false, deferring),
  {
    ...iphoneScenario('new terms of iCloud', false, deferring),
    // Only the account of a backup on a computer tells it.
    read: async (catalog) => {
      const reading = await readIphone(deferring(), backupApps(catalog, 'ios'), new Date());
      const termsToAccept = { value: true, source: 'backup-accounts' };
      return { ...reading, icloud: { ...reading.icloud, termsToAccept } };
    },
  },
  ...answered,
];
