import { readFileCapture } from '../../native/offline/open-file.ts';
import { unreadPhone } from '../../native/phone.ts';
import type { Catalog } from '../../diagnosis/catalog.ts';
import { backupApps } from '../../diagnosis/judge.ts';
import { judgeCapture, type Scan } from './scan.ts';

/**
 * Reads a file in place of a phone and judges it. The phone's state is `gone`: it was there when the file was made, and nothing
 * can be asked of it now, let alone corrected; of the states that a phone may have, the others all say that a cable is plugged
 * in. Files that nothing is known of are listed as incomplete. Throws `NativeError`.
 */
export async function scanFile(path: string, catalog: Catalog, signal?: AbortSignal): Promise<Scan> {
  const apps = { android: backupApps(catalog, 'android'), ios: backupApps(catalog, 'ios') };
  const { capture, read, unread } = await readFileCapture(path, { apps, signal });
  const scan = judgeCapture(unreadPhone(capture.phoneId, capture.platform, 'gone'), capture, read(capture), catalog);
  const notRead = unread.map((name) => ({
    probe: name,
    reason: 'unparsed' as const,
    detail: 'This file is no known dump; it was not read.',
  }));
  return { ...scan, incomplete: [...scan.incomplete, ...notRead] };
}
