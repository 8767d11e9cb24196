import type { Socket } from 'node:net';
import { quoteWord } from '../../command.ts';
import {
  endsAll,
  FileTrouble,
  leftOutKinds,
  type CameraFiles,
  type ConfirmPhone,
  type PhoneFile,
  type PhoneFiles,
} from '../../phone-files.ts';
import { AdbRefusal, PhoneSilent } from './adb-server.ts';
import type { BatchAnswer } from './batch.ts';
import { anotherUserInFront, cameraFolderOf, mediaPaths, placePath, whyLeftOut } from './camera-folders.ts';
import { CameraSurvey } from './camera-survey.ts';
import type { AdbDeadlines } from './deadlines.ts';
import { mediaQuery } from '../read/media-rows.ts';
import { SyncConnection, whyNotAskable, type SyncEntry, type SyncStat } from './sync-connection.ts';

/** How the files of one phone are reached. */
export interface AdbFileAccess {
  /** What the phone's adbd can: `ls_v2`, `stat_v2`. */
  features: ReadonlySet<string>;
  openSync(): Promise<Socket>;
  /** Runs commands in order; fewer answers than commands mean that the phone is gone. Rejects where it opens no shell. */
  run(commands: readonly (readonly string[])[], deadlineMs: number): Promise<BatchAnswer[]>;
  stillThere(): Promise<boolean>;
  /** See `OpenFilesOptions`. */
  confirm?: ConfirmPhone | undefined;
  deadlines: Pick<AdbDeadlines, 'silenceMs' | 'mediaIndexMs' | 'listingMs' | 'hashMs'>;
  signal: AbortSignal;
}

/** Memory cards and the like are mounted here. */
const cardsFolder = '/storage';
/** A phone that says its folders are deeper is not believed any further. */
const deepest = 24;
/** After so many folders in a row that cannot be listed the phone counts as silent. */
const brokenInARow = 3;
const ENOENT = 2;

/** The shell of adb takes 64 KiB in one request. */
const commandBytes = 40_000;
/** No phone reads its own storage more slowly than this. */
const slowestBytesPerMs = 4_000;
/** What a shell says of a program that is not there. */
const noSuchProgram = 127;

/** A line of sha256sum: toybox writes two spaces before the path, others a space and a star. */
const digestLine = /^([0-9a-f]{64}) [ *](.+)$/;
/** The only digest of an answer; GNU puts a backslash before it where the name has one. */
const onlyDigest = /^\\?([0-9a-f]{64})\b/;

/** Whether a path stands as it is in a line of sha256sum; a line break in a name would pretend to be another line. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const isPlain = ({ path }: PhoneFile): boolean => !/[\u0000-\u001f\\]/.test(path);

/** Files to hash with one command each: many plain paths at once, since starting a program costs a phone more than a photo. */
function inCommands(files: readonly PhoneFile[]): PhoneFile[][] {
  const commands: PhoneFile[][] = [];
  let room = 0;
  for (const file of files.filter(isPlain)) {
    const size = Buffer.byteLength(quoteWord(file.path)) + 1;
    if (room < size) {
      commands.push([]);
      room = commandBytes;
    }
    commands.at(-1)?.push(file);
    room -= size;
  }
  return [...commands, ...files.filter((file) => !isPlain(file)).map((file) => [file])];
}

/** Files of an Android phone over the file service of adb. */
export class AdbFiles implements PhoneFiles {
  readonly #access: AdbFileAccess;
  readonly #idle: SyncConnection[] = [];
  /** Phones before Android 8 have no sha256sum. */
  #hashes = true;

  constructor(access: AdbFileAccess) {
    this.#access = access;
  }

