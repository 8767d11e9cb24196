import { commandText, commandWords } from '../../native/command.ts';
import { isKnown, type Reading } from '../../native/reading.ts';
import { pathExists } from './conditions.ts';

/** Thrown where a command cannot be written because a value it needs was not read. */
export class TemplateError extends Error {
  override name = 'TemplateError';
}

const placeholder = /\{([A-Za-z0-9.]+)\}/g;

/** Where a command must name the Wi-Fi in use: no reading holds its name, so it is filled in when the command is carried out. */
export const wifiName = 'wifi';
/** What is shown in its place until then. */
const thisWifi = 'this Wi-Fi';

/** The paths a command template names, `app` and `wifi` aside; used to check the catalog. */
export function templatePaths(template: string): string[] {
  return [...template.matchAll(placeholder)]
    .map((match) => match[1] ?? '')
    .filter((path) => path !== 'app' && path !== wifiName);
}

/** A value of a reading by its catalog path; undefined where it is not known. */
export function knownAt(reading: Reading, app: string | null, path: string): unknown {
  if (!pathExists(path)) return undefined;
  const [section, leafName] = path.split('.') as [string, string];
  const leaves = section === 'app' ? (app === null ? undefined : reading.apps[app]) : reading[section as 'battery'];
  const leaf = (leaves as Record<string, Parameters<typeof isKnown>[0]> | undefined)?.[leafName];
  return isKnown(leaf) ? leaf.value : undefined;
}

/**
 * One command of the catalog, filled from a reading: `cmd deviceidle whitelist +{app}` gives
 * `['cmd', 'deviceidle', 'whitelist', '+com.example']`. The template is split into words before it is filled, so that no value
 * from a phone can become a second word. `wifi`: the name of the Wi-Fi in use. Throws {@link TemplateError}.
 */
export function fillCommand(template: string, reading: Reading, app: string | null, wifi = thisWifi): string[] {
  return template.split(' ').map((word) =>
    word.replaceAll(placeholder, (_, path: string) => {
      const value = path === 'app' ? app : path === wifiName ? wifi : knownAt(reading, app, path);
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
      throw new TemplateError(`${path} could not be read, so the command cannot be written.`);
    }),
  );
}

/** Whether a command, as a shell reads it, is a template of the catalog with values in it: each within its own word, as {@link fillCommand} puts them. */
export function isFilledFrom(template: string, command: string, app: string | null): boolean {
  const words = commandWords(command);
  const parts = template.split(' ');
  if (commandText(words) !== command || words.length !== parts.length) return false;
  return parts.every((part, index) => {
    const pattern = part
      .split(/(\{[A-Za-z0-9.]+\})/)
      .map((piece) =>
        piece === '{app}' ? RegExp.escape(app ?? '') : piece.startsWith('{') ? '.+' : RegExp.escape(piece),
      );
    return new RegExp(`^${pattern.join('')}$`, 's').test(words[index] ?? '');
  });
}
