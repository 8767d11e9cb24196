import type { Gives, ReadingValues } from '../../reading.ts';
import type { Unavailable } from '../../unavailable.ts';
import type { PlistFields } from './plist-fields.ts';

/** Where the photo engine keeps the state that Photos shows at the end of the library. */
export const syncStatusPath = '/PhotoData/CPL/syncstatus.plist';

interface Reason {
  key: string;
  /** The value that pauses uploads. */
  pausesWhen: boolean;
  /** What an absent key means; undefined: nothing. */
  usual?: boolean;
  /** The reason in words, for `icloud.pausedAtPlugIn`. */
  word: string;
}

/** iOS writes most flags only when they are true. */
const whenTrue = (key: string, word: string): Reason => ({ key, pausesWhen: true, usual: false, word });

/** A budget is written while there is one; a phone that does not write it says nothing about it. */
const budget = (key: string, word: string): Reason => ({ key, pausesWhen: false, word });

/**
 * Every reason key of syncstatus.plist (class CPLStatus of CloudPhotoLibrary, iOS 15 to 27), by section and leaf. The same
 * reasons are the ones that Photos shows to its owner (PXCPLMutableStatusSource).
 */
const reasons = {
  power: {
    lowPowerMode: whenTrue('isBlockedByLowPowerModeKey', 'low-power-mode'),
  },
  network: {
    connected: { key: 'connectedToNetwork', pausesWhen: false, usual: true, word: 'no-network' },
    airplaneMode: whenTrue('inAirplaneMode', 'airplane-mode'),
    poorQuality: whenTrue('poorNetworkQuality', 'poor-network'),
    lowDataMode: whenTrue('constrainedNetwork', 'low-data-mode'),
    cellularRestricted: whenTrue('cellularIsRestricted', 'cellular-restricted'),
  },
  icloud: {
    lowBattery: whenTrue('lowBatteryLevel', 'low-battery'),
    hasBatteryBudget: budget('hasBatteryBudgetKey', 'battery-budget'),
    hasCellularBudget: budget('hasCellularBudgetKey', 'cellular-budget'),
    hasSystemBudget: budget('hasValidSystemBudgetKey', 'system-budget'),
    poorSystemConditions: whenTrue('poorSystemConditions', 'system-conditions'),
    heavyResourceUsage: whenTrue('heavyResourceUsage', 'busy'),
    warm: whenTrue('moderateThermalPressure', 'warm'),
    tooWarm: whenTrue('thermalPressure', 'too-warm'),
    storageLow: whenTrue('lowDiskSpace', 'storage-low'),
    storageVeryLow: whenTrue('veryLowDiskSpace', 'storage-very-low'),
    quotaExceeded: whenTrue('isExceedingQuota', 'icloud-full'),
    sharedQuotaExceeded: whenTrue('isExceedingSharedLibraryQuota', 'shared-library-full'),
    signedOut: whenTrue('iCloudLibraryClientIsNotAuthenticated', 'signed-out'),
    versionTooOld: whenTrue('iCloudLibraryClientVersionTooOld', 'version-too-old'),
    containerWiped: whenTrue('containerHasBeenWiped', 'container-wiped'),
    libraryWiped: whenTrue('iCloudLibraryHasBeenWiped', 'library-wiped'),
    stuckLeavingShared: whenTrue('isStuckInExitForSharedLibrary', 'leaving-shared-library'),
  },
} satisfies { [S in 'power' | 'network' | 'icloud']: { [L in keyof NonNullable<ReadingValues[S]>]?: Reason } };

const allReasons: readonly Reason[] = Object.values(reasons).flatMap((section): Reason[] => Object.values(section));

const keysOf = <K extends string>(record: Readonly<Record<K, unknown>>): K[] => Object.keys(record) as K[];

/** The leaves that {@link reasonValues} fills. */
export const reasonGives = {
  power: keysOf(reasons.power),
  network: keysOf(reasons.network),
  icloud: keysOf(reasons.icloud),
} satisfies Gives;

/** Other keys that are known and are no reason. */
const otherKeys = [
  'accountFlags',
  'accountPartitionType',
  'blockedReason',
  'busyState',
  'cloudAssetCountPerType',
  'cloudAssetCountPerTypeLastCheckDate',
  'exitDeleteTime',
  'hasChangesToProcess',
  'iCloudLibraryExists',
  'initialDownloadDate',
  'initialSyncDate',
  'keychainCDPEnabled',
  'lastCompletePrefetchDate',
  'lastPruneDate',
  'lastSyncDate',
  'remainingCountInSharedLibraryExit',
  'serverFeatureCompatibleVersion',
  'unBlockedReason',
  'upgradeSuggestedToAccessAllPhotos',
  'walrusEnabled',
];

export const syncStatusKeys: ReadonlySet<string> = new Set([...allReasons.map(({ key }) => key), ...otherKeys]);

const valueOf = (fields: PlistFields, { key, usual }: Reason): boolean | Unavailable =>
  usual === undefined ? fields.bool(key) : fields.flag(key, usual);

const valuesOf = <L extends string>(fields: PlistFields, section: Readonly<Record<L, Reason>>) =>
  Object.fromEntries(keysOf(section).map((leaf) => [leaf, valueOf(fields, section[leaf])])) as Record<
    L,
    boolean | Unavailable
  >;

/** Each reason as a leaf: true or false as the file says, unavailable where it says nothing. */
export const reasonValues = (fields: PlistFields) => ({
  power: valuesOf(fields, reasons.power),
  network: valuesOf(fields, reasons.network),
  icloud: valuesOf(fields, reasons.icloud),
});

/** The reasons to pause that are set, in words. */
export const pausesIn = (fields: PlistFields): string[] =>
  allReasons.filter((reason) => valueOf(fields, reason) === reason.pausesWhen).map(({ word }) => word);
