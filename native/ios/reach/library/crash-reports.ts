import type { Bindings } from './bindings.ts';
import { serviceCheck } from './failure.ts';
import { IphoneFiles } from './files.ts';
import type { IphoneConnection } from './iphone-connection.ts';

/** A crash or jetsam report as the phone keeps it. */
export interface CrashReport {
  name: string;
  text: string;
}

const mover = 'com.apple.crashreportmover';
const reader = 'com.apple.crashreportcopymobile';
const newestRead = 12;
const largestReport = 1024 * 1024;
/** `JetsamEvent-2026-05-01-101500.ips`, `GooglePhotos-2026-05-01-101500.000.ips`: the moment sorts them. */
const reportName = /-(\d{4}-\d{2}-\d{2}-\d{6})[^/]*\.ips$/;

const checkMover = serviceCheck('The crash report mover');

/** Has the phone move its reports to where they can be read; its "ping" says that it is done. */
async function gather(bindings: Bindings, connection: IphoneConnection, gatherMs: number): Promise<void> {
  const client = await connection.service(mover, 'service_client_new', 'service_client_free', checkMover);
  const ping = new Uint8Array(4);
  const received: [number] = [0];
  const { service_receive_with_timeout: receive } = bindings.imobiledevice;
  checkMover(await receive(client, ping, ping.length, received, gatherMs));
}

const momentOf = (name: string): string => reportName.exec(name)?.[1] ?? '';

/** The newest crash and jetsam reports, newest first. */
export async function readCrashReports(
  bindings: Bindings,
  connection: IphoneConnection,
  gatherMs: number,
): Promise<CrashReport[]> {
  await gather(bindings, connection, gatherMs);
  const files = new IphoneFiles(bindings, connection, reader);
  const names = (await files.list('/')).filter((name) => reportName.test(name));
  const newest = names.toSorted((a, b) => momentOf(b).localeCompare(momentOf(a))).slice(0, newestRead);
  const reports: CrashReport[] = [];
  for (const name of newest) {
    reports.push({ name, text: new TextDecoder().decode(await files.read(`/${name}`, largestReport)) });
  }
  return reports;
}
