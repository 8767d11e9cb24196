import type { BackupApp } from './apps.ts';
import type { Open } from './catalog-file.ts';
import {
  alternativeFileSchema,
  alternativeTextFileSchema,
  quickWinFileSchema,
  quickWinTextFileSchema,
  type AlternativeEntry,
  type AlternativeText,
  type QuickWinEntry,
  type QuickWinText,
} from './catalog-schemas.ts';
import { compileWhen } from './compile-cause.ts';
import type { Condition } from './conditions.ts';
import type { Limits } from './limits.ts';
import { menuKeys } from './menus.ts';

/** What is tried before all else, for every app it fits. */
export interface QuickWin extends Omit<QuickWinEntry, 'when'> {
  when: Condition | null;
  text: QuickWinText;
}

/** A second way for the newest photos, for the apps it fits. */
export interface Alternative extends AlternativeEntry {
  text: AlternativeText;
}

interface Files {
  limits: Limits;
  language: string;
  open: Open;
}

/** Loads `quick-wins.yaml` with its texts; mistakes are noted in the file. */
export function loadQuickWins({ limits, language, open }: Files): QuickWin[] {
  const file = open('quick-wins.yaml');
  const texts = open(`texts/${language}/quick-wins.yaml`).read(quickWinTextFileSchema) ?? {};
  const entries = file.read(quickWinFileSchema)?.quickWins ?? [];
  if (entries.length > 0 && entries.at(-1)?.when !== undefined) {
    file.add(['quickWins', entries.length - 1], 'the last quick win must fit every app: no `when`');
  }
  return entries.flatMap((entry, index): QuickWin[] => {
    const path = ['quickWins', index];
    const text = texts[entry.id];
    if (text === undefined) {
      file.add(path, `no text for the quick win ${entry.id}`);
      return [];
    }
    if (entry.wait.afterStep >= text.steps.length) {
      file.add(path, `${entry.id} waits after step ${entry.wait.afterStep}, but has ${text.steps.length} steps`);
    }
    const when = entry.when === undefined ? null : compileWhen(limits, file, [...path, 'when'], entry.when);
    return [{ ...entry, when, text }];
  });
}

/** Loads `alternatives.yaml` with its texts; mistakes are noted in the file. */
export function loadAlternatives({ language, open }: Files, apps: readonly BackupApp[]): Alternative[] {
  const file = open('alternatives.yaml');
  const texts = open(`texts/${language}/alternatives.yaml`).read(alternativeTextFileSchema) ?? {};
  const entries = file.read(alternativeFileSchema)?.alternatives ?? [];
  const names = new Set(apps.map(({ name }) => name));
  if (entries.length > 0 && entries.at(-1)?.apps !== undefined) {
    file.add(['alternatives', entries.length - 1], 'the last second way must fit every app: no `apps`');
  }
  return entries.flatMap((entry, index): Alternative[] => {
    const path = ['alternatives', index];
    for (const name of entry.apps ?? []) if (!names.has(name)) file.add(path, `there is no app ${name}`);
    const text = texts[entry.id];
    if (text === undefined) {
      file.add(path, `no text for the second way ${entry.id}`);
      return [];
    }
    // It is said without a phone at hand.
    const [key] = menuKeys(JSON.stringify(text));
    if (key !== undefined) file.add(path, `${entry.id} may name no words of a phone's menus: {menu.${key}}`);
    return [{ ...entry, text }];
  });
}
