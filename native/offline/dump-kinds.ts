/**
 * What a dump may be: the command that writes it, the probes that read it, and how it is recognised when all there is is a file.
 * File names are as technicians choose them (`dumpsys_battery.txt`, `settings/global.txt`); the first lines are those that
 * Android 8 to 16 print (AOSP dump methods and the answers of real phones). What it holds counts for more than its name.
 */
export interface DumpKind {
  /** As a person types it. */
  command: string;
  probes: readonly string[];
  /** Words of a file's name, joined by `_`. The longest that fits decides. */
  names: readonly string[];
  /** Answers about one app, which the command or the file's name tells. */
  perApp?: true;
  /** Of a list in which a line that was cut on its way would not be missed: what is kept of such a line, so that the parser sees it. */
  cutLine?: string;
  /** Its form tells by itself whether it is whole: it need not end with a line feed, as what a phone prints does. */
  endsItself?: true;
  /** Lines that only this dump has near its beginning; null: its name alone tells. */
  content: RegExp | null;
}

const settingsOf = (namespace: 'global' | 'secure' | 'system', content: RegExp): DumpKind => ({
  command: `settings list ${namespace}`,
  probes: [`settings-${namespace}`],
  names: [`settings_${namespace}`, `settings_list_${namespace}`, namespace],
  content,
});

