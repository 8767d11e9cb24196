import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Application } from '../../../electron/app/application.ts';
import { ApplicationError } from '../../../electron/app/program/problem.ts';
import type { AutomaticCorrection, Catalog } from '../../../diagnosis/load/catalog.ts';
import { judge, type JudgeOptions } from '../../../diagnosis/judge/judge.ts';
import type { SamplePhone } from '../../../native/samples/android/sample-phone.ts';
import { shellPermissions, type ShellPermission } from '../../../native/samples/android/shell-permissions.ts';
import { sampleIphone, sampleIphones } from '../../../native/samples/ios/sample-iphones.ts';
import { comparable } from '../android/comparable.ts';
import { StagedClock } from '../test-photo/staged-clock.ts';
import { changed, readSample, troubles } from '../../unit/diagnosis/judge/matrix-scenarios.ts';
import { judgeIphone } from '../../unit/diagnosis/judge/read-iphone.ts';
import { androidModel, iphoneModel, ModelSource, type ModelPhone } from './model-source.ts';

/** The makers whose phones every automatic correction is tried on. */
const makers = { Pixel: 'pixel-14', Samsung: 'samsung-14', Xiaomi: 'xiaomi-14' } as const;
/** Older phones, for the corrections that none of the others needs. */
const older = { 'Android 10': 'nokia-10', 'Android 9': 'huawei-9', 'Android 8': 'bq-8' } as const;
export const columns: readonly string[] = [...Object.keys({ ...makers, ...older }), 'iPhone'];

/** How a phone behaves: it obeys; its shell may change nothing; it is gone before the second reading; a Xiaomi as it is sold. */
export type Behaviour = 'obeys' | 'refuses' | 'vanishes' | 'as-sold';

/** One correction on one maker's phone, through the application and its store. */
export interface Attempt {
  result: string;
  /** What the person is told to do about it. */
  remedy: string | null;
  /** What became of undoing it; null where that was not tried. */
  undo: string | null;
  /** Whether the phone is, after the undoing, what it was before the correction. */
  exact: boolean | null;
}

export interface Cell {
  /** What befell the phone. */
  trouble: string;
  attempts: Partial<Record<Behaviour, Attempt>>;
}

export interface TableRow {
  cause: string;
  correction: string;
  irreversible: boolean;
  /** null: it is not offered on that maker's phones. */
  cells: Record<string, Cell | null>;
}

/** One correction on one phone, to be tried. */
interface Offer {
  trouble: string;
  app: string | null;
  /** What the owner answers before, where only an answer opens the finding. */
  answer: boolean;
  phone: (id: string) => Patient;
}

interface Patient {
  model: ModelPhone;
  refuse: (lacks: readonly ShellPermission[]) => void;
  /** Brings a phone that restarts back, and starts it to the end. */
  comeBack: () => void;
  /** Everything about it that a correction may change. */
  state: () => unknown;
}

const xiaomiAsSold: readonly ShellPermission[] = ['settings', 'grant', 'revoke'];
const everything = Object.keys(shellPermissions) as ShellPermission[];

function androidPatient(id: string, phone: SamplePhone): Patient {
  const model = androidModel(id, phone);
  return {
    model,
    refuse: (lacks) => void (phone.state.shellLacks = [...lacks]),
    comeBack: () => {
      if (model.vanishing) return;
      model.away = false;
      phone.state.starting = false;
    },
    state: () => comparable(phone),
  };
}

type Offers = Map<string, Offer>;
const keyOf = (cause: string, correction: string): string => `${cause} ${correction}`;

/** For each correction, the first trouble of a maker's phone in which it is offered. */
function androidOffers(catalog: Catalog, profile: string): Offers {
  const offers: Offers = new Map();
  // An older phone may lack the app that a trouble of another phone is about.
  const isOlder = Object.values<string>(older).includes(profile);
  for (const { name, change } of troubles.filter((one) => !isOlder || one.profile === profile)) {
    const reading = readSample(changed(profile, change), catalog);
    for (const { cause, app, corrections } of judge(reading, catalog).findings) {
      for (const { id, kind } of corrections) {
        const key = keyOf(cause, id);
        if (kind !== 'automatic' || offers.has(key)) continue;
        const phone = (phoneId: string) => androidPatient(phoneId, changed(profile, change));
        offers.set(key, { trouble: name, app, answer: false, phone });
      }
    }
  }
  return offers;
}

function iphonePatient(scenario: string): Patient {
  const iphone = sampleIphone(scenario).create();
  const model = iphoneModel(iphone);
  return {
    model,
    // It locks itself, and a locked iPhone starts no service.
    refuse: (lacks) => {
      if (lacks.length > 0) iphone.screen = 'locked';
    },
    comeBack: () => {
      if (model.vanishing) return;
      model.away = false;
      iphone.screen = 'unlocked';
    },
    state: () => structuredClone(iphone),
  };
}

const notRestarted: NonNullable<JudgeOptions['answers']> = [
  { cause: 'restart-due', app: null, answer: 'no', at: '2026-11-27T12:00:00.000Z' },
];

async function iphoneOffers(catalog: Catalog): Promise<Offers> {
  const offers: Offers = new Map();
  for (const { id: scenario, create } of sampleIphones) {
    const reading = (await judgeIphone(create(), catalog, new Date(), notRestarted)).findings;
    for (const { cause, app, question, corrections } of reading) {
      for (const { id, kind } of corrections) {
        const key = keyOf(cause, id);
        if (kind !== 'automatic' || offers.has(key)) continue;
        offers.set(key, { trouble: scenario, app, answer: question !== null, phone: () => iphonePatient(scenario) });
      }
    }
  }
  return offers;
}

