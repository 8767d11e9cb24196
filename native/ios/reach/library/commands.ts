import type { IphoneDeadlines } from '../deadlines.ts';
import type { Bindings } from './bindings.ts';
import { surveyCamera } from './camera-folder.ts';
import { readCrashReports } from './crash-reports.ts';
import { LibraryFailure } from './failure.ts';
import type { FileInfo, IphoneFiles } from './files.ts';
import type { IphoneConnection } from './iphone-connection.ts';
import { look, pair, unpair } from './look.ts';
import type { OnBytes } from './messages.ts';
import { countWaitingPhotos } from './photo-database.ts';
import { ioregistryEntry, lockdownValue, lookUpApps, managedConfiguration, observe, restart } from './services.ts';

/** What a command works with. */
export interface CommandContext {
  bindings: Bindings;
  connection: IphoneConnection;
  files: IphoneFiles;
  /** A folder of this process alone, removed when it ends. */
  workFolder: string;
  notify: (name: string) => void;
  onBytes: OnBytes;
  deadlines: Pick<IphoneDeadlines, 'receiveMs' | 'gatherMs'>;
}

type Command = (context: CommandContext, words: readonly string[]) => Promise<Uint8Array>;

const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** Property lists that are read whole; the largest seen has a few kilobytes. */
const largestSmallFile = 4 * 1024 * 1024;
/** Stands for lockdownd's domain without a name. */
const globalDomain = 'global';

const appAttributes = [
  'CFBundleIdentifier',
  'CFBundleDisplayName',
  'CFBundleShortVersionString',
  'CFBundleVersion',
  'ApplicationType',
  'UIBackgroundModes',
  'MinimumOSVersion',
];
const sizeAttributes = ['CFBundleIdentifier', 'StaticDiskUsage', 'DynamicDiskUsage'];

/** What one path is, or why that is not known. */
export type PathInfo = FileInfo | { kind: 'missing' | 'denied' };

async function infoOf(files: IphoneFiles, path: string): Promise<PathInfo> {
  try {
    return await files.info(path);
  } catch (error) {
    if (error instanceof LibraryFailure && (error.ended === 'missing' || error.ended === 'denied')) {
      return { kind: error.ended };
    }
    throw error;
  }
}

/** Every question that the process can ask a phone, by its first words. Only `pair`, `unpair` and `restart` change anything. */
const commands: Readonly<Record<string, Command>> = {
  library: async () => json({ usable: true }),
  /** Ends every conversation with the phone at once, instead of after a few idle seconds. */
  close: async ({ connection }) => {
    await connection.close();
    return new Uint8Array();
  },
  look: async ({ bindings, connection }) => json(await look(bindings, connection)),
  pair: async ({ bindings, connection }) => json(await pair(bindings, connection)),
  unpair: async ({ bindings, connection }) => {
    await unpair(bindings, connection);
    return new Uint8Array();
  },
  'lockdown get': async ({ bindings, connection }, [domain = globalDomain, key = null]) =>
    lockdownValue(bindings, await connection.session(), domain === globalDomain ? null : domain, key),
  'afc read': ({ files }, [path = '']) => files.read(path, largestSmallFile),
  'afc list': async ({ files }, [path = '']) => json(await files.list(path)),
  'afc stat': async ({ files }, paths) => {
    const infos: Record<string, PathInfo> = {};
    for (const path of paths) infos[path] = await infoOf(files, path);
    return json(infos);
  },
  /** For a process that does nothing but this: the conversation must outlast a slow disk. */
  'afc open': async ({ connection, files }, [path = '']) => {
    connection.keepOpen();
    await files.begin(path);
    return new Uint8Array();
  },
  'afc next': ({ files }) => files.next(),
  'photos count': async ({ files, workFolder, onBytes }) => json(await countWaitingPhotos(files, workFolder, onBytes)),
  'photos camera': async ({ files }) => json(await surveyCamera(files)),
  'diagnostics ioregistry': ({ bindings, connection }, names) => ioregistryEntry(bindings, connection, names),
  'diagnostics restart': async ({ bindings, connection }) => {
    await restart(bindings, connection);
    // It restarts once this conversation has ended.
    await connection.close();
    return new Uint8Array();
  },
  'apps lookup': ({ bindings, connection }, ids) => lookUpApps(bindings, connection, ids, appAttributes),
  'apps sizes': ({ bindings, connection }, ids) => lookUpApps(bindings, connection, ids, sizeAttributes),
  'configuration get': ({ bindings, connection, deadlines }, [type = '']) =>
    managedConfiguration(bindings, connection, type, deadlines.receiveMs),
  'crash reports': async ({ bindings, connection, deadlines }, processes) =>
    json(await readCrashReports(bindings, connection, processes, deadlines.gatherMs)),
  'afc device': async ({ files }) => json(await files.device()),
  observe: async ({ bindings, connection, notify }, names) => {
    await observe(bindings, connection, names, notify);
    return new Uint8Array();
  },
};

/** Runs one command in words. Rejects with {@link LibraryFailure} where the phone did not answer, or there is no such command. */
export async function runCommand(context: CommandContext, words: readonly string[]): Promise<Uint8Array> {
  for (const length of [2, 1]) {
    const command = commands[words.slice(0, length).join(' ')];
    if (command !== undefined) return command(context, words.slice(length));
  }
  throw new LibraryFailure('missing', `There is no question "${words.join(' ')}".`);
}
