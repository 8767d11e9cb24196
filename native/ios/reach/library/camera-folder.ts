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