const lacksOf: Record<Behaviour, readonly ShellPermission[]> = {
  obeys: [],
  vanishes: [],
  refuses: everything,
  'as-sold': xiaomiAsSold,
};

/** Carries a correction out on a new phone, and undoes it where it took. */
async function attempt(
  { app: application, source, clock }: Stage,
  cause: string,
  correction: string,
  offer: Offer,
  behaviour: Behaviour,
): Promise<Attempt> {
  const id = `phone-${source.phones.size + 1}`;
  const patient = offer.phone(id);
  const { model } = patient;
  source.phones.set(model.id, model);
  clock.comeBack = patient.comeBack;
  if (offer.answer) {
    await application.scan({ phoneId: model.id, save: false });
    application.answer(model.id, { cause, app: offer.app, answer: 'no' });
  }
  const before = patient.state();
  const request = { phoneId: model.id, cause, app: offer.app, correction };
  const corrected = await application.corrections.correct(
    request,
    () => undefined,
    () => {
      model.vanishing = behaviour === 'vanishes';
      patient.refuse(lacksOf[behaviour]);
      return Promise.resolve(true);
    },
  );
  if (corrected === null) throw new Error('Nobody agreed.');
  const { action, result, remedy } = corrected.outcome;
  const told = { result, remedy: remedy?.title ?? null };
  if (result !== 'taken') return { ...told, undo: null, exact: null };
  const undo = await undone(application, action);
  patient.refuse([]);
  return { ...told, undo, exact: undo === 'taken' ? isDeepStrictEqual(patient.state(), before) : null };
}

async function undone(application: Application, action: string): Promise<string> {
  try {
    return (await application.corrections.undo(action, () => undefined)).outcome.result;
  } catch (error) {
    if (error instanceof ApplicationError) return error.code;
    throw error;
  }
}

/** Time that passes only while a phone is waited for; a phone that restarts is back after half a minute. */
class RestartClock {
  comeBack: () => void = () => undefined;
  readonly clock = new StagedClock(Date.now(), (_elapsed, sinceStart) => {
    if (sinceStart % 30_000 === 0) this.comeBack();
  });
}

interface Stage {
  app: Application;
  source: ModelSource;
  clock: RestartClock;
}

const behavioursOf = (column: string): readonly Behaviour[] =>
  column === 'Xiaomi' ? ['obeys', 'refuses', 'vanishes', 'as-sold'] : ['obeys', 'refuses', 'vanishes'];

/** Every automatic correction of the catalog on the phones of each maker: taken, refused, unverifiable, undone. */
export async function correctionTable(catalog: Catalog): Promise<TableRow[]> {
  const home = mkdtempSync(join(tmpdir(), 'correction-table-'));
  const sources = { android: new ModelSource('android'), ios: new ModelSource('ios') };
  const clock = new RestartClock();
  const app = new Application({
    env: { PHONE_HEALTH_HOME: home },
    sources: Object.values(sources),
    clock: clock.clock,
  });
  try {
    const offers = new Map<string, Offers>(
      Object.entries({ ...makers, ...older }).map(([column, profile]) => [column, androidOffers(catalog, profile)]),
    );
    for (const key of Object.keys(makers).flatMap((column) => [...(offers.get(column)?.keys() ?? [])])) {
      for (const column of Object.keys(older)) offers.get(column)?.delete(key);
    }
    offers.set('iPhone', await iphoneOffers(catalog));
    const rows: TableRow[] = [];
    for (const { cause, correction } of automaticCorrections(catalog)) {
      const row: TableRow = { cause, correction: correction.id, irreversible: correction.irreversible, cells: {} };
      for (const column of columns) {
        const offer = offers.get(column)?.get(keyOf(cause, correction.id));
        const stage = { app, source: column === 'iPhone' ? sources.ios : sources.android, clock };
        row.cells[column] =
          offer === undefined ? null : await tryAll(stage, cause, correction, offer, behavioursOf(column));
      }
      rows.push(row);
    }
    return rows;
  } finally {
    await app.close();
    rmSync(home, { recursive: true });
  }
}

const automaticCorrections = (catalog: Catalog): { cause: string; correction: AutomaticCorrection }[] =>
  catalog.causes.flatMap(({ id, corrections }) =>
    corrections
      .filter((one): one is AutomaticCorrection => one.kind === 'automatic')
      .map((correction) => ({ cause: id, correction })),
  );

async function tryAll(
  stage: Stage,
  cause: string,
  correction: AutomaticCorrection,
  offer: Offer,
  behaviours: readonly Behaviour[],
): Promise<Cell> {
  const cell: Cell = { trouble: offer.trouble, attempts: {} };
  for (const behaviour of behaviours) {
    cell.attempts[behaviour] = await attempt(stage, cause, correction.id, offer, behaviour);
  }
  return cell;
}

const undoWords: Record<string, string> = { taken: 'undone', 'nothing-to-put-back': 'nothing to put back' };

/** A cell in words. */
export function cellText(cell: Cell | null): string {
  if (cell === null) return 'not offered';
  const texts = Object.values(cell.attempts).map(({ result, remedy, undo }) => {
    if (result === 'taken') return `taken, ${undoWords[undo ?? ''] ?? `undo: ${undo}`}`;
    return remedy === null ? result : `${result} (${remedy})`;
  });
  return [...new Set(texts)].join(' · ');
}
