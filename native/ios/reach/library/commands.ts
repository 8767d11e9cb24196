import type { IphoneDeadlines } from '../deadlines.ts';
import type { Bindings } from './bindings.ts';
import { surveyCamera } from './camera-folder.ts';
import { readCrashReports } from './crash-reports.ts';
import { LibraryFailure } from './failure.ts';
import type { FileLanes } from './file-lanes.ts';
import { servicesAhead } from './services-ahead.ts';
import type { IphoneConnection } from './iphone-connection.ts';
import { look, pair, unpair } from './look.ts';
import type { OnBytes } from './messages.ts';
import { countWaitingPhotos } from './photo-database.ts';
import { ioregistryEntry, lockdownValue, lookUpApps, managedConfiguration, observe, restart } from './services.ts';

/** What a command works with. */
export interface CommandContext {
  bindings: Bindings;
  connection: IphoneConnection;
  files: FileLanes;
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

/** Every question that the process can ask a phone, by its first words. Only `pair`, `unpair` and `restart` change anything. */
const commands: Readonly<Record<string, Command>> = {
  library: async () => json({ usable: true }),
  /** Ends every conversation with the phone at once, instead of after a few idle seconds. */
  close: async ({ connection }) => {
    await connection.close();
    return new Uint8Array();
  },
  /** The first words of questions that follow. */
  ahead: async ({ connection }, kinds) => {
    connection.ahead(servicesAhead(kinds));
    return new Uint8Array();
  },
  look: async ({ bindings, connection }) => json(await look(bindings, connection)),
  pair: async ({ bindings, connection }) => json(await pair(bindings, connection)),
  unpair: async ({ bindings, connection }) => {
    await unpair(bindings, connection);
    return new Uint8Array();
  },
  'lockdown get': async ({ bindings, connection }, [domain = globalDomain, key = null]) =>
    connection.inSession((client) => lockdownValue(bindings, client, domain === globalDomain ? null : domain, key)),
  'afc read': ({ files }, [path = '']) => files.first.read(path, largestSmallFile),
  'afc list': async ({ files }, [path = '']) => json(await files.first.list(path)),
  'afc stat': async ({ files }, paths) => json(await files.infos(paths)),
  /** A lane, a path and where the piece begins. For a process that does nothing but this: the conversation must outlast a slow disk. */
  'afc piece': ({ connection, files }, [lane = '', path = '', offset = '']) => {
    connection.keepOpen();
    return files.piece(Number(lane), path, Number(offset));
  },
  'photos count': async ({ files, workFolder, onBytes }) =>
    json(await countWaitingPhotos(files.first, workFolder, onBytes)),
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
  'afc device': async ({ files }) => json(await files.first.device()),
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
