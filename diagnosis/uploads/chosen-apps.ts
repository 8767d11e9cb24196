import { z } from 'zod';
import { isKnown, type AppReading, type Leaf, type Reading } from '../../native/reading.ts';
import type { BackupApp } from '../load/apps.ts';
import type { Catalog } from '../load/catalog.ts';
import { fill } from '../load/sentences.ts';
import { isArchived, isPresent } from './app-presence.ts';
import { beyondAnswers } from './beyond-answers.ts';
import { sendingBytes, talkBytes } from './thresholds.ts';

/** An app that should keep the photos of a phone, who says so, and what that rests on. */
export const chosenAppSchema = z.object({ app: z.string(), by: z.enum(['person', 'use']), why: z.string() });
export type ChosenApp = z.infer<typeof chosenAppSchema>;

/** UsageStatsManager.STANDBY_BUCKET_NEVER: installed, as many apps are by the maker, and never opened. */
const bucketNever = 50;
/** UsageStatsManager.STANDBY_BUCKET_RARE: opened within the last month or so. */
const bucketRare = 40;
const monthMs = 30 * 24 * 3_600_000;

const known = <T>(leaf: Leaf<T> | undefined): T | null => (isKnown(leaf) ? leaf.value : null);

/** The signs of use, the strongest first; each is worth more than all that follow it where `weight` says so. */
const signs = ['sends', 'switched-on', 'account', 'permission', 'opened', 'jobs', 'installed'] as const;
/** `only`: it came with the iPhone, and nothing shows that another one is in use. */
type Sign = (typeof signs)[number] | 'only';
const weight: Record<Sign, number> = {
  sends: 5,
  'switched-on': 6,
  account: 1,
  permission: 1,
  opened: 1,
  jobs: 1,
  // Whoever installed a backup app may have done so to use it; an iPhone tells little more of its apps.
  installed: 2,
  only: 0,
};
/** An app that merely came with the phone may have an account or a job; it takes more to be in use. */
const least = 2;

/** Bytes that an app sent in the background lately, without its talk. */
function sentLately({ sentBuckets, sentBytes24h }: AppReading): number {
  const buckets = known(sentBuckets);
  if (buckets === null) return known(sentBytes24h) ?? 0;
  return (
    buckets
      .filter(({ background }) => background)
      // A sign of use, and no proof: a slot that does not tell what came in counts whole.
      .map(({ sentBytes, receivedBytes = 0 }) => beyondAnswers(sentBytes, receivedBytes))
      .filter((bytes) => bytes >= talkBytes)
      .reduce((total, bytes) => total + bytes, 0)
  );
}

function isOpened({ bucket, usedByUserAgoMs, stopped }: AppReading): boolean {
  const used = known(usedByUserAgoMs);
  if (used !== null) return used <= monthMs;
  const standby = known(bucket);
  return standby !== null && standby <= bucketRare && known(stopped) !== true;
}

function signsOfAndroid(leaves: AppReading, app: BackupApp | undefined, { accounts }: Reading): Sign[] {
  const types = known(accounts.types);
  const access = known(leaves.mediaAccess);
  const is: Partial<Record<Sign, boolean>> = {
    sends: sentLately(leaves) >= sendingBytes,
    account: types?.some((type) => app?.accountTypes.includes(type)) ?? false,
    permission: access !== null && access !== 'none',
    opened: isOpened(leaves),
    jobs: (known(leaves.jobs)?.length ?? 0) > 0,
  };
  return signs.filter((sign) => is[sign] === true);
}

/** An iPhone tells little of its apps; iCloud Photos is in use where its switch is on. */
function signsOfIphone(leaves: AppReading, app: BackupApp | undefined, { icloud }: Reading): Sign[] {
  if (app?.uploadsBy === 'icloud') return known(icloud.photosEnabled) === true ? ['switched-on'] : [];
  const access = known(leaves.mediaAccess);
  const is: Partial<Record<Sign, boolean>> = {
    permission: access !== null && access !== 'none',
    opened: known(leaves.backgroundRefresh) === true,
    installed: known(leaves.installed) === true && access !== 'none',
  };
  return signs.filter((sign) => is[sign] === true);
}

interface Candidate {
  app: string;
  signs: readonly Sign[];
  score: number;
  place: number;
}

function candidatesOf(catalog: Pick<Catalog, 'apps'>, reading: Reading): Candidate[] {
  return Object.entries(reading.apps).flatMap(([app, leaves]): Candidate[] => {
    // What the phone itself has archived is still the app that its owner means.
    if (isPresent(leaves) === false && !isArchived(leaves)) return [];
    const place = catalog.apps.findIndex(({ android, ios }) => android.includes(app) || ios.includes(app));
    const entry = catalog.apps[place];
    const found =
      reading.platform === 'ios' ? signsOfIphone(leaves, entry, reading) : signsOfAndroid(leaves, entry, reading);
    const sends = found.includes('sends') || found.includes('switched-on');
    if (!sends && (known(leaves.bucket) === bucketNever || isOver(entry, reading))) return [];
    const score = found.reduce((total, sign) => total + weight[sign], 0);
    return [{ app, signs: found, score, place: place === -1 ? catalog.apps.length : place }];
  });
}

/** The service behind it has ended. */
const isOver = (app: BackupApp | undefined, { takenAt }: Reading): boolean =>
  app?.endedOn !== undefined && takenAt > app.endedOn;

/** An app that came with the phone and is not signed in is not in use, whatever else is seen of it. */
function isMerelyThere({ app, signs: found }: Candidate, catalog: Pick<Catalog, 'apps'>, reading: Reading): boolean {
  const entry = catalog.apps.find(({ android, ios }) => android.includes(app) || ios.includes(app));
  return (
    entry?.removable === false &&
    !found.includes('sends') &&
    !found.includes('account') &&
    reading.platform === 'android'
  );
}

/** iCloud Photos is on every iPhone, switched on or not: who uses no other app means it. */
function ofEveryIphone({ apps }: Pick<Catalog, 'apps'>, reading: Reading): { app: string; signs: Sign[] } | undefined {
  if (reading.platform !== 'ios') return undefined;
  const ids = apps.filter(({ uploadsBy }) => uploadsBy === 'icloud').flatMap(({ ios }) => ios);
  const app = ids.find((id) => Object.hasOwn(reading.apps, id));
  return app === undefined ? undefined : { app, signs: ['only'] };
}

/**
 * The apps that should keep the photos of a phone: those that a person chose, else the one of which most shows that it is in use;
 * on an iPhone iCloud Photos where none does; empty where nothing shows it. Pure.
 */
export function chooseApps(
  catalog: Pick<Catalog, 'apps' | 'sentences' | 'language'>,
  reading: Reading,
  byPerson: readonly string[],
): ChosenApp[] {
  const { sentences, language } = catalog;
  if (byPerson.length > 0) return byPerson.map((app) => ({ app, by: 'person', why: sentences['chosen-by-person'] }));
  const [shown] = candidatesOf(catalog, reading)
    .filter((one) => one.score >= least && !isMerelyThere(one, catalog, reading))
    .toSorted((a, b) => b.score - a.score || a.place - b.place);
  const best: Pick<Candidate, 'app' | 'signs'> | undefined = shown ?? ofEveryIphone(catalog, reading);
  if (best === undefined) return [];
  const words = best.signs.map((sign) => sentences.use[sign]);
  const list = new Intl.ListFormat(language, { type: 'conjunction' }).format(words);
  return [{ app: best.app, by: 'use', why: fill(sentences['chosen-by-use'], { signs: list }) }];
}
