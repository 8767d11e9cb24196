import type { Bindings } from './bindings.ts';
import { serviceCheck } from './failure.ts';
import { afcOf, IphoneFiles } from './files.ts';
import type { IphoneConnection, Service } from './iphone-connection.ts';

/** A crash or jetsam report as the phone keeps it. */
export interface CrashReport {
  name: string;
  text: string;
}

/** Of the crashes of the processes that were asked about, and of the events of want of memory. */
const newestRead = 12;
const largestReport = 1024 * 1024;
/** Where reports go that Apple has fetched, or that are older. */
const retired = 'Retired';
/** `JetsamEvent-2026-05-01-101500.ips`, `GooglePhotos-2026-05-01-101500.000.ips.synced`: the moment sorts them. */
const reportName = /^(.+?)-(\d{4}-\d{2}-\d{2}-\d{6})[^/]*\.ips(?:\.synced)?$/;

const checkMover = serviceCheck('The crash report mover');

export const crashMover: Service = {
  name: 'com.apple.crashreportmover',
  make: 'service_client_new',
  free: 'service_client_free',
  check: checkMover,
};
export const crashReader = afcOf('com.apple.crashreportcopymobile');

/** Has the phone move its reports to where they can be read; its "ping" says that it is done. */
async function gather(bindings: Bindings, connection: IphoneConnection, gatherMs: number): Promise<void> {
  const ping = new Uint8Array(4);
  const received: [number] = [0];
  const { service_receive_with_timeout: receive } = bindings.imobiledevice;
  await connection.ask(crashMover, async (client) => {
    checkMover(await receive(client, ping, ping.length, received, gatherMs));
  });
}

/** A report by its name: whose it is, and when, in the phone's own time. */
interface NamedReport {
  path: string;
  process: string;
  moment: string;
}

function named(folder: string, name: string): NamedReport | null {
  const [, process, moment] = reportName.exec(name) ?? [];
  return process === undefined || moment === undefined ? null : { path: `${folder}/${name}`, process, moment };
}

async function namesIn(files: IphoneFiles): Promise<NamedReport[]> {
  const top = await files.list('/');
  const older = top.includes(retired) ? await files.list(`/${retired}`) : [];
  return [...top.map((name) => named('', name)), ...older.map((name) => named(`/${retired}`, name))]
    .filter((report) => report !== null)
    .toSorted((a, b) => b.moment.localeCompare(a.moment));
}

export interface CrashReports {
  /**
   * Since when everything that was asked about was read, yyyy-mm-dd-hhmmss in the phone's own time: from the oldest report of any process
   * on, or from the oldest one that was read where there were too many; null: it keeps none.
   */
  oldest: string | null;
  reports: CrashReport[];
}

/** Each list is newest first. */
function knownSince(all: readonly NamedReport[], ...asked: (readonly NamedReport[])[]): string | null {
  const cut = asked.flatMap((some) => (some.length > newestRead ? some.slice(newestRead - 1, newestRead) : []));
  return (
    [...all.slice(-1), ...cut]
      .map(({ moment }) => moment)
      .toSorted()
      .at(-1) ?? null
  );
}

/** The newest crashes of these processes and the newest jetsam reports, newest first. What is not asked for takes no place. */
export async function readCrashReports(
  bindings: Bindings,
  connection: IphoneConnection,
  processes: readonly string[],
  gatherMs: number,
): Promise<CrashReports> {
  await gather(bindings, connection, gatherMs);
  const files = new IphoneFiles(bindings, connection, crashReader);
  const all = await namesIn(files);
  const memory = all.filter(({ process }) => process === 'JetsamEvent');
  const crashes = all.filter(({ process }) => processes.includes(process));
  const read = [memory, crashes].flatMap((some) => some.slice(0, newestRead));
  const reports: CrashReport[] = [];
  for (const { path } of read.toSorted((a, b) => b.moment.localeCompare(a.moment))) {
    reports.push({ name: path.slice(1), text: new TextDecoder().decode(await files.read(path, largestReport)) });
  }
  return { oldest: knownSince(all, memory, crashes), reports };
}
