import type { Phone } from '../../native/phone.ts';
import type { Catalog } from '../../diagnosis/catalog.ts';
import { fill } from '../../diagnosis/sentences.ts';
import { appName } from '../../diagnosis/verdict.ts';
import { actionState, type Action } from '../../db/action.ts';
import type { Comparison } from '../../db/compare.ts';
import type { SnapshotSummary } from '../../db/snapshot.ts';
import type { CorrectionResult } from './correction-outcome.ts';
import { wayBack } from './way-back.ts';

export interface About {
  version: string;
  catalog: string;
  dataFolder: string;
  /** What is wrong with the shop's own part of the catalog, which is left out then; empty where nothing is. */
  shopProblems: readonly string[];
}

/** A sample phone that can be tried. */
export interface SampleSummary {
  id: string;
  title: string;
  platform: 'android' | 'ios';
}

/** A snapshot as a list shows it. */
export interface SnapshotListItem {
  id: string;
  phoneId: string;
  phoneName: string;
  label: string | null;
  takenAt: string;
  verdict: string;
  problems: number;
}

export interface SnapshotComparison {
  before: SnapshotListItem;
  after: SnapshotListItem;
  comparison: Comparison;
  /** What people call the apps that the comparison names, by id. */
  appNames: Readonly<Record<string, string>>;
}

/** An action as a list shows it. `interrupted`: the program ended before it was verified. */
export interface ActionSummary {
  id: string;
  phoneId: string;
  cause: string;
  app: string | null;
  correction: string;
  title: string;
  commands: readonly string[];
  inverse: readonly string[];
  at: string;
  /** When the last thing happened to it; null where nothing did. */
  endedAt: string | null;
  /** Id of the walk-through that it was part of. */
  walkthrough: string | null;
  result: CorrectionResult | 'interrupted' | 'undone';
  /** false also where nothing needs putting back. */
  undoable: boolean;
}

const phoneTitle = (phone: Phone): string =>
  phone.name ?? ([phone.manufacturer, phone.model].filter((word) => word !== null).join(' ') || phone.id);

/** A snapshot as a list shows it. */
export const snapshotItem = (summary: SnapshotSummary): SnapshotListItem => ({
  id: String(summary.id),
  phoneId: summary.phone.id,
  phoneName: phoneTitle(summary.phone),
  label: summary.label,
  takenAt: summary.takenAt,
  verdict: summary.verdict,
  problems: summary.problems,
});

/** An action as a list shows it; a correction that the catalog no longer holds is named by its id. */
export function actionSummary(action: Action, catalog: Catalog): ActionSummary {
  const state = actionState(action);
  const last = action.events.findLast((event) => event.kind === 'verified' || event.kind === 'undo-verified');
  const undone = last?.kind === 'undo-verified' && last.result === 'taken';
  const ran = action.events.some(({ kind }) => kind !== 'abandoned');
  const ended = state === 'verified' && last !== undefined ? last.result : 'interrupted';
  const result = undone ? 'undone' : ran || state === 'planned' ? ended : 'not-taken';
  const cause = catalog.causes.find(({ id }) => id === action.cause);
  const title = cause?.text.corrections[action.correction]?.title ?? action.correction;
  return {
    id: String(action.id),
    phoneId: action.phone,
    cause: action.cause,
    app: action.app,
    correction: action.correction,
    title: fill(title, { app: action.app === null ? '' : appName(catalog, action.app) }),
    commands: action.commands,
    inverse: action.inverse,
    at: action.plannedAt,
    endedAt: action.events.at(-1)?.at ?? null,
    walkthrough: action.walkthrough === null ? null : String(action.walkthrough),
    result,
    undoable: wayBack(action) === 'open',
  };
}

/** What people call the apps that a comparison names. */
export function comparedAppNames({ findings }: Comparison, catalog: Catalog): Record<string, string> {
  const named = [findings.gone, findings.new, findings.changed, findings.unchanged].flat();
  return Object.fromEntries(named.flatMap(({ app }) => (app === null ? [] : [[app, appName(catalog, app)]])));
}
