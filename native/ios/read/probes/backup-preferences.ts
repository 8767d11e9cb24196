import { unavailable, Unavailable } from '../../../unavailable.ts';
import { isUnparsed, PlistFields } from '../plist-fields.ts';
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
    const languages = fields.texts('AppleLanguages');
    const none = unavailable('missing', 'The backup does not tell the language.');
    return { identity: { language: languages instanceof Unavailable ? languages : (languages[0] ?? none) } };
  },
});

/** com.apple.mt.plist: Background App Refresh per app. An app that was never switched is not in it, and has it on. */
export const backupAppRefresh = plistProbe({
  id: 'backup-app-refresh',
  asked: 'file',
  gives: { app: ['backgroundRefresh'] },
  command: () => ['backup', 'HomeDomain', 'Library/Preferences/com.apple.mt.plist'],
  read(fields, so) {
    const key = 'KeepAppsUpToDateAppList';
    const switches = fields.has(key) ? fields.dictionary(key) : fields.inner(key);
    return perApp(so, (app) => ({
      backgroundRefresh: switches instanceof Unavailable ? switches : switches.flag(app, true),
    }));
  },
});

/** The dictionary of a restriction, wherever the file nests it: {value: bool}. */
function findSetting(value: PlistValue, key: string): PlistFields | Unavailable | null {
  if (!isPlistDict(value)) return null;
  if (value[key] !== undefined) return new PlistFields(value).dictionary(key);
  for (const inner of Object.values(value)) {
    const deeper = findSetting(inner, key);
    if (deeper !== null) return deeper;
  }
  return null;
}

function setting(fields: PlistFields, key: string): boolean | Unavailable {
  const found = findSetting(fields.dict, key);
  if (found === null) return unavailable('missing', `The backup does not tell ${key}.`);
  return found instanceof Unavailable ? found : found.bool('value');
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
    const unread = allowed.map((key) => setting(fields, key)).find(isUnparsed);
    return {
      system: {
        cloudPhotosForbidden: typeof cloudPhotos === 'boolean' ? !cloudPhotos : cloudPhotos,
        backgroundRefresh: setting(fields, 'allowAutomaticAppUpdates'),
        restrictions: unread ?? allowed.filter((key) => setting(fields, key) === false),
      },
    };
  },
});