  async listCamera(): Promise<CameraFiles> {
    const survey = new CameraSurvey(performance.now() + this.#access.deadlines.listingMs);
    await this.#requireFirstUser();
    const named = (await this.#mediaIndex()).flatMap((path) => placePath(path) ?? []);
    const cards = (await this.#list(cardsFolder, survey)).flatMap(({ name }) =>
      name === null ? [] : (placePath(`${cardsFolder}/${name}`)?.volume ?? []),
    );
    const folders = new Set(['/sdcard', ...cards].map((volume) => `${volume}/DCIM`));
    for (const path of named) {
      const folder = cameraFolderOf(path);
      if (folder !== null) folders.add(folder);
    }
    await this.#walk([...folders], survey);
    // A folder that the phone will not open looks empty, so what the index names is looked for one by one.
    const unseen = named
      .filter((path) => cameraFolderOf(path) !== null)
      .map(({ volume, segments }) => [volume, ...segments].join('/'))
      .filter((path) => !survey.seen.has(path) && !path.split('/').some((name) => whyLeftOut(name) !== null));
    await this.#lookFor([...new Set(unseen)], survey);
    return survey.result();
  }

  async *pull(path: string): AsyncGenerator<Uint8Array> {
    const sync = await this.#connect();
    let whole = false;
    try {
      yield* sync.receive(path);
      whole = true;
    } catch (error) {
      throw await this.#trouble(error);
    } finally {
      if (whole) this.#idle.push(sync);
      else sync.close();
    }
  }

  async sha256(files: readonly PhoneFile[]): Promise<readonly (string | null)[]> {
    const digests = new Map<PhoneFile, string>();
    for (const some of inCommands(files)) {
      if (!this.#hashes) break;
      for (const [file, digest] of await this.#hash(some)) digests.set(file, digest);
    }
    return files.map((file) => digests.get(file) ?? null);
  }

  close(): Promise<void> {
    for (const sync of this.#idle.splice(0)) sync.close();
    return Promise.resolve();
  }

  get #listVersion(): 1 | 2 {
    return this.#access.features.has('ls_v2') ? 2 : 1;
  }

  get #statVersion(): 1 | 2 {
    return this.#access.features.has('stat_v2') ? 2 : 1;
  }

  async #hash(files: readonly PhoneFile[]): Promise<Map<PhoneFile, string>> {
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const command = ['sha256sum', ...files.map(({ path }) => path)];
    const [answer] = await this.#run([command], this.#access.deadlines.hashMs + bytes / slowestBytesPerMs);
    if (answer === undefined || !(answer.ended === 'whole' || (await this.#access.stillThere()))) throw gone();
    if (answer.exitCode === noSuchProgram) this.#hashes = false;
    const text = answer.output.toString('utf8');
    // Lines that came whole before a deadline are still what the phone computed; the last one may be cut.
    const lines = text.split('\n').slice(0, answer.ended === 'whole' ? undefined : -1);
    const [only] = files;
    const digest = onlyDigest.exec(lines[0] ?? '')?.[1];
    if (files.length === 1 && only !== undefined) return new Map(digest === undefined ? [] : [[only, digest]]);
    const byPath = new Map(lines.map((line) => digestLine.exec(line)).map((match) => [match?.[2], match?.[1]]));
    return new Map(files.flatMap((file) => withDigest(file, byPath.get(file.path))));
  }

  async #run(commands: readonly (readonly string[])[], deadlineMs: number): Promise<BatchAnswer[]> {
    try {
      return await this.#access.run(commands, deadlineMs);
    } catch (error) {
      throw await this.#trouble(error);
    }
  }

  /** A phone that does not say who is in front is taken at the word of its files. */
  async #requireFirstUser(): Promise<void> {
    const [answer] = await this.#run([['am', 'get-current-user']], this.#access.deadlines.mediaIndexMs);
    const user = /^(\d{1,5})\s*$/.exec(answer?.output.toString('utf8') ?? '')?.[1];
    if (user !== undefined && user !== '0') throw new FileTrouble('refused', anotherUserInFront);
  }

  /** The photos and videos that the phone's own index names; none where it cannot be asked. */
  async #mediaIndex(): Promise<string[]> {
    const { mediaIndexMs } = this.#access.deadlines;
    const answers = await this.#run([mediaQuery('images', 0), mediaQuery('video', 0)], mediaIndexMs);
    if (answers.length < 2) throw gone();
    return answers.flatMap(({ output }) => mediaPaths(output.toString('utf8')));
  }

  /**
   * All folders of one depth before those below them: a tree without an end keeps nobody from what lies beside it. A folder that
   * cannot be listed is named, and costs nothing but itself; a phone that lists none any more ends the walk.
   */
  async #walk(roots: readonly string[], survey: CameraSurvey): Promise<void> {
    let broken = 0;
    for (let [depth, level] = [0, roots]; level.length > 0; depth += 1) {
      const below: string[] = [];
      for (const [at, folder] of level.entries()) {
        if (!survey.enter()) return survey.giveUp([...level.slice(at), ...below]);
        const why = depth > deepest ? 'The folders of the phone are too deep.' : whyNotAskable(folder);
        if (why !== null) {
          survey.unreadable.push({ path: folder, detail: why });
          continue;
        }
        try {
          const entries = await this.#list(folder, survey);
          broken = 0;
          for (const entry of entries) this.#see(folder, entry, survey, below);
        } catch (error) {
          if (!(error instanceof FileTrouble) || endsAll(error)) throw error;
          if (error.kind === 'broken') broken += 1;
          if (broken === brokenInARow) throw error;
          survey.unreadable.push({ path: folder, detail: error.message });
        }
      }
      level = below;
    }
  }

  #see(folder: string, { name, ...stat }: SyncEntry, survey: CameraSurvey, below: string[]): void {
    if (name === null || name === '' || name.includes('/') || name.includes('\0')) {
      const detail = 'Its name is no text that can be asked for.';
      survey.unreadable.push({ path: `${folder}/${name ?? '?'}`, detail });
      return;
    }
    const path = `${folder}/${name}`;
    const why = whyLeftOut(name);
    if (why !== null) survey.leftOut.push({ path, detail: why });
    else if (stat.kind === 'folder') below.push(path);
    else if (stat.kind === 'file') survey.add(path, stat);
    else survey.leftOut.push({ path, detail: leftOutKinds[stat.kind] });
  }

