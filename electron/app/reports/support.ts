import { leavesByPath } from '../../../db/compare.ts';
import type { ToldUpload } from '../../../diagnosis/uploads/upload-state.ts';
import { appPath, isKnown, type Leaf } from '../../../native/reading.ts';
import { labelWords, pathLabel, pathOfAny } from '../program/value-words.ts';
import type { ScanReport } from '../scan/scan-report.ts';
import { actionRows, proofLines } from './done.ts';
import type { Block, Fact } from './document.ts';
import { footer, nameIn, phoneFacts } from './head.ts';
import type { ReportKind, ReportWords } from './kind.ts';
import type { GuidedStep, Report, ReportedSnapshot } from './report.ts';

/*
 * What the maker of an app must know to look into it: every point that a support asks for, each under its own heading. What nobody knows
 * stands there as not known, so that nothing has to be asked for twice.
 */

/** A point with what is known of it; where nothing is, that stands there. */
const point = (heading: string, blocks: readonly Block[], otherwise: string): Block[] => [
  { type: 'heading', text: heading },
  ...(blocks.length === 0 ? [{ type: 'text', text: otherwise } as const] : blocks),
];
const list = (items: readonly string[]): Block[] => (items.length === 0 ? [] : [{ type: 'list', items }]);
const factsOf = (known: readonly Fact[]): Block[] => (known.length === 0 ? [] : [{ type: 'facts', facts: known }]);

const networkPaths = [
  'network.connected',
  'network.transports',
  'network.validated',
  'network.captivePortal',
  'network.metered',
  'network.roaming',
  'network.poorQuality',
  'network.airplaneMode',
  'network.vpns',
  'network.alwaysOnVpn',
  'network.privateDnsMode',
  'network.privateDnsBroken',
  'network.lowDataMode',
  'network.cellularRestricted',
  'network.mobileDataLimitReached',
  'dataPolicy.dataSaver',
  'app.netPolicyName',
  'app.internet',
  'app.inVpn',
  'app.inMeteredVpn',
];
const powerPaths = [
  'battery.level',
  'battery.status',
  'battery.chargeLimit',
  'power.saverOn',
  'power.saverBeforePower',
  'power.saverSticky',
  'power.triggerLevel',
  'power.schedule',
  'power.extremeMode',
  'power.lowPowerMode',
  'system.adaptiveBattery',
  'system.backgroundRefresh',
  'app.exempt',
  'app.runAnyInBackground',
  'app.autostart',
  'app.bucket',
  'app.asleepBy',
  'app.backgroundRefresh',
];
const pathPaths = [
  'icloud.photosEnabled',
  'icloud.enabledAt',
  'icloud.libraryCount',
  'icloud.cloudCount',
  'icloud.backlog',
];

/** Names of what the phone lists with several fields. */
function valueText(value: unknown, label: string, { values }: ReportWords): string {
  const names = Array.isArray(value)
    ? value.flatMap((one: unknown) =>
        typeof one === 'object' && one !== null && 'name' in one && typeof one.name === 'string' ? [one.name] : [],
      )
    : [];
  return names.length > 0 ? names.join(', ') : values.value(value, label);
}

/** Values of a reading by their paths, for each chosen app where they are of an app; what this phone has not is left out. */
function factsAt(scan: ScanReport, paths: readonly string[], words: ReportWords): Fact[] {
  const { say } = words;
  const leaves = leavesByPath(scan.reading);
  return paths.flatMap((path) => {
    const own = path.startsWith('app.')
      ? scan.chosen.map(({ app }) => ({ app, path: appPath(app, path.slice('app.'.length)) }))
      : [{ app: null, path }];
    return own.flatMap((one): Fact[] => {
      const leaf = leaves.get(one.path)?.leaf;
      if (leaf === undefined || (!isKnown(leaf) && leaf.unavailable === 'missing')) return [];
      const label = say(pathLabel(pathOfAny(one.path)));
      const name = one.app !== null && scan.chosen.length > 1 ? ` (${nameIn(scan, one.app)})` : '';
      return [
        {
          name: `${labelWords(label)}${name}`,
          value: isKnown(leaf) ? valueText(leaf.value, label, words) : say('not read'),
        },
      ];
    });
  });
}

const known = <T>(leaf: Leaf<T> | undefined): T | null => (isKnown(leaf) ? leaf.value : null);

/** How long nothing has left; null where that is not known. */
const silenceOf = ({ state, proof }: ToldUpload): number | null =>
  state === 'stalled' && proof.by === 'silence' ? proof.sinceMs : null;

