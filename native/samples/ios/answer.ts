import { surveyCamera } from '../../ios/reach/library/camera-folder.ts';
import { checkAfc, checkLockdown, LibraryFailure } from '../../ios/reach/library/failure.ts';
import type { PathInfo } from '../../ios/reach/library/file-lanes.ts';
import type { FileInfo } from '../../ios/reach/library/files.ts';
import type { CrashReports } from '../../ios/reach/library/crash-reports.ts';
import type { PhotoCounts } from '../../ios/reach/library/photo-database.ts';
import { writeXmlPlist, type PlistDict, type PlistValue } from '../../ios/read/plist.ts';
import { ioRegistryEntry } from './diagnostics.ts';
import { fileSize, readFileAt, type FileTree } from './file-tree.ts';
import { installedApps } from './installed-apps.ts';
import type { SampleIphone } from './iphone.ts';
import { lockdownValues } from './lockdown-values.ts';
import { filesBesideCamera, mediaFiles } from './media-files.ts';
import { restartIphone } from './owner-actions.ts';
import { cloudConfiguration, profileList } from './profiles.ts';

// The questions, word for word, that the process with libimobiledevice answers for a real iPhone: native/ios/reach/library/commands.ts.

type Question = (iphone: SampleIphone, words: readonly string[], now: Date) => Uint8Array | Promise<Uint8Array>;

const missingValue = -12;
const passwordProtected = -17;
const objectNotFound = 8;

const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** The failure of a code that the library would have reported. */
function fail(check: (code: number) => void, code: number): never {
  check(code);
  throw new RangeError(`${code} is no error`);
}

function lockdownValue(iphone: SampleIphone, [domain = 'global', key]: readonly string[], now: Date): Uint8Array {
  const values = lockdownValues(iphone, domain === 'global' ? undefined : domain, now);
  const value: PlistValue | undefined = key === undefined ? values : values?.[key];
  return value === undefined ? fail(checkLockdown, missingValue) : writeXmlPlist(value);
}

const isOfCamera = (path: string): boolean => path === '/' || path.startsWith('/DCIM');

/**
 * The files over AFC that a question about these paths needs; the rows of Photos.sqlite follow from the model, so its bytes are
 * filler.
 */
function filesOf(iphone: SampleIphone, paths: readonly string[]): FileTree {
  const tree = paths.some(isOfCamera) ? mediaFiles(iphone) : filesBesideCamera(iphone);
  tree.addFile('/PhotoData/Photos.sqlite', { fillerBytes: 48_000_000 }, iphone.photos.newest);
  return tree;
}

function readFile(tree: FileTree, path: string): Uint8Array {
  const file = tree.file(path);
  return file === undefined ? fail(checkAfc, objectNotFound) : readFileAt(file, 0, fileSize(file));
}

function fileInfo(tree: FileTree, path: string): FileInfo {
  const file = tree.file(path);
  if (file !== undefined) return { kind: 'file', bytes: fileSize(file), modified: file.modified.toISOString() };
  if (tree.folder(path) === undefined) return fail(checkAfc, objectNotFound);
  return { kind: 'folder', bytes: 0, modified: new Date(0).toISOString() };
}

const folderNames = (tree: FileTree, path: string): string[] => [
  ...(tree.folder(path) ?? fail(checkAfc, objectNotFound)),
];

const bytesPerPhoto = 2_150_000;

function countPhotos({ photos }: SampleIphone): PhotoCounts {
  const total = photos.images + photos.movies;
  return {
    asked: 'the model of this sample',
    total,
    synced: total - photos.waiting - photos.unsyncable,
    waiting: photos.waiting,
    other: photos.unsyncable,
    failing: photos.failing,
    waitingBytes: photos.waiting * bytesPerPhoto,
    refused: {
      photos: photos.unsyncable,
      videos: 0,
      lastAttempt: photos.unsyncable > 0 ? photos.newest.toISOString() : null,
    },
    systemUploads: null,
  };
}

const lookUpApps = (iphone: SampleIphone, ids: readonly string[]): PlistDict =>
  Object.fromEntries([...installedApps(iphone, 'Any')].filter(([id]) => ids.includes(id)));

function registryEntry(iphone: SampleIphone, names: readonly string[]): Uint8Array {
  const entry = names.map((name) => ioRegistryEntry(iphone, { name })).find((found) => found !== undefined);
  if (entry !== undefined) return writeXmlPlist(entry);
  throw new LibraryFailure('missing', `This iPhone has none of the entries ${names.join(', ')}.`);
}

function crashReports({ crashReports: reports }: SampleIphone, processes: readonly string[]): CrashReports {
  const newestFirst = reports.toSorted((a, b) => b.modified.getTime() - a.modified.getTime());
  const stamp = newestFirst.at(-1)?.modified.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
  const asked = newestFirst.filter(({ path }) =>
    ['JetsamEvent', ...processes].some((process) => path.includes(`/${process}-`)),
  );
  return { oldest: stamp ?? null, reports: asked.map(({ path, text }) => ({ name: path.slice(1), text })) };
}

function infosIn(tree: FileTree, paths: readonly string[]): Record<string, PathInfo> {
  const known = (path: string): boolean => tree.file(path) !== undefined || tree.folder(path) !== undefined;
  return Object.fromEntries(paths.map((path) => [path, known(path) ? fileInfo(tree, path) : { kind: 'missing' }]));
}

const questions: Readonly<Record<string, Question>> = {
  'lockdown get': lockdownValue,
  'afc read': (iphone, [path = '']) => readFile(filesOf(iphone, [path]), path),
  'afc list': (iphone, [path = '']) => json(folderNames(filesOf(iphone, [path]), path)),
  'afc stat': (iphone, paths) => {
    const tree = filesOf(iphone, paths);
    return json(infosIn(tree, paths));
  },
  'photos count': (iphone) => json(countPhotos(iphone)),
  'photos camera': async (iphone) => {
    const tree = filesOf(iphone, ['/DCIM']);
    const list = (path: string) => Promise.resolve(folderNames(tree, path));
    return json(await surveyCamera({ list, infos: (paths) => Promise.resolve(infosIn(tree, paths)) }));
  },
  'diagnostics ioregistry': registryEntry,
  'diagnostics restart': (iphone, _words, now) => {
    restartIphone(iphone, now);
    return new Uint8Array();
  },
  'apps lookup': (iphone, ids) => writeXmlPlist(lookUpApps(iphone, ids)),
  'apps sizes': (iphone, ids) => writeXmlPlist(lookUpApps(iphone, ids)),
  'configuration get': (iphone, [type]) =>
    writeXmlPlist(type === 'GetCloudConfiguration' ? cloudConfiguration(iphone) : profileList(iphone)),
  'crash reports': (iphone, processes) => json(crashReports(iphone, processes)),
  'afc device': ({ storage }) =>
    json({ FSFreeBytes: String(storage.freeBytes), FSTotalBytes: String(storage.dataBytes) }),
};

/**
 * What a sample iPhone answers to a question in words, in the bytes that a real one gives. `now` is the true time. Rejects with
 * `LibraryFailure` where the phone has no answer; a locked one starts no service, so that only lockdownd answers.
 */
export async function answerQuestion(iphone: SampleIphone, words: readonly string[], now: Date): Promise<Uint8Array> {
  const name = words.slice(0, 2).join(' ');
  const question = questions[name];
  if (question === undefined)
    throw new LibraryFailure('missing', `A sample iPhone does not know "${words.join(' ')}".`);
  if (iphone.screen !== 'unlocked' && name !== 'lockdown get') checkLockdown(passwordProtected);
  return question(iphone, words.slice(2), now);
}
