import type { FileLanes } from './file-lanes.ts';
import type { FileInfo } from './files.ts';

/** What the camera folder holds. Only the newest files are asked for their size and time: each costs a round trip. */
export interface CameraSurvey {
  files: number;
  /** The newest files by name, newest first. */
  newest: Pick<FileInfo, 'bytes' | 'modified'>[];
}

const newestLookedAt = 60;
/** Clients that ask about them side by side. */
export const surveyLanes = 4;
/** DCF names: 100APPLE, and 202605__ since folders by month. */
const cameraFolder = /^\d{3}\w{5}$/;
const photoOrVideo = /\.(?:heic|heif|jpe?g|png|gif|dng|webp|mov|mp4|m4v)$/i;

/** Counts the camera folders of /DCIM. Names rise with time, so the last names are the newest files. */
export async function surveyCamera(files: Pick<FileLanes, 'list' | 'infos'>): Promise<CameraSurvey> {
  const folders = (await files.list('/DCIM')).filter((name) => cameraFolder.test(name)).toSorted();
  const paths: string[] = [];
  for (const folder of folders) {
    const names = (await files.list(`/DCIM/${folder}`)).filter((name) => photoOrVideo.test(name)).toSorted();
    paths.push(...names.map((name) => `/DCIM/${folder}/${name}`));
  }
  const infos = Object.values(await files.infos(paths.slice(-newestLookedAt).toReversed(), surveyLanes));
  // One that was deleted meanwhile is none of the newest.
  const newest = infos.flatMap((info) => ('bytes' in info ? [{ bytes: info.bytes, modified: info.modified }] : []));
  return { files: paths.length, newest };
}
