import { unavailable, type Unavailable } from '../../../unavailable.ts';
import { PlistFields } from '../plist-fields.ts';
import { isPlistDict, type PlistValue } from '../plist-value.ts';
import { plistProbe } from '../probe-of.ts';
import { perApp } from './apps.ts';

/** .GlobalPreferences.plist: the language of the menus. */
export const backupLanguage = plistProbe({
  id: 'backup-language',
  asked: 'file',
  gives: { identity: ['language'] },
  command: () => ['backup', 'HomeDomain', 'Library/Preferences/.GlobalPreferences.plist'],
  read(fields) {
    const [language] = fields.texts('AppleLanguages');
    return { identity: { language: language ?? unavailable('missing', 'The backup does not tell the language.') } };
  },
});

/** com.apple.mt.plist: Background App Refresh per app. An app that was never switched is not in it, and has it on. */
export const backupAppRefresh = plistProbe({
  id: 'backup-app-refresh',
  asked: 'file',
  gives: { app: ['backgroundRefresh'] },
  command: () => ['backup', 'HomeDomain', 'Library/Preferences/com.apple.mt.plist'],
  read(fields, so) {
    const switches = fields.inner('KeepAppsUpToDateAppList');
    return perApp(so, (app) => ({ backgroundRefresh: switches.has(app) ? switches.bool(app) : true }));
  },
});

/** The dictionary of a restriction, wherever the file nests it: {value: bool}. */
function findSetting(value: PlistValue, key: string): PlistFields | null {
  if (!isPlistDict(value)) return null;
  const found = value[key];
  if (found !== undefined && isPlistDict(found)) return new PlistFields(found);
  for (const inner of Object.values(value)) {
    const deeper = findSetting(inner, key);
    if (deeper !== null) return deeper;
  }
  return null;
}

function setting(fields: PlistFields, key: string): boolean | Unavailable {
  return findSetting(fields.dict, key)?.bool('value') ?? unavailable('missing', `The backup does not tell ${key}.`);
}

const allowed = ['allowCloudPhotoLibrary', 'allowCloudBackup', 'allowAutomaticAppUpdates'];

/**
 * EffectiveUserSettings.plist: what the configuration of the phone allows; `allowAutomaticAppUpdates` is the switch for
 * Background App Refresh as a whole.
 */
export const backupSettings = plistProbe({
  id: 'backup-settings',
  asked: 'file',
  gives: { system: ['cloudPhotosForbidden', 'backgroundRefresh', 'restrictions'] },
  command: () => ['backup', 'HomeDomain', 'Library/UserConfigurationProfiles/EffectiveUserSettings.plist'],
  read(fields) {
    const cloudPhotos = setting(fields, 'allowCloudPhotoLibrary');
    return {
      system: {
        cloudPhotosForbidden: typeof cloudPhotos === 'boolean' ? !cloudPhotos : cloudPhotos,
        backgroundRefresh: setting(fields, 'allowAutomaticAppUpdates'),
        restrictions: allowed.filter((key) => setting(fields, key) === false),
      },
    };
  },
});
