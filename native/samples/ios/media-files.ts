import { writeBinaryPlist, type PlistDict } from '../../ios/read/plist.ts';
import { FileTree } from './file-tree.ts';
import { majorVersion, type CloudPhotos, type PhotoLibrary, type SampleIphone, type SyncStatus } from './iphone.ts';

const filesPerFolder = 1000;
/** A camera writes some megabytes a photo; the older ones of a sample are small, because a copy of it is really written to a disk. */
const newestInFull = 10;
const photoBytes = { full: 2_150_000, small: 2_150 };
const movieBytes = { full: 3_840_000, small: 3_840 };
const minutesBetweenPhotos = 45;

/**
 * /var/mobile/Media as com.apple.afc shows it, without Photos.sqlite, whose rows follow from `iphone.photos`.
 * Layout: file listings of iPhones with iOS 15.3, 16.1 and 16.3; CPL/ with its reasons is there since iOS 15.
 */
export function mediaFiles(iphone: SampleIphone): FileTree {
  const tree = filesBesideCamera(iphone);
  addCamera(tree, iphone.photos);
  return tree;
}

/** The same without /DCIM, which holds thousands of files. */
export function filesBesideCamera(iphone: SampleIphone): FileTree {
  const tree = new FileTree();
  for (const folder of ['Books', 'Downloads', 'PhotoData/Thumbnails', 'Recordings', 'iTunes_Control/iTunes']) {
    tree.addFolder(`/${folder}`);
  }
  addCameraCounts(tree, iphone.photos);
  addCloudPhotos(tree, iphone);
  return tree;
}

/** Crash reports as com.apple.crashreportcopymobile shows them. */
export function crashFiles(iphone: SampleIphone): FileTree {
  const tree = new FileTree();
  for (const report of iphone.crashReports) tree.addFile(report.path, report.text, report.modified);
  return tree;
}

/** /DCIM: the camera's files, the newest last. */
function addCamera(tree: FileTree, library: PhotoLibrary): void {
  const total = library.images + library.movies;
  for (let index = 0; index < total; index += 1) {
    const isMovie = index % Math.max(1, Math.floor(total / Math.max(1, library.movies))) === 0 && library.movies > 0;
    const folder = `${100 + Math.floor(index / filesPerFolder)}APPLE`;
    const name = `IMG_${String((index % 9999) + 1).padStart(4, '0')}.${isMovie ? 'MOV' : 'HEIC'}`;
    const taken = new Date(library.newest.getTime() - (total - 1 - index) * minutesBetweenPhotos * 60_000);
    const bytes = (isMovie ? movieBytes : photoBytes)[total - index <= newestInFull ? 'full' : 'small'];
    tree.addFile(`/DCIM/${folder}/${name}`, { fillerBytes: bytes, filler: index % 251 }, taken);
  }
}

function addCameraCounts(tree: FileTree, library: PhotoLibrary): void {
  const total = library.images + library.movies;
  tree.addFile(
    '/PhotoData/MISC/DCIM_APPLE.plist',
    writeBinaryPlist({
      DCIMLastDirectoryNumber: 100 + Math.floor(Math.max(0, total - 1) / filesPerFolder),
      DCIMLastFileNumber: ((total - 1) % 9999) + 1,
    }),
    library.newest,
  );
}

function addCloudPhotos(tree: FileTree, iphone: SampleIphone): void {
  const { markers, enableLog } = iphone.cloudPhotos;
  if (markers.enabled) tree.addFile('/PhotoData/cpl_enabled_marker', '', markers.enabled);
  if (markers.downloadFinished) {
    tree.addFile('/PhotoData/cpl_download_finished_marker', '', markers.downloadFinished);
  }
  const latest = enableLog.at(-1);
  if (latest !== undefined) {
    const log = writeBinaryPlist(enableLog.map((entry) => ({ ...entry })));
    for (const daemon of ['com.apple.accountsd', 'com.apple.assetsd']) {
      tree.addFile(`/PhotoData/private/${daemon}/cloudServiceEnableLog.plist`, log, latest.timestamp);
    }
  }
  if (majorVersion(iphone) >= 15) addEngineFolder(tree, iphone.cloudPhotos);
}

