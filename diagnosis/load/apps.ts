import { platformSchema } from '../../native/phone.ts';
import type { CatalogFile, Open, Path } from './catalog-file.ts';
import { appFileSchema, appTextFileSchema, type AppEntry, type AppText } from './catalog-schemas.ts';
import { nameProblems, sentencesIn } from './check-words.ts';
import type { MenuWords } from './menus.ts';

/** A backup app of the catalog, with its words in the language of the texts. */
export interface BackupApp extends AppEntry {
  words: AppText;
}

interface LoadedApps {
  version: string;
  apps: readonly BackupApp[];
}

function checkIds(file: CatalogFile, apps: readonly AppEntry[]): void {
  const seen = new Set<string>();
  const once = (id: string, path: Path) => {
    if (seen.has(id)) file.add(path, `the app id ${id} is used twice`);
    seen.add(id);
  };
  for (const [index, app] of apps.entries()) {
    once(app.id, ['apps', index, 'id']);
    for (const platform of platformSchema.options) {
      for (const id of app[platform]) once(`${platform} ${id}`, ['apps', index, platform]);
    }
  }
}

/** An app needs words on every platform that it has an id for, and may say nothing that no text uses. */
function checkText(file: CatalogFile, textFile: CatalogFile, index: number, app: AppEntry, text: AppText): void {
  for (const platform of platformSchema.options) {
    const isThere = app[platform].length > 0;
    if (isThere !== (text[platform] !== undefined)) {
      textFile.add([app.id, platform], `${app.name} ${isThere ? 'has no words' : 'does not exist'} on ${platform}`);
    }
    if (isThere && app.needs[platform] === undefined) {
      file.add(['apps', index, 'needs'], `nothing says what ${app.name} needs on ${platform}`);
    }
  }
  if ((app.endedOn === undefined) !== (text.ended === undefined)) {
    textFile.add([app.id, 'ended'], `\`ended\` belongs to an app with \`endedOn\`, and the other way round`);
  }
}

function checkNames(textFile: CatalogFile, menus: MenuWords, id: string, text: AppText): void {
  for (const platform of platformSchema.options) {
    for (const { sentence, path } of sentencesIn(text[platform] ?? {}, [id, platform])) {
      for (const problem of nameProblems(sentence, menus, [platform])) textFile.add(path, problem);
    }
  }
}

/** Loads `apps.yaml` and its words; null after the mistakes were noted. */
export function loadApps(language: string, menus: MenuWords, open: Open): LoadedApps | null {
  const file = open('apps.yaml');
  const textFile = open(`texts/${language}/apps.yaml`);
  const read = file.read(appFileSchema);
  const texts = textFile.read(appTextFileSchema);
  if (read === null || texts === null) return null;
  checkIds(file, read.apps);
  const ids = new Set(read.apps.map(({ id }) => id));
  for (const id of Object.keys(texts)) {
    if (!ids.has(id)) textFile.add([id], `there is a text for ${id}, but no such app`);
  }
  const apps = read.apps.flatMap((app, index): BackupApp[] => {
    const words = texts[app.id];
    if (words === undefined) {
      file.add(['apps', index], `no text for the app ${app.id}`);
      return [];
    }
    checkText(file, textFile, index, app, words);
    checkNames(textFile, menus, app.id, words);
    return [{ ...app, words }];
  });
  return { version: read.version, apps };
}
