import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBounded } from '../../../native/offline/read-bounded.ts';
import { makeFolder } from '../../../db/make-folder.ts';
import { ApplicationError } from '../program/problem.ts';
import { defaultSettings, settingsSchema, type SettingsValues } from './settings-schema.ts';

export const settingsFile = (folder: string): string => join(folder, 'settings.json');

/** Far more than any settings take; what is larger is something else. */
const largest = 1024 * 1024;

export interface ReadSettings {
  settings: SettingsValues;
  /** Entries of the file that this program does not know, such as those of a newer one: they are kept. */
  others: Readonly<Record<string, unknown>>;
  /** Why something stands as it was at first although the file is there; null where nothing does. */
  trouble: string | null;
}

const untouched = (trouble: string | null): ReadSettings => ({ settings: defaultSettings, others: {}, trouble });

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The text as settings. An entry that is not as it should be stands as it was at first, and is named. Pure. */
export function readSettings(text: string): ReadSettings {
  let entries: unknown;
  try {
    entries = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    entries = null;
  }
  if (!isRecord(entries)) {
    return untouched('The file of the settings is damaged. All settings stand as they were at first.');
  }
  const known = new Set(Object.keys(settingsSchema.shape));
  const wrong: string[] = [];
  const right: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(settingsSchema.shape)) {
    if (!Object.hasOwn(entries, name)) continue;
    const parsed = schema.safeParse(entries[name]);
    if (parsed.success) right[name] = parsed.data;
    else wrong.push(name);
  }
  return {
    settings: settingsSchema.parse({ ...defaultSettings, ...right }),
    others: Object.fromEntries(Object.entries(entries).filter(([name]) => !known.has(name))),
    trouble:
      wrong.length === 0
        ? null
        : `In the file of the settings this could not be read, and stands as it was at first: ${wrong.join(', ')}.`,
  };
}

/** The settings of a data folder. A file that cannot be read changes nothing and is told. */
export function loadSettings(folder: string): ReadSettings {
  try {
    return readSettings(readBounded(settingsFile(folder), largest).toString('utf8'));
  } catch (error) {
    if (isMissing(error)) return untouched(null);
    return untouched(`The settings cannot be read (${reasonOf(error)}). All stand as they were at first.`);
  }
}

/**
 * Writes them whole or not at all; a file that could not be read in every part is kept beside as `settings.damaged.json`.
 * Throws `settings-not-kept`.
 */
export function keepSettings(folder: string, { settings, others, trouble }: ReadSettings): void {
  const file = settingsFile(folder);
  const next = `${file}.${process.pid}.new`;
  try {
    makeFolder(folder, 0o700);
    writeFileSync(next, `${JSON.stringify({ ...others, ...settings }, null, 2)}\n`, { mode: 0o600 });
    if (trouble !== null) renameSync(file, join(folder, 'settings.damaged.json'));
    renameSync(next, file);
  } catch (error) {
    rmSync(next, { force: true });
    throw new ApplicationError('settings-not-kept', `The setting could not be kept: ${reasonOf(error)}.`, [
      'Make sure that the data folder can be written to, and that its disk has room.',
    ]);
  }
}
