import { LibraryFailure } from './failure.ts';
import type { FileInfo, IphoneFiles } from './files.ts';

/** What the camera folder holds. Only the newest files are asked for their size and time: each costs a round trip. */
export interface CameraSurvey {
  files: number;
  /** The newest files by name, newest first. */
  newest: Pick<FileInfo, 'bytes' | 'modified'>[];
}

const newestLookedAt = 60;
/** DCF names: 100APPLE, and 202605__ since folders by month. */
const cameraFolder = /^\d{3}\w{5}$/;
const photoOrVideo = /\.(?:heic|heif|jpe?g|png|gif|dng|webp|mov|mp4|m4v)$/i;

/** Everything in the folders of /DCIM, or why a part of it could not be looked at. */
export interface CameraList {
  files: { path: string; bytes: number; modified: string }[];
  unreadable: { path: string; detail: string }[];
  leftOut: { path: string; detail: string }[];
}

/** Lists the folders of /DCIM with sizes and times: a round trip for each file. */
export async function listCamera(files: Pick<IphoneFiles, 'list' | 'info'>): Promise<CameraList> {
  const found: CameraList = { files: [], unreadable: [], leftOut: [] };
  /** What the phone refuses is told, and the rest is listed; a phone that is gone ends the listing. */
  const tried = async <T>(path: string, work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof LibraryFailure) || !['missing', 'denied'].includes(error.ended)) throw error;
      found.unreadable.push({ path, detail: error.message });
      return null;
    }
  };
  for (const folder of (await files.list('/DCIM')).toSorted()) {
    const above = `/DCIM/${folder}`;
    if (folder.startsWith('.')) {
      found.leftOut.push({ path: above, detail: 'Small pictures and notes that the iPhone makes for itself.' });
      continue;
    }
    for (const name of (await tried(above, () => files.list(above))) ?? []) {
      const path = `${above}/${name}`;
      if (name.startsWith('.')) {
        found.leftOut.push({ path, detail: 'It is hidden, and no photo of its owner.' });
        continue;
      }
      const info = await tried(path, () => files.info(path));
      if (info?.kind === 'file') found.files.push({ path, bytes: info.bytes, modified: info.modified });
    }
  }
  return found;
}

/** Counts the camera folders of /DCIM. Names rise with time, so the last names are the newest files. */
export async function surveyCamera(files: Pick<IphoneFiles, 'list' | 'info'>): Promise<CameraSurvey> {
  const folders = (await files.list('/DCIM')).filter((name) => cameraFolder.test(name)).toSorted();
  const paths: string[] = [];
  for (const folder of folders) {
    const names = (await files.list(`/DCIM/${folder}`)).filter((name) => photoOrVideo.test(name)).toSorted();
    paths.push(...names.map((name) => `/DCIM/${folder}/${name}`));
  }
  const newest: CameraSurvey['newest'] = [];
  for (const path of paths.slice(-newestLookedAt).toReversed()) {
    const { bytes, modified } = await files.info(path);
    newest.push({ bytes, modified });
  }
  return { files: paths.length, newest };
}