  /** What is in a folder, with true sizes. */
  async #list(folder: string, survey: CameraSurvey): Promise<SyncEntry[]> {
    return this.#talk(async (sync) => {
      const { room: most, until } = survey;
      const entries = await sync.list(folder, this.#listVersion, { most, until });
      survey.listed(entries.length);
      const stats = await this.#exactStats(sync, folder, entries);
      return entries.map((entry, at) => ({ ...entry, ...stats[at] }));
    });
  }

  /** The first listing tells sizes modulo 4 GiB; phones from Android 8 on can be asked for the true ones. */
  async #exactStats(
    sync: SyncConnection,
    folder: string,
    entries: readonly { name: string | null }[],
  ): Promise<(SyncStat | null)[]> {
    if (this.#listVersion === 2 || this.#statVersion === 1) return [];
    const paths = entries.map(({ name }) => `${folder}/${name ?? ''}`);
    // What cannot be asked for keeps what the listing says, and is told when it is to be copied.
    const answers = await sync.stats(
      paths.map((path) => (whyNotAskable(path) === null ? path : folder)),
      2,
    );
    return answers.map((answer, at) =>
      answer.kind === 'missing' || whyNotAskable(paths[at] ?? '') !== null ? null : answer,
    );
  }

  async #lookFor(named: readonly string[], survey: CameraSurvey): Promise<void> {
    const paths = named.filter((path) => whyNotAskable(path) === null);
    for (const path of named) {
      const why = whyNotAskable(path);
      if (why !== null) survey.unreadable.push({ path, detail: why });
    }
    const answers = await this.#talk((sync) => sync.stats(paths, this.#statVersion));
    for (const [at, answer] of answers.entries()) {
      const path = paths[at] ?? '';
      if (answer.kind === 'file') survey.add(path, answer);
      else if (answer.kind === 'missing' && answer.errno === ENOENT) {
        survey.leftOut.push({ path, detail: 'The media index names it, but it is not there any more.' });
      } else survey.unreadable.push({ path, detail: 'The media index names it, but the phone does not show it.' });
    }
  }

  async #connect(): Promise<SyncConnection> {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    const { signal, deadlines } = this.#access;
    const { silenceMs } = deadlines;
    let sync: SyncConnection | null = null;
    try {
      sync = new SyncConnection(await this.#access.openSync(), { silenceMs, signal });
      await this.#access.confirm?.();
      return sync;
    } catch (error) {
      sync?.close();
      throw await this.#trouble(error);
    }
  }

  async #talk<T>(work: (sync: SyncConnection) => Promise<T>): Promise<T> {
    const sync = await this.#connect();
    try {
      const result = await work(sync);
      this.#idle.push(sync);
      return result;
    } catch (error) {
      sync.close();
      throw await this.#trouble(error);
    }
  }

  /** What broke off because the phone went is told as that. */
  async #trouble(error: unknown): Promise<unknown> {
    this.#access.signal.throwIfAborted();
    if (error instanceof FileTrouble && ['refused', 'another'].includes(error.kind)) return error;
    if (!(await this.#access.stillThere())) return gone();
    if (error instanceof PhoneSilent) return new FileTrouble('broken', error.message);
    if (!(error instanceof AdbRefusal)) return error;
    return new FileTrouble('broken', `The phone does not open its file service: ${error.message}`);
  }
}

const gone = () => new FileTrouble('gone', 'The phone was unplugged, or the adb server stopped.');

const withDigest = (file: PhoneFile, digest: string | undefined): [PhoneFile, string][] =>
  digest === undefined ? [] : [[file, digest]];