function happenedBlocks({ scan, takenAt }: ReportedSnapshot, { say, values }: ReportWords): Block[] {
  const rows = scan.uploads.flatMap((upload): Fact[] => {
    const name = nameIn(scan, upload.app);
    const ms = silenceOf(upload);
    return [
      { name, value: upload.words },
      {
        name: say(`${name}: since when`),
        value: ms === null ? say('not known') : values.moment(new Date(Date.parse(takenAt) - ms).toISOString()),
      },
      {
        name: say(`${name}: how long the pause lasts`),
        value: ms === null ? say('not known') : values.value(ms, 'pause, ms'),
      },
    ];
  });
  return [{ type: 'text', text: scan.verdict }, ...factsOf(rows)];
}

function appFacts({ reading, chosen, ...scan }: ScanReport, { say }: ReportWords): Fact[] {
  return chosen.flatMap(({ app, why }): Fact[] => {
    const leaves = reading.apps[app];
    const name = nameIn({ reading, chosen, ...scan }, app);
    return [
      { name: say('App'), value: `${name} (${app})` },
      { name: say('Version'), value: known(leaves?.version) ?? say('not known') },
      { name: say('Last update'), value: known(leaves?.updatedAt) ?? say('not known') },
      { name: say('Why this app'), value: why },
    ];
  });
}

function pathBlocks({ scan }: ReportedSnapshot, { secondWays }: Report, words: ReportWords): Block[] {
  const { say, values } = words;
  const chosen = scan.chosen.map(({ app, by }): Fact => {
    const who = by === 'person' ? say('chosen by a person') : say('taken from what shows use');
    return { name: say('Backup with'), value: `${nameIn(scan, app)} (${who})` };
  });
  const meanwhile = secondWays.map(({ appName, since }): Fact => {
    return { name: say(`In place of ${appName} since`), value: values.moment(since) };
  });
  const changed = (known(scan.reading.icloud.enableHistory) ?? []).map(({ at, enabled }): Fact => {
    return {
      name: values.moment(at),
      value: enabled ? say('iCloud Photos switched on') : say('iCloud Photos switched off'),
    };
  });
  return factsOf([...chosen, ...factsAt(scan, pathPaths, words), ...changed, ...meanwhile]);
}

const outcomeWords: Record<GuidedStep['outcome'], string> = {
  ticked: 'Done, and seen on the phone',
  'said-done': 'Done, as its owner says',
  skipped: 'Skipped',
};

function triedBlocks({ actions, guided }: Report, words: ReportWords): Block[] {
  const { say, values } = words;
  return [
    ...actionRows(actions, words),
    ...list(
      guided.map(({ at, title, appName, outcome }) => {
        const what = appName === null || title.includes(appName) ? title : `${title} (${appName})`;
        return `${values.moment(at)}, ${what}: ${say(outcomeWords[outcome])}`;
      }),
    ),
  ];
}

/** Whether one app or several, and over what. */
function scopeBlocks({ scan }: ReportedSnapshot, { proofs }: Report, { say }: ReportWords): Block[] {
  const others = scan.apps.filter(
    ({ id, installed }) => installed === true && scan.chosen.every(({ app }) => app !== id),
  );
  const names = others.map(({ name }) => name).join(', ');
  const isUnread = scan.apps.some(({ installed }) => installed === null);
  const networks = scan.chosen.flatMap(({ app }): string[] => {
    const buckets = known(scan.reading.apps[app]?.sentBuckets);
    const name = nameIn(scan, app);
    if (buckets === null) return [say(`${name}: over which networks it sent is not known`)];
    const sent = (network: string) =>
      buckets.filter((one) => one.network === network).reduce((sum, { sentBytes }) => sum + sentBytes, 0);
    const [wifi, mobile] = [sent('wifi'), sent('mobile')];
    if (wifi > 0 && mobile > 0) return [say(`${name} sent over Wi-Fi and over mobile data in the last week`)];
    if (wifi > 0) return [say(`${name} sent over Wi-Fi only in the last week`)];
    return [
      mobile > 0
        ? say(`${name} sent over mobile data only in the last week`)
        : say(`${name} sent nothing in the last week`),
    ];
  });
  const tried = new Set(proofs.map(({ on }) => on));
  const tests = [
    ...(tried.has('wifi') ? [say('A test photo was taken on Wi-Fi')] : []),
    ...(tried.has('mobile') ? [say('A test photo was taken on mobile data')] : []),
  ];
  return list([
    ...scan.uploads.map(({ app, words }) => `${nameIn(scan, app)}: ${words}`),
    ...(names === ''
      ? [
          say(
            isUnread
              ? 'Whether another backup app is on the phone is not known'
              : 'No other backup app is on the phone',
          ),
        ]
      : [say(`Other backup apps on the phone: ${names}`)]),
    ...networks,
    ...tests,
  ]);
}

