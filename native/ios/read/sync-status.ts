import type { Gives, ReadingValues } from '../../reading.ts';
import { unavailable, type Unavailable } from '../../unavailable.ts';
import { isUnparsed, type PlistFields } from './plist-fields.ts';

/** Where the photo engine keeps the state that Photos shows at the end of the library. */
export const syncStatusPath = '/PhotoData/CPL/syncstatus.plist';

/** Always written by an engine that writes its reasons (iOS 15 and newer): without it an absent key says nothing. */
const budgetsAreValid = 'hasValidSystemBudgetKey';

/** An answer of the engine. */
export interface StatusFile {
  fields: PlistFields;
  /** iOS 14 and older lack most keys, and so does a file that is not whole: there an absent key is unknown, and never "no". */
  tellsAll: boolean;
}

export const statusFile = (fields: PlistFields): StatusFile => ({ fields, tellsAll: fields.has(budgetsAreValid) });

interface Reason {
  read: (file: StatusFile) => boolean | Unavailable;
  key: string;
  /** The value that pauses uploads; null: none by itself. */
  pausesWhen: boolean | null;
  /** The reason in words, for `icloud.pausedAtPlugIn`. */
  word: string;
}

/** A flag that iOS leaves out where it has its usual value. */
export function flagOf({ fields, tellsAll }: StatusFile, key: string, usual: boolean): boolean | Unavailable {
  if (fields.has(key) || tellsAll) return fields.flag(key, usual);
  return unavailable('missing', `The iPhone does not say ${key}.`);
}

/** iOS writes most flags only when they are true. */
const whenTrue = (key: string, word: string): Reason => ({
  key,
  pausesWhen: true,
  word,
  read: (file) => flagOf(file, key, false),
});

const noBudget = unavailable('missing', 'The photo engine has no valid budgets at this moment.');

/** Written true, or removed: with valid budgets an absent key is one that is spent (CPLStatus.hasBatteryBudget, iOS 15 to 26). */
const budget = (key: string, word: string): Reason => ({
  key,
  pausesWhen: false,
  word,
  read({ fields }) {
    const valid = fields.bool(budgetsAreValid);
    if (valid === true) return fields.flag(key, false);
    return valid === false ? noBudget : valid;
  },
});

/**
 * Every reason key of syncstatus.plist (class CPLStatus of CloudPhotoLibrary, iOS 15 to 27), by section and leaf. The same
 * reasons are the ones that Photos shows to its owner (PXCPLMutableStatusSource).
 */
const reasons = {
  power: {
    lowPowerMode: whenTrue('isBlockedByLowPowerModeKey', 'low-power-mode'),
  },
  network: {
    connected: {
      key: 'connectedToNetwork',
      pausesWhen: false,
      word: 'no-network',
      read: (file) => flagOf(file, 'connectedToNetwork', true),
    },
    airplaneMode: whenTrue('inAirplaneMode', 'airplane-mode'),
    poorQuality: whenTrue('poorNetworkQuality', 'poor-network'),
    lowDataMode: {
      key: 'constrainedNetwork',
      pausesWhen: true,
      word: 'low-data-mode',
      // The error that leaves the engine without budgets sets this flag too.
      read(file) {
        const valid = file.fields.bool(budgetsAreValid);
        if (valid === false) return noBudget;
        return isUnparsed(valid) ? valid : flagOf(file, 'constrainedNetwork', false);
      },
    },
    cellularRestricted: whenTrue('cellularIsRestricted', 'cellular-restricted'),
  },
  icloud: {
    lowBattery: whenTrue('lowBatteryLevel', 'low-battery'),
    hasBatteryBudget: budget('hasBatteryBudgetKey', 'battery-budget'),
    hasCellularBudget: budget('hasCellularBudgetKey', 'cellular-budget'),
    // Without valid budgets the other two are unknown; that holds nothing back.
    hasSystemBudget: {
      key: budgetsAreValid,
      pausesWhen: null,
      word: '',
      read: ({ fields }) => fields.bool(budgetsAreValid),
    },
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

/** Every word that `icloud.pausedAtPlugIn` may hold. */
export const pauseWords: readonly string[] = allReasons.filter(({ word }) => word !== '').map(({ word }) => word);

const keysOf = <K extends string>(record: Readonly<Record<K, unknown>>): K[] => Object.keys(record) as K[];

/** The leaves that {@link reasonValues} fills. */
export const reasonGives = {
  power: keysOf(reasons.power),
  network: keysOf(reasons.network),
  icloud: keysOf(reasons.icloud),
} satisfies Gives;

/** Other keys that are known and are no reason; the last three are new in iOS 26.1. */
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
  'accountEPPCapability',
  'accountEPPCapabilityMaximum',
  'disabledFeatures',
];

export const syncStatusKeys: ReadonlySet<string> = new Set([...allReasons.map(({ key }) => key), ...otherKeys]);

const valuesOf = <L extends string>(file: StatusFile, section: Readonly<Record<L, Reason>>) =>
  Object.fromEntries(keysOf(section).map((leaf) => [leaf, section[leaf].read(file)])) as Record<
    L,
    boolean | Unavailable
  >;

/** Each reason as a leaf: true or false as the file says, unavailable where it says nothing. */
export const reasonValues = (file: StatusFile) => ({
  power: valuesOf(file, reasons.power),
  network: valuesOf(file, reasons.network),
  icloud: valuesOf(file, reasons.icloud),
});

/**
 * The reasons to pause that are set, in words; none set proves nothing where the file does not hold them all, and nothing is
 * proved where one of them cannot be read.
 */
export function pausesIn(file: StatusFile): string[] | Unavailable {
  const unread = allReasons.map(({ read }) => read(file)).find(isUnparsed);
  if (unread !== undefined) return unread;
  const words = allReasons.filter(({ read, pausesWhen }) => read(file) === pausesWhen).map(({ word }) => word);
  if (words.length > 0 || file.tellsAll) return words;
  return unavailable('missing', 'The iPhone does not say whether iCloud Photos pauses.');
}