/** /PhotoData/CPL, the working folder of cloudphotod. */
function addEngineFolder(tree: FileTree, cloud: CloudPhotos): void {
  const folder = '/PhotoData/CPL';
  const { status, resets, lastSyncAfterLaunch, remainingDownloads, markers } = cloud;
  if (markers.initialSync) {
    tree.addFile(`${folder}/initialsync_marker`, markerText(markers.initialSync), markers.initialSync);
  }
  if (status === undefined) return;
  tree.addFile(`${folder}/syncstatus.plist`, writeBinaryPlist(syncStatusPlist(status)), status.modified);
  tree.addFile(`${folder}/feedbackmessages.plist`, writeBinaryPlist([]), status.modified);
  tree.addFile(
    `${folder}/metrics.plist`,
    writeBinaryPlist({
      BlockedSessionsCount: cloud.sessions.blocked,
      DASUnBlockedCount: cloud.sessions.total - cloud.sessions.blocked,
      PoorSystemConditionsBlockedCount: cloud.sessions.poorSystemConditions,
      ThunderingHerdBlockedCount: 0,
      TotalSessionsCount: cloud.sessions.total,
    }),
    status.modified,
  );
  if (remainingDownloads !== undefined) {
    const counts = { CountKeyImages: remainingDownloads.images, CountKeyVideos: remainingDownloads.videos };
    tree.addFile(`${folder}/DownloadCounts.plist`, writeBinaryPlist(counts), status.modified);
  }
  if (lastSyncAfterLaunch !== undefined) {
    const canary = writeBinaryPlist({ date: lastSyncAfterLaunch });
    tree.addFile(`${folder}/lastsyncafterlaunch.plist`, canary, lastSyncAfterLaunch);
  }
  const lastReset = resets?.at(-1);
  if (resets !== undefined && lastReset !== undefined) {
    // A finished reset loses `pending` and gains `endDate`.
    const events = resets.map((event) => ({
      cause: event.cause,
      date: event.date,
      ...(event.pending ? { pending: true } : {}),
      ...(event.endDate === undefined ? {} : { endDate: event.endDate }),
    }));
    tree.addFile(`${folder}/resetevents.plist`, writeBinaryPlist(events), lastReset.endDate ?? lastReset.date);
  }
}

function syncStatusPlist(status: SyncStatus): PlistDict {
  return {
    ...status.flags,
    ...(status.initialSyncDate === undefined ? {} : { initialSyncDate: status.initialSyncDate }),
    ...(status.initialDownloadDate === undefined ? {} : { initialDownloadDate: status.initialDownloadDate }),
    ...(status.lastSyncDate === undefined ? {} : { lastSyncDate: status.lastSyncDate }),
    ...(status.exitDeleteTime === undefined ? {} : { exitDeleteTime: status.exitDeleteTime }),
    ...(status.leavingShared === undefined ? {} : { remainingCountInSharedLibraryExit: status.leavingShared }),
    ...(status.unblockedReason === undefined ? {} : { unBlockedReason: status.unblockedReason }),
    accountPartitionType: 0,
    cloudAssetCountPerType: { 'public.image': status.cloudImages, 'public.movie': status.cloudMovies },
    cloudAssetCountPerTypeLastCheckDate: status.cloudCountsChecked,
  };
}

/** initialsync_marker holds its own moment as `yyyy-MM-dd HH.mm.ss.SSS`. */
function markerText(date: Date): string {
  const [day = '', time = ''] = date.toISOString().replace('Z', '').split('T');
  return `${day} ${time.replaceAll(':', '.')}`;
}
