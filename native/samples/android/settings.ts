import { answerLines, failLine, SILENT, unknownCommand, type SampleAnswer } from './answer.ts';
import { parseArguments, userIdOf } from './arguments.ts';
import { synchroniseClock } from './clock-synchronisation.ts';
import { refusalFor } from './shell-permissions.ts';
import type { SampleState, SettingsNamespace } from './state.ts';
import { applyBatterySetting } from './battery-service.ts';

const NAMESPACES: readonly SettingsNamespace[] = ['global', 'secure', 'system'];

/** `settings get|put|delete|list` (AOSP SettingsService.MyShellCommand). */
export function settingsCommand(state: SampleState, args: readonly string[]): SampleAnswer {
  const parsed = parseArguments(args);
  const { words, flags } = parsed;
  const [verb, namespace, key] = words;
  // A negative number is a value, though it begins like an option.
  const value = words[3] ?? [...flags].find((word) => /^-\d+$/.test(word));
  if (verb === undefined) return unknownCommand(verb);
  if (!['get', 'put', 'delete', 'list', 'reset'].includes(verb)) return failLine(`Invalid command: ${verb}`, 255);
  if (!isNamespace(namespace)) return failLine(`Invalid namespace '${namespace ?? 'null'}'`, 255);
  const userId = userIdOf(parsed);
  const settings = settingsOf(state, namespace, userId);
  if (verb === 'list') {
    return answerLines(
      Object.entries(settings)
        .map(([name, text]) => `${name}=${text}`)
        .sort(),
    );
  }
  if (key === undefined) return failLine('Bad arguments', 255);
  if (verb === 'get') return answerLines([settings[key] ?? 'null']);
  const refusal = refusalFor(state, 'settings', verb);
  if (refusal) return refusal;
  if (verb === 'delete') {
    const existed = key in settings;
    delete settings[key];
    return answerLines([`Deleted ${existed ? 1 : 0} rows`]);
  }
  if (value === undefined) return failLine('Bad arguments', 255);
  if (settings === state.settings[namespace]) writeSetting(state, namespace, key, value);
  else settings[key] = value;
  return SILENT;
}

/** The global settings are the phone's; every user has secure and system settings of his own. */
function settingsOf(state: SampleState, namespace: SettingsNamespace, userId: number): Record<string, string> {
  if (namespace === 'global' || userId === 0) return state.settings[namespace];
  const own = (state.settingsOfUsers[userId] ??= {});
  return (own[namespace] ??= {});
}

/** Stores a value as `settings put` does, and lets the rest of the phone react to it. */
export function writeSetting(state: SampleState, namespace: SettingsNamespace, key: string, value: string): void {
  state.settings[namespace][key] = value;
  state.settingWriters[`${namespace}/${key}`] = 'com.android.shell';
  if (namespace === 'global') applyBatterySetting(state, key, value);
  if (key === 'auto_time') synchroniseClock(state);
  if (key === 'private_dns_mode' || key === 'private_dns_specifier') followPrivateDns(state);
}

/** A network that only fails because of a fixed name server works again without it, and fails again with it. */
function followPrivateDns({ settings, network }: SampleState): void {
  const { private_dns_mode: mode, private_dns_specifier: host } = settings.global;
  const broken = mode === 'hostname' && host === network.deadPrivateDns;
  if (broken === network.privateDnsBroken) return;
  network.privateDnsBroken = broken;
  network.validated = !broken && !network.captivePortal;
}

/** `dumpsys settings`: every value with the package that wrote it. Android 8.1 to 16 print the same rows. */
export function dumpSettings(state: SampleState): SampleAnswer {
  const lines: string[] = [];
  let id = 1;
  for (const namespace of NAMESPACES) {
    lines.push(`${namespace.toUpperCase()} SETTINGS (user 0)`, 'version: 219');
    for (const [name, value] of Object.entries(state.settings[namespace])) {
      const writer = state.settingWriters[`${namespace}/${name}`] ?? 'android';
      const shipped = writer === 'android' ? ` default:${value} defaultSystemSet:true` : '';
      lines.push(`_id:${id} name:${name} pkg:${writer} value:${value}${shipped}`);
      id += 1;
    }
    lines.push('');
  }
  return answerLines(lines);
}

function isNamespace(text: string | undefined): text is SettingsNamespace {
  return NAMESPACES.some((namespace) => namespace === text);
}