/** Word for word, in the phone's own words: nothing is translated here. */
function errorLines({ reading, chosen, incomplete }: ScanReport): string[] {
  const ofApps = chosen.flatMap(({ app }) => {
    const leaves = reading.apps[app];
    return [
      ...(known(leaves?.notificationTitles) ?? []),
      ...(known(leaves?.crashes) ?? []).map(({ at, process, description }) => `${at} ${process}: ${description}`),
      ...(known(leaves?.exits) ?? []).flatMap(({ at, description }) =>
        description === '' ? [] : [`${at} ${description}`],
      ),
    ];
  });
  const syncs = (known(reading.accounts.syncs) ?? []).flatMap(({ authority, lastResult }) =>
    /^(?:success)?$/i.test(lastResult) ? [] : [`${authority}: ${lastResult}`],
  );
  const unread = incomplete.flatMap(({ probe, reason, detail }) =>
    reason === 'missing' ? [] : [`${probe}: ${detail}`],
  );
  return [...new Set([...ofApps, ...syncs, ...unread])];
}

function wantedLines(scan: ScanReport, { say }: ReportWords): string[] {
  return scan.chosen.map(({ app }) =>
    say(
      `Photos of the camera are to go to ${nameIn(scan, app)} by themselves again, and what is missing is to follow.`,
    ),
  );
}

function attachments(scan: ScanReport, { say }: ReportWords): string[] {
  return [
    ...scan.chosen.map(({ app }) =>
      say(`A picture of the screen on which ${nameIn(scan, app)} says how its backup stands`),
    ),
    say('A picture of its notification, where it shows one'),
    say('The recording of the phone, without what tells whose it is: phone-health capture SERIAL -o FILE --redact'),
    ...(scan.phone.platform === 'android'
      ? [say('A bug report of Android only where its makers ask for one: it holds private things')]
      : []),
  ];
}

/** What to say to the maker of an app: every point that its support asks for. */
export const support: ReportKind = {
  snapshots: 1,
  ofShop: false,
  csv: 'text',
  document(report, words) {
    const { say } = words;
    const unknown = say('not known');
    return {
      title: say('Report for support'),
      blocks: report.snapshots.flatMap((snapshot): Block[] => {
        const { scan } = snapshot;
        const { answer, chosen } = scan;
        const errors = errorLines(scan);
        const [proof] = report.proofs.toReversed();
        return [
          { type: 'lead', text: `${answer.headline}. ${answer.sentence}`.trim() },
          ...point(
            say('What was expected'),
            list(
              chosen.map(({ app }) =>
                say(`${nameIn(scan, app)} sends the photos of the camera by itself, also while it is not open.`),
              ),
            ),
            unknown,
          ),
          ...point(say('What happened'), happenedBlocks(snapshot, words), unknown),
          ...point(say('App and version'), factsOf(appFacts(scan, words)), unknown),
          ...point(say('Phone, system and updates'), phoneFacts(snapshot, words, report), unknown),
          ...point(say('Network and VPN'), factsOf(factsAt(scan, networkPaths, words)), unknown),
          ...point(say('Power and background'), factsOf(factsAt(scan, powerPaths, words)), unknown),
          ...point(say('Which way the backup goes'), pathBlocks(snapshot, report, words), unknown),
          ...point(say('Tried already'), triedBlocks(report, words), say('Nothing that this program knows of.')),
          ...point(say('One app or several, Wi-Fi or mobile data'), scopeBlocks(snapshot, report, words), unknown),
          ...point(
            say('Messages, word for word'),
            errors.length === 0 ? [] : [{ type: 'code', lines: errors }],
            say('None was read.'),
          ),
          ...point(
            say('The latest test photo'),
            proof === undefined ? [] : proofLines([proof], words),
            say('None was taken.'),
          ),
          ...point(
            say('What to send along'),
            [{ type: 'steps', items: attachments(scan, words), boxes: true }],
            unknown,
          ),
          ...point(say('What is wanted'), list(wantedLines(scan, words)), unknown),
          ...point(say('About this report'), footer(report, words), unknown),
        ];
      }),
    };
  },
};
