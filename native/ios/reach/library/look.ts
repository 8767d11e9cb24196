import { accessOfCode, type Access } from '../access.ts';
import { readPlist } from '../../read/plist.ts';
import { isPlistDict, type PlistDict } from '../../read/plist-value.ts';
import type { Bindings, Pointer } from './bindings.ts';
import { checkLockdown, LibraryFailure } from './failure.ts';
import type { IphoneConnection } from './iphone-connection.ts';
import { lockdownValue } from './services.ts';

/** What a silent look at a phone tells. Texts come from the phone; null where it does not say. */
export interface Look {
  access: Access;
  name: string | null;
  model: string | null;
  osVersion: string | null;
  build: string | null;
}

async function globalValues(bindings: Bindings, client: Pointer): Promise<PlistDict> {
  const answer = readPlist(await lockdownValue(bindings, client, null, null));
  return answer.ok && isPlistDict(answer.value) ? answer.value : {};
}

function lookOf(access: Access, values: PlistDict): Look {
  const text = (key: string): string | null => {
    const value = values[key];
    return typeof value === 'string' ? value : null;
  };
  return {
    access,
    name: text('DeviceName'),
    model: text('ProductType'),
    osVersion: text('ProductVersion'),
    build: text('BuildVersion'),
  };
}

/**
 * What stands between this computer and the phone, and who the phone is, without ever making the Trust dialog appear: a
 * session is only tried where a trust record exists, and without one the phone still tells its name and model.
 */
export async function look(bindings: Bindings, connection: IphoneConnection): Promise<Look> {
  try {
    const values = await connection.inSession((client) => globalValues(bindings, client));
    return lookOf(values['PasswordProtected'] === true ? 'locked' : 'ready', values);
  } catch (error) {
    if (!(error instanceof LibraryFailure) || error.code === null) throw error;
    const access = accessOfCode(error.code);
    if (access === 'silent' || error.ended === 'unplugged') throw error;
    const values = await connection.withoutSession((client) => globalValues(bindings, client));
    return lookOf(access, values);
  }
}

/** Asks the phone to trust this computer; shows the dialog. `trust-dialog` until its owner has answered. */
export async function pair(bindings: Bindings, connection: IphoneConnection): Promise<Access> {
  await connection.close();
  return connection.withoutSession(async (client) => {
    const code = await bindings.imobiledevice.lockdownd_pair(client, null);
    const access = accessOfCode(code);
    if (access === 'unclear' || access === 'silent') checkLockdown(code);
    return access;
  });
}

/** Has the phone forget this computer, and this computer the phone: the trust record goes as well. */
export async function unpair(bindings: Bindings, connection: IphoneConnection): Promise<void> {
  await connection.close();
  await connection.withoutSession(async (client) => {
    checkLockdown(await bindings.imobiledevice.lockdownd_unpair(client, null));
  });
}
