import { unavailable, Unavailable } from '../../../unavailable.ts';
import { modelName } from '../model-names.ts';
import { plistProbe } from '../probe-of.ts';
import { perApp } from './apps.ts';

/** Apps of the system are not in the list of installed apps. */
const isApple = (app: string): boolean => app.startsWith('com.apple.');
/** iCloud Photos is a part of iOS itself. */
const partOfIos = 'com.apple.mobileslideshow';

/** Info.plist of a local backup: which phone it is of, and the apps its owner had installed. */
export const backupInfo = plistProbe({
  id: 'backup-info',
  asked: 'file',
  gives: { identity: ['serial', 'manufacturer', 'model', 'name', 'osVersion', 'build', 'skin'], app: ['installed'] },
  command: () => ['backup', 'Info.plist'],
  read(fields, so) {
    const productType = fields.text('Product Type');
    const installed = fields.texts('Installed Applications');
    const listed = (app: string) => (installed instanceof Unavailable ? installed : installed.includes(app));
    const unclear = unavailable('missing', 'The backup does not list this app.');
    return {
      identity: {
        serial: fields.text('Serial Number'),
        manufacturer: 'Apple',
        model: productType instanceof Unavailable ? productType : modelName(productType),
        name: fields.text('Device Name'),
        osVersion: fields.text('Product Version'),
        build: fields.text('Build Version'),
        skin: 'ios',
      },
      ...perApp(so, (app) => ({
        installed: app === partOfIos || (isApple(app) || !fields.has('Installed Applications') ? unclear : listed(app)),
      })),
    };
  },
});