export const dumpKinds: readonly DumpKind[] = [
  {
    command: 'getprop',
    probes: ['getprop'],
    names: ['getprop', 'props', 'properties'],
    content: /^\[[\w.-]{1,200}\]: \[/m,
  },
  {
    command: 'dumpsys activity exit-info',
    probes: ['exit-info-dump'],
    names: ['exit_info', 'activity_exit_info'],
    content: /^ACTIVITY MANAGER PROCESS EXIT INFO /,
  },
  {
    command: 'dumpsys activity',
    probes: ['restriction-level-dump'],
    names: ['activity', 'dumpsys_activity'],
    content: /^ACTIVITY MANAGER (?!PROCESS EXIT INFO)[A-Z -]{1,60} \(dumpsys activity /,
  },
  // Android 8 begins the dump of everything with the settings.
  {
    command: 'dumpsys activity settings',
    probes: ['activity-settings'],
    names: ['activity_settings'],
    content: /^ACTIVITY MANAGER SETTINGS \(dumpsys activity settings\)/,
  },
  {
    command: 'dumpsys battery',
    probes: ['battery'],
    names: ['battery'],
    content: /^ *Current Battery Service state:/m,
  },
  {
    command: 'dumpsys batterystats --checkin',
    probes: ['batterystats'],
    names: ['batterystats_checkin'],
    content: /^9,0,i,vers,/m,
  },
  {
    command: 'dumpsys settings',
    probes: ['settings-log'],
    names: ['dumpsys_settings'],
    content: /^(?:GLOBAL|SECURE|SYSTEM|CONFIG) SETTINGS \(user \d/m,
  },
  settingsOf('global', /^(?:airplane_mode_on|device_provisioned|adb_enabled|mobile_data)=/m),
  settingsOf('secure', /^(?:android_id|default_input_method|user_setup_complete|location_mode)=/m),
  settingsOf('system', /^(?:screen_brightness|ringtone|screen_off_timeout|volume_music)=/m),
  {
    command: 'dumpsys package',
    probes: ['package-dump'],
    names: ['package', 'dumpsys_package'],
    content:
      /^(?:(?:Activity|Receiver|Service|Provider) Resolver Table:|Packages:|Database versions:|Key Set Manager:|Unable to find package: )/m,
  },
  {
    command: 'pm list packages',
    cutLine: 'package:',
    probes: ['packages'],
    names: ['packages', 'pm_list_packages', 'list_packages'],
    content: /^package:\S/m,
  },
  {
    command: 'pm list packages -u',
    cutLine: 'package:',
    probes: ['packages-kept'],
    names: ['pm_list_packages_u', 'packages_u'],
    content: /^package:\S/m,
  },
  {
    command: 'pm list packages -e',
    probes: ['play-services-on'],
    names: ['pm_list_packages_e', 'packages_e', 'enabled_packages'],
    content: /^package:\S/m,
  },
  {
    command: 'pm list packages -d',
    probes: ['play-services-off'],
    names: ['pm_list_packages_d', 'packages_d', 'disabled_packages'],
    content: /^package:\S/m,
  },
  {
    command: 'androidqf packages.json',
    probes: ['androidqf-packages'],
    names: [],
    endsItself: true,
    content: /^\s*\[\s*\{\s*"name": ?"[\w.]{1,250}",\s*"(?:files|installer|uid)":/,
  },
  {
    command: 'cmd connectivity get-chain3-enabled',
    probes: ['firewall-chain'],
    names: ['get_chain3_enabled', 'chain3'],
    content: /^chain:(?:enabled|disabled)\s*$/,
  },
  {
    command: 'cmd connectivity get-package-networking-enabled',
    probes: ['firewall-rule'],
    names: ['get_package_networking_enabled', 'networking_enabled'],
    perApp: true,
    content: /^[\w.]{3,250}:(?:allow|deny)\s*$/,
  },
  {
    command: 'dumpsys activity mars list',
    probes: ['sleeping-apps'],
    names: ['mars', 'mars_list'],
    content: /^mMARsTargetPackages --- size \d/m,
  },
  {
    command: 'am get-bg-restriction-level',
    probes: ['restriction-level'],
    names: ['get_bg_restriction_level', 'bg_restriction_level'],
    perApp: true,
    content: null,
  },
  {
    command: 'pm list users',
    cutLine: '\tUserInfo{',
    probes: ['users'],
    names: ['users', 'pm_list_users', 'list_users'],
    // The service itself prints more about each: it is another dump, also where it was cut.
    content: /^Users:\s*$(?![\s\S]{0,20000}serialNo=)/m,
  },
  {
    command: 'am get-current-user',
    probes: ['current-user'],
    names: ['current_user', 'get_current_user'],
    content: null,
  },
  {
    command: 'am get-started-user-state',
    probes: ['user-state'],
    names: ['user_state', 'get_started_user_state'],
    content: /^RUNNING_(?:LOCKED|UNLOCKING|UNLOCKED)\s*$/,
  },
  {
    command: 'dumpsys user',
    probes: ['user-service'],
    names: ['user', 'dumpsys_user'],
    content: /^ *Device managed: (?:true|false)|^ *UserInfo\{[^\n]{1,300} serialNo=/m,
  },
  {
    command: 'appops get RUN_ANY_IN_BACKGROUND',
    probes: ['appops-background'],
    names: ['run_any_in_background'],
    perApp: true,
    content: null,
  },
  { command: 'appops get', probes: ['appops'], names: ['appops_get'], perApp: true, content: null },
  {
    command: 'am get-standby-bucket',
    probes: ['standby-bucket'],
    names: ['standby_bucket', 'get_standby_bucket'],
    perApp: true,
    content: null,
  },
  { command: 'dumpsys appops', probes: ['appops-dump'], names: ['appops'], content: /^Current AppOps Service state:/m },
  {
    command: 'dumpsys power',
    probes: ['power'],
    names: ['power'],
    content: /^(?:POWER MANAGER \(dumpsys power\)|Power Manager State:)/m,
  },
  {
    command: 'dumpsys deviceidle',
    probes: ['deviceidle'],
    names: ['deviceidle', 'deviceidle_whitelist', 'doze'],
    content:
      /^(?: {2}Whitelist (?:\(except idle\) )?(?:system|user|all)|  mLightEnabled=|(?:system-excidle|system|user),[\w.]{1,200},\d{1,9}\s*$)/m,
  },
  {
    command: 'dumpsys jobscheduler',
    probes: ['jobs-dump'],
    names: ['jobscheduler', 'jobs', 'job_scheduler'],
    content: /^(?:Registered \d{1,7} jobs:| {2}JOB \S{1,300}\/-?\d)/m,
  },
  {
    command: 'dumpsys usagestats',
    probes: ['standby-bucket-dump'],
    names: ['usagestats', 'usage_stats'],
    content: /^ {2}Last 24 hour events |^ *User \d{1,6} App Standby States:/m,
  },
  {
    command: 'dumpsys netpolicy',
    probes: ['netpolicy'],
    names: ['netpolicy'],
    content: /^Restrict background: (?:true|false)/m,
  },
  {
    command: 'dumpsys netstats',
    probes: ['netstats'],
    names: ['netstats'],
    content: /^(?:Dev stats:|Xt stats:|UID stats:|Active interfaces:)/m,
  },
  {
    command: 'dumpsys netstats --checkin --uid',
    probes: ['netstats-week'],
    names: ['netstats_checkin'],
    content: /^v1,\d{9,13},\d{9,13}\s*$/m,
  },
  {
    command: 'dumpsys connectivity',
    probes: ['connectivity'],
    names: ['connectivity'],
    content: /^Active default network: /m,
  },
  { command: 'cmd netpolicy list wifi-networks', probes: ['wifi-networks'], names: ['wifi_networks'], content: null },
  {
    command: 'dumpsys wifi',
    probes: ['wifi'],
    names: ['wifi', 'wifi_status'],
    content: /^(?:Wi-?[Ff]i is (?:en|dis)abled|mWifiInfo |WifiInfo: )/m,
  },
  {
    command: 'dumpsys device_policy',
    probes: ['device-policy'],
    names: ['device_policy'],
    content: /^Current Device Policy Manager state:/m,
  },
  {
    command: 'dumpsys app_hibernation',
    probes: ['hibernation'],
    names: ['app_hibernation', 'hibernation'],
    content: /^User Level Hibernation States,/m,
  },
  {
    command: 'dumpsys account',
    probes: ['accounts'],
    names: ['account', 'accounts'],
    content: /^ {2}Accounts: \d{1,6}\s*$/m,
  },
  {
    command: 'dumpsys content',
    probes: ['sync'],
    names: ['content', 'sync'],
    content: /^(?:[Aa]uto sync: |Sync Status\s*$)/m,
  },
  { command: 'dumpsys diskstats', probes: ['diskstats'], names: ['diskstats'], content: /^Data-Free: \d/m },
  {
    command: 'df',
    probes: ['storage'],
    names: ['df', 'df_k', 'df_data'],
    content: /^Filesystem\s+(?:1K-blocks|Size)\b/m,
  },
  {
    command: 'dumpsys devicestoragemonitor',
    probes: ['storage-monitor'],
    names: ['devicestoragemonitor'],
    content: /^Known volumes:/m,
  },
  {
    command: 'dumpsys location',
    probes: ['location-dump'],
    names: ['location'],
    content: /^Location Manager State:|^Current Location Manager state:/m,
  },
  {
    command: 'dumpsys thermalservice',
    probes: ['thermalservice'],
    names: ['thermalservice', 'thermal'],
    content: /^Thermal Status: \d/m,
  },
  { command: 'uptime', probes: ['uptime'], names: ['uptime'], content: /^ ?\d\d:\d\d:\d\d up .{1,60}load average:/ },
  {
    command: 'logcat -b events',
    probes: ['event-log'],
    names: ['logcat_events', 'events', 'event_log'],
    content: /^\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\s[^[\]\n]{0,80}\sam_[a-z_]{2,40}\s{0,4}: \[/m,
  },
  {
    command: 'content query images',
    probes: ['photos'],
    names: ['images', 'photos', 'media_images', 'content_query_images'],
    content: null,
  },
  {
    command: 'content query video',
    probes: ['videos'],
    names: ['video', 'videos', 'media_video', 'content_query_video'],
    content: null,
  },
  { command: 'find .nomedia', probes: ['nomedia'], names: ['nomedia'], content: null },
];

const byCommand = new Map(dumpKinds.map((kind) => [kind.command, kind]));

/** The kind of dump that a command writes; undefined: no probe reads it. */
export const kindOfCommand = (command: string): DumpKind | undefined => byCommand.get(command);

const textFile = /\.(?:txt|log|out|dump|text)$|(?:^|\/)[^.]{1,100}$/i;

/** `settings/global.txt` → `settings_global`, so that words can be looked for between underscores. */
const nameWords = (path: string): string =>
  `_${path
    .toLowerCase()
    .replace(/\.(?:txt|log|out|dump|text)$/, '')
    .replaceAll(/[^a-z0-9]+/g, '_')}_`;

function byName(path: string, kinds: readonly DumpKind[]): DumpKind | null {
  const words = nameWords(path);
  let best: { kind: DumpKind; length: number } | null = null;
  for (const kind of kinds) {
    for (const name of kind.names) {
      if (words.includes(`_${name}_`) && name.length > (best?.length ?? 0)) best = { kind, length: name.length };
    }
  }
  return best?.kind ?? null;
}

/** Names that say much, for a file whose beginning says nothing: a bare `user.txt` may be anything. */
const tellingName =
  /(?:^|_)(?:appops_get|standby_bucket|dumpsys|settings|getprop|pm|am|cmd|adb|df|uptime|content_query|logcat)(?:_|$)/;

/**
 * What a file is, by the beginning of its text and by its name (with the folders it lies in). Where the text fits more than
 * one kind, the name decides between them; where it fits none, a telling name is believed. null: not recognised.
 */
export function recogniseDump(path: string, head: string): DumpKind | null {
  const fitting = dumpKinds.filter((kind) => kind.content?.test(head) === true);
  const [only, another] = fitting;
  if (only !== undefined && another === undefined) return only;
  if (only !== undefined) return byName(path, fitting) ?? only;
  const named = textFile.test(path) ? byName(path, dumpKinds) : null;
  if (named === null) return null;
  return named.content === null || tellingName.test(nameWords(path)) ? named : null;
}
