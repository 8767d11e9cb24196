import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileName } from '../../db/file-name.ts';
import { phoneTitle } from '../../native/phone-title.ts';
import type { PhoneList } from '../../native/source.ts';
import { dataFolder } from '../app/program/data-folder.ts';
import { iphonesWithout, Phones } from '../app/phones/phones.ts';
import { pluggedSources } from '../app/phones/plugged-sources.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { orDash, plain, print, printJson, table, tell } from './output.ts';
import { remedyLines } from './pair.ts';

/** The phones that are plugged in, and what is known of them. */
interface Plugged {
  list(): Promise<PhoneList>;
  /** How an id is shown. */
  shown(phoneId: string): string;
  /** Says which corrections of a phone were cut off. */
  tellInterrupted(phoneId: string): void;
  close(): Promise<void>;
}

/** Where nothing is kept yet, all that is known is what is plugged in: the rest of the application is not loaded for that. */
export async function openPlugged(env: NodeJS.ProcessEnv, log: (line: string) => void): Promise<Plugged> {
  const options = { env, leavesAdbServer: true };
  if (!existsSync(join(dataFolder(env), fileName))) {
    const phones = new Phones(pluggedSources(options));
    return {
      list: () => phones.list({ identify: true }),
      shown: (phoneId) => phoneId,
      tellInterrupted: () => undefined,
      close: () => phones.close(),
    };
  }
  const [{ Application }, { tellInterrupted }] = await Promise.all([
    import('../app/application.ts'),
    import('./actions.ts'),
  ]);
  const app = new Application({ ...options, log });
  return {
    list: () => app.phones(),
    shown: (phoneId) => app.names.shown(phoneId),
    tellInterrupted: (phoneId) => tellInterrupted(app, phoneId),
    close: () => app.close(),
  };
}

/** Every phone that is plugged in, with its state and what to do about it. */
export async function phones(plugged: Plugged, options: { json?: boolean }): Promise<ExitCode> {
  const { phones: listed, troubles } = await plugged.list();
  // Most computers have no usbmuxd, and who has no iPhone misses nothing by it.
  const blind = listed.length === 0 && troubles.some(({ platform }) => platform === 'android');
  if (options.json) {
    printJson(listed.map(({ sample: _sample, port: _port, ...phone }) => ({ ...phone, id: plugged.shown(phone.id) })));
  } else if (listed.length > 0) {
    const rows = listed.map((phone) => [plugged.shown(phone.id), phone.state, phoneTitle(phone), phone.osVersion]);
    print(
      ...table([['ID', 'STATE', 'PHONE', 'VERSION'], ...rows.map((row) => row.map((cell) => plain(orDash(cell))))]),
    );
    for (const { id, remedy } of listed) {
      if (remedy !== null) print('', ...remedyLines(plugged.shown(id), remedy));
    }
  } else if (!blind) {
    tell(
      'No phone is plugged in. Plug one in, unlock it, and allow USB debugging (Android) or trust this computer (iPhone).',
    );
  }
  for (const { id } of listed) plugged.tellInterrupted(id);
  for (const trouble of troubles) {
    const { platform, message, remedy } = trouble;
    if (platform === 'ios') tell(plain(iphonesWithout(trouble)));
    else tell(plain(message), ...remedy.steps.map((step) => `  ${step}`));
  }
  const isHelped = troubles.length > 0 || listed.length === 0 || listed.some(({ remedy }) => remedy !== null);
  if (isHelped) tell('What to do, and more: phone-health connection help');
  return blind ? exitCode.unreadable : exitCode.ok;
}
